// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Gathers what a report writes and hands it on in chunks, so that no report is ever one big string.
///
/// Not `Sendable`: whoever writes from several threads sees to the order.
public final class Output {
  /// Bytes gathered before they are handed on.
  public static let chunkBytes = 65_536

  private var buffer: [UInt8] = []
  private let sink: (UnsafeRawBufferPointer) -> Void

  /// - Parameter sink: Takes each chunk; its bytes are valid for the length of the call.
  public init(_ sink: @escaping (UnsafeRawBufferPointer) -> Void) {
    self.sink = sink
    buffer.reserveCapacity(Self.chunkBytes)
  }

  /// Adds `text` as it is: what comes from outside must have been escaped.
  public func write(_ text: String) {
    append(text.utf8)
  }

  /// Adds bytes as they are.
  func append(_ bytes: some Sequence<UInt8>) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.chunkBytes { flush() }
  }

  /// Hands on what is left. To be called once at the end; calling it again does nothing.
  public func flush() {
    guard !buffer.isEmpty else { return }
    buffer.withUnsafeBytes(sink)
    buffer.removeAll(keepingCapacity: true)
  }
}
