// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

extension PNPMLock {
  /// What a key below `packages` or `snapshots`, or the version of a dependency, says of the package that it stands
  /// for.
  ///
  /// | Lockfile | Key | Dependency's version |
  /// |---|---|---|
  /// | shrinkwrap 3, 4 | `/a/1.0.0`, `/a/1.0.0/peer@2.0.0+@scope!b@1.0.0` | `1.0.0`, `/a/1.0.0/peer@2.0.0` |
  /// | 5.x | `/a/1.0.0`, `/@s/a/1.0.0_peer@2.0.0`, `host/a/1.0.0`, `github.com/owner/a/<commit>` | `1.0.0_peer@2.0.0`, `/real/1.0.0` |
  /// | 6.x | `/a@1.0.0`, `/@s/a@1.0.0(peer@2.0.0)`, `host/a@1.0.0` | `1.0.0(peer@2.0.0)`, `/real@1.0.0` |
  /// | 7, 9 | `a@1.0.0`, `@s/a@1.0.0(peer@2.0.0(b@1.0.0))`, `a@https://…`, `a@file:…`, `a@registry:1.0.0` | `1.0.0`, `real@1.0.0`, `https://…` |
  ///
  /// Peer and patch suffixes are dropped: they tell variants of one package apart, not packages.
  /// - Source: https://github.com/pnpm/spec/blob/master/dependency-path.md, `lockfile/5.2.md`, `6.0.md` and `9.0.md`
  ///   beside it, https://pnpm.io/lockfile-format (read 2026-11-23)
  struct DependencyPath {
    enum Kind {
      /// A name and a version of a registry.
      case package
      /// The same, of a registry that the project has given a name: `a@work:1.0.0`.
      case packageOfNamedRegistry
      /// Node, Deno or Bun themselves: `node@runtime:22.0.0`. No package.
      case runtime
      /// A folder that is linked: `link:../a`. No package.
      case link
      /// A folder, or a tarball: `file:../a`.
      case file
      /// An address, or whatever else: the entry's own fields tell what it is.
      case address
      /// A name with something that is neither a version nor an address.
      case unclear
    }

    let kind: Kind
    /// The same for the key and for all that refer to it.
    let id: String
    let name: String?
    let version: String?
    /// The host of the registry, where that is not the project's usual one.
    let host: String?
    /// What is not a version of a registry: `https://host/a.tgz`, `file:a.tgz`, `work:1.0.0`.
    let address: String?

    /// What a key says.
    init(key: String) {
      var key = key
      self = key.withUTF8 { Self.parse(key: $0.withoutSuffix) }
    }

    /// What the version of a dependency says.
    /// - Parameter name: What the dependency is called where it is asked for; an alias, where the version names another
    /// package.
    init(version: String, of name: String) {
      var text = version
      self = text.withUTF8 { Self.parse(reference: $0.withoutSuffix, of: name) }
    }

    private init(
      _ kind: Kind, id: String, name: String? = nil, version: String? = nil, host: String? = nil, address: String? = nil
    ) {
      self.kind = kind
      self.id = id
      self.name = name
      self.version = version
      self.host = host
      self.address = address
    }

    // MARK: Keys

    private static func parse(key: Bytes) -> DependencyPath {
      if key.first == UInt8(ascii: "/") { return parse(relative: key[slice: 1..<key.count], host: nil, whole: key) }
      if scheme(of: key) != nil { return address(key, name: nil) }
      let end = endOfName(key)
      guard end > 0, end < key.count else { return address(key, name: nil) }
      let name = key[slice: 0..<end]
      let rest = key[slice: (end + 1)..<key.count]
      if key[end] == UInt8(ascii: "@") {
        // `git@host+owner/a/<commit>` is an address of version 5; `git` is also a package.
        let isAddress = name.equals("git") && scheme(of: rest) == nil && !NPMVersion.isExact(rest.string)
        return isAddress ? address(key, name: nil) : parse(name: name.string, rest: rest, host: nil, whole: key)
      }
      guard key[0] != UInt8(ascii: "@") else { return address(key, name: nil) }
      return parse(relative: rest, host: name.string, whole: key)
    }

    /// `name@version` or `name/version`, which version 5 and before may follow with `_` or `/` and the peers.
    private static func parse(relative: Bytes, host: String?, whole: Bytes) -> DependencyPath {
      let end = endOfName(relative)
      guard end > 0, end < relative.count else { return address(whole, name: nil) }
      let name = relative[slice: 0..<end].string
      let rest = relative[slice: (end + 1)..<relative.count]
      if relative[end] == UInt8(ascii: "@") { return parse(name: name, rest: rest, host: host, whole: whole) }
      guard let version = versionBeforePeers(rest) else { return address(whole, name: nil) }
      return package(name, version, host: host)
    }

