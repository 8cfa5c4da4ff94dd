// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Where the archive of a version lies.
enum RegistryAddress {
  /// The safe version's address in the registry that the bad one came from: the same address with the other version in its file's name, where
  /// it is written so. Its digest is checked by whoever fetches it, so another registry cannot put in something else.
  ///
  /// - Throws: Where the address is of another form, and the other lockfile fetches from another server.
  /// - Parameter known: The safe version's address as another lockfile has it, to fall back on; what stands behind `#` is kept.
  static func moved(_ old: String?, from bad: String, to safe: String, named known: String) throws(EditDoubt) -> String
  {
    let fragment = known.utf8.firstIndex(of: UInt8(ascii: "#")).map { String(known[$0...]) } ?? ""
    guard let old else { return known }
    let address = old.utf8.firstIndex(of: UInt8(ascii: "#")).map { String(old[..<$0]) } ?? old
    let end = "-\(bad).tgz"
    guard address.hasSuffix(end), address.contains("/-/") else {
      // A lockfile is no reason to fetch from a server that this one does not fetch from, nor the bad version's address for another one.
      guard known != old, server(of: known) == server(of: old) else { throw EditDoubt(.unknownForm, [old]) }
      return known
    }
    return String(decoding: address.utf8.dropLast(end.utf8.count), as: UTF8.self) + "-\(safe).tgz" + fragment
  }

  /// `https://registry.example`
  private static func server(of address: String) -> [Substring] {
    Array(address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3))
  }
}
