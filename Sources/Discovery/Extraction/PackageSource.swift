// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Where a package comes from, when that is not its ecosystem's registry.
public enum PackageSource {
  /// `address` as it may be shown and stored: user names, passwords, and query strings (where tokens travel) cut out.
  ///
  /// `git+ssh://git@host/a.git#abc` keeps its commit; `https://user:secret@host/x.tgz?token=1` becomes `https://host/x.tgz`.
  public static func redacted(_ address: String) -> String {
    var bytes = Array(address.utf8)
    if let schemeEnd = endOfScheme(bytes) {
      let authorityEnd = bytes[schemeEnd...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
      if let at = bytes[schemeEnd..<authorityEnd].lastIndex(of: UInt8(ascii: "@")) {
        bytes.removeSubrange(schemeEnd...at)
      }
    }
    if let query = bytes.firstIndex(of: UInt8(ascii: "?")) {
      let fragment = bytes[query...].firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
      bytes.removeSubrange(query..<fragment)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func endOfScheme(_ bytes: [UInt8]) -> Int? {
    for index in bytes.indices.dropLast(2)
    where bytes[index] == UInt8(ascii: ":") && bytes[index + 1] == UInt8(ascii: "/")
      && bytes[index + 2] == UInt8(ascii: "/")
    {
      return index + 3
    }
    return nil
  }
}
