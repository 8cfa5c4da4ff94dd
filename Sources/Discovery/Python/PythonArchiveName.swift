// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// What the name of a published file says: `litellm-1.0-py3-none-any.whl` and `litellm-1.0.tar.gz` are of litellm 1.0.
///
/// - Source: https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention and
///   https://packaging.python.org/en/latest/specifications/source-distribution-format/#source-distribution-file-name (read 2026-11-25)
struct PythonArchiveName: Equatable {
  /// In its normal form.
  let name: String
  let version: String
  /// Only a wheel must be named so: the archives that code hosts make bear the names of branches.
  let isWheel: Bool

  /// - Parameter address: An address or a path that ends with the file's name, apart from `?…` and `#…`.
  init?(address: String) {
    let path = address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    // A path may also be one of Windows, or follow `file:` at once.
    let separator = path.lastIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: ":") }
    let file = Substring(path.suffix(from: separator.map(path.index(after:)) ?? path.startIndex))
    if file.hasSuffix(".whl") {
      let parts = file.dropLast(4).utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      guard parts.count == 5 || parts.count == 6 else { return nil }
      self.init(parts[0], parts[1], isWheel: true)
    } else {
      guard let ending = [".tar.gz", ".zip", ".tgz", ".tar.bz2"].first(where: { file.hasSuffix($0) }) else {
        return nil
      }
      let stem = file.dropLast(ending.count)
      guard let hyphen = stem.utf8.lastIndex(of: UInt8(ascii: "-")) else { return nil }
      self.init(stem.utf8[..<hyphen], stem.utf8[stem.utf8.index(after: hyphen)...], isWheel: false)
    }
  }

  private init?(_ name: Substring.UTF8View, _ version: Substring.UTF8View, isWheel: Bool) {
    guard !name.isEmpty, let first = version.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
      return nil
    }
    self.name = PyPIName.normalised(String(Substring(name)))
    self.version = Self.withPlus(version)
    self.isWheel = isWheel
  }

  /// In an address the plus sign of a local version is written `%2B`.
  private static func withPlus(_ version: Substring.UTF8View) -> String {
    var bytes: [UInt8] = []
    var rest = version
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.starts(with: "2B".utf8) || rest.starts(with: "2b".utf8) {
        rest = rest.dropFirst(2)
        bytes.append(UInt8(ascii: "+"))
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ExtractedPackage {
  /// Completes a package that is not from a registry by what the name of its file says.
  /// - Returns: The package that the file is of, where that is another one, or another version: installers take what the file holds.
  mutating func complete(fromAddress address: String) -> ExtractedPackage? {
    guard let archive = PythonArchiveName(address: address) else { return nil }
    if archive.name == name, version == nil || version == archive.version {
      version = archive.version
      return nil
    }
    guard archive.isWheel else { return nil }
    var other = self
    (other.name, other.version, other.confidence) = (archive.name, archive.version, .partial)
    return other
  }
}
