// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// What an entry of bun's lockfile was resolved to, in bun's own notation: `name@resolution`.
///
/// - Source: https://bun.com/docs/pm/lockfile, and `fromTextLockfile` in `src/install/resolution.zig` of
///   https://github.com/oven-sh/bun (read 2026-11-23)
struct BunResolution {
  enum Origin: Equatable {
    /// The project itself, or a workspace member or another folder of its own: nothing that a registry has.
    case own(folder: String?)
    case registry(version: String)
    /// Git, or a tarball anywhere. The address has no credentials.
    case elsewhere(address: String, version: String?)
  }

  /// The real name, never the alias. Empty only for a project without a name.
  let name: String
  let origin: Origin

  /// nil where `text` is not of this form, or resolves to no one version.
  init?(_ text: String) {
    guard let at = Self.separator(in: text) else { return nil }
    let rest = String(text[text.utf8.index(after: at)...])
    if rest.hasPrefix("npm:") {
      // Bun writes the real name itself; what else writes this file may not.
      let target = String(rest.dropFirst(4))
      guard let at = Self.separator(in: target), at > target.startIndex else { return nil }
      self.init(name: String(target[..<at]), resolution: String(target[target.utf8.index(after: at)...]))
    } else {
      self.init(name: String(text[..<at]), resolution: rest)
    }
  }

  private init?(name: String, resolution: String) {
    guard let origin = Self.origin(resolution, name: name) else { return nil }
    if name.isEmpty { guard case .own = origin else { return nil } }
    self.init(name: name, origin: origin)
  }

  init(name: String, origin: Origin) {
    self.name = name
    self.origin = origin
  }

  /// The `@` between name and resolution, which is not the one that begins a scope. `@root:` is a project without a
  /// name.
  private static func separator(in text: String) -> String.Index? {
    if text.hasPrefix("@root:") { return text.startIndex }
    let bytes = text.utf8
    guard bytes.count > 1 else { return nil }
    return bytes[bytes.index(after: bytes.startIndex)...].firstIndex(of: UInt8(ascii: "@"))
  }

  private static func origin(_ resolution: String, name: String) -> Origin? {
    // First, as nearly every entry is one.
    let version = NPMVersion.normalised(resolution)
    if NPMVersion.isExact(version) { return .registry(version: version) }
    if resolution.hasPrefix("root:") { return .own(folder: nil) }
    let isTarball = TarballAddress.isTarball(resolution)
    for prefix in ["workspace:", "link:", "file:"] where resolution.hasPrefix(prefix) {
      if !isTarball || prefix != "file:" { return .own(folder: String(resolution.dropFirst(prefix.count))) }
    }
    let isAddress = resolution.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
    guard isTarball || isAddress else { return nil }
    let address = PackageSource.redacted(resolution)
    return .elsewhere(address: address, version: isTarball ? TarballAddress.version(in: resolution, of: name) : nil)
  }

  /// The package, and what else its tarball's address gives; empty for the project's own.
  /// - Parameter address: The tarball that a registry's package comes from, where the lockfile notes one.
  func packages(address: String?, line: Int, isOptional: Bool) -> [ExtractedPackage] {
    var package = ExtractedPackage(name: name, version: nil, kind: .locked, line: line, isOptional: isOptional)
    switch origin {
    case .own: return []
    case .registry(let version): package.version = version
    case .elsewhere(let source, let version):
      package.version = version
      package.confidence = .partial
      package.source = source
    }
    guard let address, !address.isEmpty, package.source == nil else { return [package] }
    if !TarballAddress.isOfRegistry(address) { package.source = PackageSource.redacted(address) }
    return [package] + [TarballAddress.other(than: package, at: address)].compactMap(\.self)
  }
}