    /// What stands behind `name@`.
    private static func parse(name: String, rest: Bytes, host: String?, whole: Bytes) -> DependencyPath {
      let version = NPMVersion.normalised(rest.string)
      if NPMVersion.isExact(version) { return package(name, version, host: host) }
      if host != nil { return address(whole, name: nil) }
      guard let scheme = scheme(of: rest) else {
        if rest.contains(UInt8(ascii: "/")) { return address(rest, name: name) }
        return DependencyPath(.unclear, id: "\(name)@\(rest.string)", name: name, address: rest.string)
      }
      let content = rest[slice: (scheme.count + 1)..<rest.count]
      if scheme.equals("npm"), let real = package(in: content) { return real }
      if scheme.equals("runtime") { return DependencyPath(.runtime, id: "\(name)@\(rest.string)") }
      let versionThere = NPMVersion.normalised(content.string)
      guard NPMVersion.isExact(versionThere), !isAddressScheme(scheme) else { return address(rest, name: name) }
      return DependencyPath(
        .packageOfNamedRegistry, id: "\(name)@\(rest.string)", name: name, version: versionThere, address: rest.string)
    }

    // MARK: References

    private static func parse(reference: Bytes, of name: String) -> DependencyPath {
      if let version = versionBeforePeers(reference) { return package(name, version, host: nil) }
      if scheme(of: reference) != nil {
        return parse(name: name, rest: reference, host: nil, whole: reference)
      }
      let path = parse(key: reference)
      guard path.name == nil else { return path }
      // `1.0`, which is no version, or an address without a scheme, which only the entry can explain.
      let isAddress = reference.contains(UInt8(ascii: "/"))
      return isAddress
        ? address(reference, name: name)
        : DependencyPath(.unclear, id: "\(name)@\(reference.string)", name: name, address: reference.string)
    }

    // MARK: Parts

    private static func package(_ name: String, _ version: String, host: String?) -> DependencyPath {
      let id = host.map { "\($0)/\(name)@\(version)" } ?? "\(name)@\(version)"
      return DependencyPath(.package, id: id, name: name, version: version, host: host)
    }

    /// `real@1.0.0` behind `npm:`.
    private static func package(in bytes: Bytes) -> DependencyPath? {
      let end = endOfName(bytes)
      guard end > 0, end < bytes.count, bytes[end] == UInt8(ascii: "@") else { return nil }
      let version = NPMVersion.normalised(bytes[slice: (end + 1)..<bytes.count].string)
      return NPMVersion.isExact(version) ? package(bytes[slice: 0..<end].string, version, host: nil) : nil
    }

    /// What is known by its address is the same whatever it is called.
    private static func address(_ bytes: Bytes, name: String?) -> DependencyPath {
      let text = bytes.string
      let scheme = scheme(of: bytes)
      let kind: Kind =
        switch scheme {
        case .some(let scheme) where scheme.equals("link") || scheme.equals("workspace") || scheme.equals("portal"):
          .link
        case .some(let scheme) where scheme.equals("file"): .file
        default: .address
        }
      return DependencyPath(kind, id: text, name: name, address: text)
    }

    /// The offset of the `@` or `/` after a name, which may have a scope; the end where there is none.
    private static func endOfName(_ bytes: Bytes) -> Int {
      var index = 0
      if bytes.first == UInt8(ascii: "@") {
        guard let slash = bytes.firstOffset(of: UInt8(ascii: "/")) else { return bytes.count }
        index = slash + 1
      }
      while index < bytes.count, bytes[index] != UInt8(ascii: "@"), bytes[index] != UInt8(ascii: "/") { index += 1 }
      return index
    }

    /// `https` of `https://…`: letters, digits, `+`, `-`, `.` and `_` up to a colon.
    private static func scheme(of bytes: Bytes) -> Bytes? {
      for index in bytes.indices {
        switch bytes[index] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          continue
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): continue
        case UInt8(ascii: ":") where index > 0: return bytes[slice: 0..<index]
        default: return nil
        }
      }
      return nil
    }

    /// Schemes whose content is never a version, whatever it looks like.
    private static func isAddressScheme(_ scheme: Bytes) -> Bool {
      scheme.equals("file") || scheme.equals("link") || scheme.equals("workspace") || scheme.equals("portal")
    }

    /// `1.0.0` of `1.0.0_peer@2.0.0` and of `1.0.0/peer@2.0.0`.
    private static func versionBeforePeers(_ bytes: Bytes) -> String? {
      let end = bytes.firstIndex { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "/") } ?? bytes.count
      let version = NPMVersion.normalised(bytes[slice: 0..<end].string)
      return NPMVersion.isExact(version) ? version : nil
    }
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// Without the groups in parentheses at its end, which may hold further ones:
  /// `(peer@1.0.0(other@2.0.0))(patch_hash=…)`.
  fileprivate var withoutSuffix: Bytes {
    var open = 0
    var end = count
    for index in indices.reversed() {
      switch self[index] {
      case UInt8(ascii: ")"): open += 1
      case UInt8(ascii: "("):
        // More opening than closing ones: this is no suffix.
        guard open > 0 else { return self }
        open -= 1
        if open == 0 { end = index }
      default:
        if open == 0 { return self[slice: 0..<end] }
      }
    }
    return open == 0 ? self[slice: 0..<end] : self
  }
}
