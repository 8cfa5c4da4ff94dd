// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// What a `package.json` may write behind a dependency's name.
///
/// - Source: https://docs.npmjs.com/cli/v10/configuring-npm/package-json#dependencies, and the protocols of yarn and pnpm (read 2026-11-23)
enum NPMSpecifier {
  /// The package that is asked for, aliases resolved; nil where it is one of the project's own (a folder, a workspace member).
  static func package(named name: String, specifier: String, line: Int) -> ExtractedPackage? {
    let text = specifier.trimmed
    let scheme = text.utf8.firstIndex(of: UInt8(ascii: ":")).map { String(text[..<$0]) }
    let rest = scheme.map { String(text.dropFirst($0.count + 1)) } ?? ""
    switch scheme {
    case "npm": return aliased(rest, fallback: name, ecosystem: .npm, specifier: text, line: line)
    case "jsr": return aliased(rest, fallback: name, ecosystem: .jsr, specifier: text, line: line)
    case "patch": return patched(rest, name: name, specifier: text, line: line)
    case "workspace", "link", "portal", "catalog": return nil
    case "file": return rest.isTarball ? foreign(name, text, line: line) : nil
    case .some: return foreign(name, text, line: line)
    case nil: break
    }
    if text.utf8.contains(UInt8(ascii: "/")) {
      // `owner/repository` is short for GitHub; anything that begins like a path is a folder or a tarball.
      let isPath = text.hasPrefix(".") || text.hasPrefix("/") || text.hasPrefix("~")
      return isPath && !text.isTarball ? nil : foreign(name, text, line: line)
    }
    return declared(name, requirement: text, ecosystem: .npm, line: line)
  }

  /// `real@^1.0.0`, `@scope/real@1.0.0`, or, without a name, `^1.0.0` of `fallback`.
  private static func aliased(
    _ rest: String, fallback: String, ecosystem: Ecosystem, specifier: String, line: Int
  ) -> ExtractedPackage {
    let at = rest.utf8.lastIndex(of: UInt8(ascii: "@"))
    if let at, at > rest.startIndex {
      return declared(
        String(rest[..<at]), requirement: String(rest[rest.utf8.index(after: at)...]), ecosystem: ecosystem, line: line)
    }
    let first = rest.utf8.first
    let isRange = first.map { "0123456789^~<>=*vx ".utf8.contains($0) } ?? true
    return isRange
      ? declared(fallback, requirement: rest, ecosystem: ecosystem, line: line)
      : declared(rest, requirement: "*", ecosystem: ecosystem, line: line)
  }

  /// Yarn's `patch:node-ipc@npm%3A9.1.6#./fix.patch`: what is patched is what is asked for.
  private static func patched(_ rest: String, name: String, specifier: String, line: Int) -> ExtractedPackage {
    let target = rest.prefix { $0 != "#" }
    guard let at = target.utf8.lastIndex(of: UInt8(ascii: "@")), at > target.startIndex else {
      return declared(name, requirement: specifier, ecosystem: .npm, line: line)
    }
    var requirement = String(target[target.utf8.index(after: at)...])
    for prefix in ["npm%3A", "npm%3a", "npm:"] where requirement.hasPrefix(prefix) {
      requirement = String(requirement.dropFirst(prefix.count))
    }
    return declared(String(target[..<at]), requirement: requirement, ecosystem: .npm, line: line)
  }

  private static func declared(
    _ name: String, requirement: String, ecosystem: Ecosystem, line: Int
  ) -> ExtractedPackage {
    let version = NPMVersion.normalised(requirement)
    let isExact = NPMVersion.isExact(version)
    return ExtractedPackage(
      ecosystem: ecosystem, name: name, version: isExact ? version : nil, kind: .declared,
      confidence: isExact ? .exact : .partial, line: line, requirement: requirement.isEmpty ? "*" : requirement)
  }

  /// From git, or from a tarball anywhere: its version is not to be known from here.
  private static func foreign(_ name: String, _ address: String, line: Int) -> ExtractedPackage {
    let source = PackageSource.redacted(address)
    return ExtractedPackage(
      name: name, version: nil, kind: .declared, confidence: .partial, line: line, requirement: source, source: source)
  }
}

extension String {
  fileprivate var isTarball: Bool { hasSuffix(".tgz") || hasSuffix(".tar.gz") || hasSuffix(".tar") }

  fileprivate var trimmed: String {
    var text = Substring(self)
    while let first = text.utf8.first, first == 0x20 || (0x09...0x0D).contains(first) { text.removeFirst() }
    while let last = text.utf8.last, last == 0x20 || (0x09...0x0D).contains(last) { text.removeLast() }
    return String(text)
  }
}
