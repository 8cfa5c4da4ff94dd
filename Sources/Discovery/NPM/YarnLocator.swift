// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// One package as yarn 2 and later name it, where `yarn.lock` and `.yarn-state.yml` say what something was resolved to:
/// `name@npm:1.0.0`, with patches and virtual instances around it taken off.
///
/// - Source: https://yarnpkg.com/protocols, https://yarnpkg.com/advanced/lexicon#locator (read 2026-11-23)
struct YarnLocator: Equatable {
  enum Kind: Equatable {
    /// Of a registry.
    case registry
    /// From git, from a tarball, made by a script.
    case foreign
    /// The project itself, a member of its workspace, a linked folder.
    case folder
    /// A runtime, which is no package.
    case runtime
    /// Nothing of these.
    case unclear
  }

  private(set) var ecosystem = Ecosystem.npm
  /// The real name, aliases resolved; empty where it is unclear.
  private(set) var name = ""
  private(set) var version: String?
  private(set) var kind = Kind.unclear
  /// The address of a foreign package; the folder; the archive that a registry's package was taken from, where that is
  /// not the usual one.
  private(set) var address: String?

  /// Patches of patches: more than anyone has, so that hostile text cannot make this long.
  private static let layers = 16

  init(_ text: String) {
    guard var (name, reference) = Self.split(text) else { return }
    for _ in 0..<Self.layers {
      if reference.hasPrefix("virtual:") {
        guard let hash = reference.utf8.firstIndex(of: UInt8(ascii: "#")) else { return }
        reference = String(reference[reference.utf8.index(after: hash)...])
      } else if reference.hasPrefix("patch:") {
        guard let inner = Self.patched(reference), let parts = Self.split(inner) else { return }
        (name, reference) = parts
      } else {
        self.name = name
        read(reference)
        return
      }
    }
  }

  /// The package as a sighting; nil for what is no package.
  /// - Parameter statedVersion: What the entry itself calls its version, which counts where the locator has none.
  func package(kind sighting: Sighting.Kind, line: Int, statedVersion: String? = nil) -> ExtractedPackage? {
    guard kind == .registry || kind == .foreign else { return nil }
    let version = version ?? statedVersion
    let source = address.flatMap {
      TarballAddress.isOfRegistry($0) && kind == .registry ? nil : PackageSource.redacted($0)
    }
    return ExtractedPackage(
      ecosystem: ecosystem, name: name, version: version, kind: sighting,
      confidence: version.map(NPMVersion.isExact) ?? false ? .exact : .partial, line: line, source: source)
  }

  // MARK: Parts

  /// Name, and what follows its `@`.
  static func split(_ text: String) -> (name: String, reference: String)? {
    guard let at = text.utf8.dropFirst().firstIndex(of: UInt8(ascii: "@")) else { return nil }
    var name = String(text[..<at])
    guard name.withUTF8({ YarnPattern.isName($0) }) else { return nil }
    return (name, String(text[text.utf8.index(after: at)...]))
  }

  /// `a@npm:1.0.0` of `patch:a@npm%3A1.0.0#./fix.patch::version=1.0.0`.
  static func patched(_ reference: String) -> String? {
    guard reference.hasPrefix("patch:") else { return nil }
    return percentDecoded(content(of: reference, from: 6))
  }

  /// `text` without everything from its parameters (`::`) on.
  static func withoutParameters(_ text: String) -> String {
    guard let end = parameters(of: text) else { return text }
    return String(text[..<end])
  }

  private mutating func read(_ reference: String) {
    let protocolName = reference.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(reference[..<$0]) }
    switch protocolName {
    case "npm": readRegistry(reference, .npm, prefix: 4)
    case "pypi": readRegistry(reference, Ecosystem("PyPI"), prefix: 5)
    case "workspace": (kind, address) = (.folder, String(Self.content(of: reference, from: 10)))
    case "portal": (kind, address) = (.folder, String(Self.content(of: reference, from: 7)))
    case "link": (kind, address) = (.folder, String(Self.content(of: reference, from: 5)))
    case "file": readFile(reference)
    case "builtin": kind = .runtime
    case nil where NPMVersion.isExact(Self.withoutParameters(reference)):
      (kind, version) = (.registry, Self.withoutParameters(reference))
    case nil where !reference.utf8.contains(UInt8(ascii: "/")): kind = .unclear
    default: (kind, address) = (.foreign, Self.withoutParameters(reference))
    }
  }

  /// `npm:1.0.0`, with the archive's address as `::__archiveUrl=`; from yarn 6 on also `npm:real@1.0.0#address`.
  private mutating func readRegistry(_ reference: String, _ ecosystem: Ecosystem, prefix: Int) {
    self.ecosystem = ecosystem
    var content = Self.content(of: reference, from: prefix)
    if let at = content.utf8.dropFirst().firstIndex(of: UInt8(ascii: "@")) {
      name = String(content[..<at])
      content = content[content.utf8.index(after: at)...]
    }
    kind = .registry
    version = YarnLock.version(String(content))
    address = Self.archive(of: reference)
  }

  private mutating func readFile(_ reference: String) {
    let path = String(Self.content(of: reference, from: 5))
    let isTarball = TarballAddress.isTarball(path)
    (kind, address) = isTarball ? (.foreign, "file:\(path)") : (.folder, path)
  }

  /// What stands between the protocol and the first `#` or `::`.
  private static func content(of reference: String, from prefix: Int) -> Substring {
    let text = withoutParameters(reference).utf8.dropFirst(prefix)
    return Substring(text.prefix { $0 != UInt8(ascii: "#") })
  }

  private static func parameters(of text: String) -> String.Index? {
    zip(text.utf8.indices, text.utf8.indices.dropFirst())
      .first { text.utf8[$0] == UInt8(ascii: ":") && text.utf8[$1] == UInt8(ascii: ":") }?.0
  }

  private static func archive(of reference: String) -> String? {
    if let start = parameters(of: reference) {
      let parameters = reference[start...].utf8.dropFirst(2).split(separator: UInt8(ascii: "&")).map { Substring($0) }
      let key = "__archiveUrl="
      return parameters.first { $0.hasPrefix(key) }.map { percentDecoded($0.dropFirst(key.count)) }
    }
    guard let hash = reference.utf8.firstIndex(of: UInt8(ascii: "#")) else { return nil }
    return percentDecoded(reference[reference.utf8.index(after: hash)...])
  }

  /// `%3A` → `:`. A percent sign without two digits stays.
  static func percentDecoded(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      guard byte == UInt8(ascii: "%"), digits.count == 2 else {
        bytes.append(byte)
        continue
      }
      bytes.append(UInt8(digits[0] * 16 + digits[1]))
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
