// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where advisories come from.
public enum FeedSource: Hashable, Sendable {
  /// A bucket or a mirror of it in the layout of OSV's.
  case address(FeedAddress)
  /// A folder in the same layout.
  case folder(String)
  /// One archive of records.
  case archive(String)

  /// The public bucket.
  /// - Source: https://google.github.io/osv.dev/data/#data-dumps (read 2026-11-25)
  public static let publicAddress = "https://osv-vulnerabilities.storage.googleapis.com"

  /// The source that `text` names, as a user writes it: an address, a folder or a zip.
  /// - Parameter allowsPlain: Whether an address may go without encryption to another machine.
  public init(_ text: String, allowsPlain: Bool) throws(FeedError) {
    if let address = FeedAddress(text) {
      guard !address.isPlain || address.isLoopback || allowsPlain else {
        throw FeedError(.insecureAddress, address.redacted)
      }
      self = .address(address)
      return
    }
    guard !text.utf8.isEmpty, let path = realpath(text, nil) else {
      throw FeedError(.invalidSource, text, text.isEmpty ? "" : lastErrorText())
    }
    defer { free(path) }
    let whole = String(cString: path)
    self = isFolder(whole) ? .folder(whole) : .archive(whole)
  }

  /// What names it in messages and in the index: no password in it.
  public var name: String {
    switch self {
    case .address(let address): address.redacted
    case .folder(let path), .archive(let path): path
    }
  }

  /// Whether this is the public bucket itself, of which it is known that it is always kept up.
  var isPublic: Bool {
    if case .address(let address) = self { return address.text == Self.publicAddress }
    return false
  }
}
