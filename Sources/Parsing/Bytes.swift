// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CText

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Bytes that somebody else owns, valid for the length of the call that passes them.
///
/// A raw view rather than a `Span`: a reader has to store it, and a stored `Span` still needs an experimental feature.
/// Nothing that is returned from a parser may refer to it; only `String`s and offsets leave.
public typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer where Element == UInt8 {
  /// The bytes of `range`, which must lie inside this view.
  @inlinable
  public subscript(slice range: Range<Int>) -> Bytes {
    Bytes(rebasing: self[range])
  }

  /// Whether these bytes are exactly `text`.
  @inlinable
  public func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    return starts(with: text)
  }

  /// Whether these bytes begin with `text`.
  @inlinable
  public func starts(with text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard count >= length else { return false }
    for index in 0..<length where self[index] != text.utf8Start[index] { return false }
    return true
  }

  /// Whether these bytes end with `text`.
  @inlinable
  public func ends(with text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard count >= length else { return false }
    return self[slice: (count - length)..<count].starts(with: text)
  }

  /// The offset of the first `byte` at or after `start`; nil if there is none.
  @inlinable
  public func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
    var index = start
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// Whether these bytes are exactly those of `other`.
  public func equals(_ other: Bytes) -> Bool {
    guard count == other.count else { return false }
    guard let base = baseAddress, let otherBase = other.baseAddress else { return true }
    return memcmp(base, otherBase, count) == 0
  }

  /// Whether these bytes are exactly those of `other`.
  public func equals(_ other: [UInt8]) -> Bool {
    guard count == other.count else { return false }
    return other.withUnsafeBufferPointer { equals($0) }
  }

  /// Whether `text` stands somewhere in these bytes. An empty text does.
  public func contains(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { other in
      guard let base = baseAddress, let otherBase = other.baseAddress, !other.isEmpty else { return other.isEmpty }
      return gifthorse_contains(base, count, otherBase, other.count)
    }
  }

  /// The offset of the first byte that is one of two; the end if there is none. Sixteen bytes at a time.
  public func firstOffset(ofEither first: UInt8, or second: UInt8) -> Int {
    guard let base = baseAddress else { return 0 }
    return gifthorse_first_of(base, count, first, second)
  }

  /// The text, with ill-formed UTF-8 repaired to U+FFFD.
  @inlinable
  public var string: String {
    String(decoding: self, as: UTF8.self)
  }
}
