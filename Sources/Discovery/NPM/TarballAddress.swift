// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// What the address or the path of a package's tarball says about the package.
enum TarballAddress {
  /// Whether an address or a path ends, before its query and fragment, as a tarball's does.
  static func isTarball(_ address: String) -> Bool {
    let path = withoutQuery(address)
    return path.hasSuffix(".tgz") || path.hasSuffix(".tar.gz") || path.hasSuffix(".tar")
  }

  /// Whether the address is one that a registry gives: ``RegistryTarball``.
  static func isOfRegistry(_ address: String) -> Bool {
    withRegistryTarball(address) { $0 != nil }
  }

  /// The version in a tarball's file name: `node-ipc-9.2.3.tgz`, and `scope-name-1.0.0.tgz` as `npm pack` names a
  /// scoped package's.
  static func version(in address: String, of name: String) -> String? {
    if let version = withRegistryTarball(address, { $0?.version }) { return version }
    var file = withoutQuery(address)
    if let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) { file = file[file.utf8.index(after: slash)...] }
    for suffix in [".tgz", ".tar.gz", ".tar"] where file.hasSuffix(suffix) {
      file = file.dropLast(suffix.count)
      break
    }
    let parts = name.split(separator: "/")
    guard let last = parts.last else { return nil }
    let packed = parts.joined(separator: "-")
    for stem in [packed.hasPrefix("@") ? String(packed.dropFirst()) : packed, String(last)]
    where file.hasPrefix(stem + "-") {
      let version = String(file.dropFirst(stem.count + 1))
      if NPMVersion.isExact(version) { return version }
    }
    return nil
  }

  /// What `address` gives, where that is another package or another version than the entry says: what is installed is
  /// what the address gives.
  static func other(than package: ExtractedPackage, at address: String) -> ExtractedPackage? {
    withRegistryTarball(address) { tarball in
      guard let tarball, let name = tarball.name else { return nil }
      let version = tarball.version
      guard name != package.name || Self.differs(version, package.version) else { return nil }
      var other = package
      other.name = name
      other.version = version ?? package.version
      other.confidence = .partial
      other.source = PackageSource.redacted(address)
      return other
    }
  }

  private static func withoutQuery(_ address: String) -> Substring {
    Substring(address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
  }

  /// Build metadata says nothing about which version it is, and registries write it in several ways, or not at all.
  private static func differs(_ inAddress: String?, _ version: String?) -> Bool {
    guard let inAddress, let version else { return false }
    let build: Set<UInt8> = [UInt8(ascii: "+"), UInt8(ascii: "%")]
    return !inAddress.utf8.prefix { !build.contains($0) }.elementsEqual(version.utf8.prefix { !build.contains($0) })
  }

  private static func withRegistryTarball<Result>(_ address: String, _ body: (RegistryTarball?) -> Result) -> Result {
    var address = address
    return address.withUTF8 { body(RegistryTarball($0)) }
  }
}
