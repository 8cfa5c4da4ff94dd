// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// What somebody asks for, as the keys and dependencies of a `yarn.lock` write it: a name, an `@`, and a range.
///
/// - Source: https://classic.yarnpkg.com/lang/en/docs/cli/add/, https://yarnpkg.com/protocols (read 2026-11-23)
struct YarnPattern {
  enum Kind {
    /// A range or a tag of the registry, be it of another name: `^1.0.0`, `npm:real@^1.0.0`.
    case registry
    /// A folder of the project: `file:../folder`, `link:`, `portal:`, `workspace:`, `./folder`.
    case folder
    /// Git, a tarball, a short form of a forge: the name in the pattern is the project's choice.
    case address
  }

  /// The name under which it is installed; empty where the pattern is an address alone.
  let name: Bytes
  let range: Bytes
  let kind: Kind
  /// The registry's name, an alias resolved.
  let realName: Bytes

  /// - Parameters:
  ///   - pattern: `name@range`; the name may have a scope.
  ///   - isClassic: Whether `npm:real` without a range is an alias, as it is for yarn 1. Later yarns take it for a tag.
  init(_ pattern: Bytes, isClassic: Bool) {
    let at = pattern.dropFirst().firstIndex(of: UInt8(ascii: "@")) ?? pattern.count
    let name = pattern[slice: 0..<at]
    guard Self.isName(name) else {
      self.init(name: pattern[slice: 0..<0], range: pattern, kind: .address, realName: nil)
      return
    }
    let range = pattern[slice: min(at + 1, pattern.count)..<pattern.count]
    let alias = Self.alias(range, isClassic: isClassic)
    self.init(name: name, range: range, kind: Self.kind(of: range), realName: alias)
  }

  private init(name: Bytes, range: Bytes, kind: Kind, realName: Bytes?) {
    self.name = name
    self.range = range
    self.kind = kind
    self.realName = realName ?? name
  }

  /// Whether `text` may be a package's name: no protocol, and no slash but the one behind a scope.
  static func isName(_ text: Bytes) -> Bool {
    guard !text.isEmpty, !text.contains(UInt8(ascii: ":")) else { return false }
    let slashes = text.count { $0 == UInt8(ascii: "/") }
    guard text[0] == UInt8(ascii: "@") else { return slashes == 0 }
    return slashes == 1 && text[text.count - 1] != UInt8(ascii: "/")
  }

  /// `real` of `npm:real@^1.0.0` and, for yarn 1, of `npm:real`.
  private static func alias(_ range: Bytes, isClassic: Bool) -> Bytes? {
    guard range.starts(with: "npm:") else { return nil }
    let target = range[slice: 4..<range.count]
    let name = target.dropFirst().firstIndex(of: UInt8(ascii: "@")).map { target[slice: 0..<$0] }
    guard let name = name ?? (isClassic && startsAsName(target) ? target : nil), isName(name) else { return nil }
    return name
  }

  private static func startsAsName(_ text: Bytes) -> Bool {
    guard let first = text.first else { return false }
    return first == UInt8(ascii: "@") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
  }

  private static func kind(of range: Bytes) -> Kind {
    if range.starts(with: "npm:") { return .registry }
    if range.starts(with: "link:") || range.starts(with: "portal:") || range.starts(with: "workspace:") {
      return .folder
    }
    let isPath =
      range.starts(with: "file:") || range.starts(with: "./") || range.starts(with: "../") || range.starts(with: "/")
      || range.starts(with: "~/")
    if isPath { return isTarball(range) ? .address : .folder }
    return range.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") } ? .address : .registry
  }

  /// Whether a path, without its fragment, is that of a tarball.
  private static func isTarball(_ path: Bytes) -> Bool {
    let path = path[slice: 0..<(path.firstOffset(of: UInt8(ascii: "#")) ?? path.count)]
    return path.ends(with: ".tgz") || path.ends(with: ".tar.gz") || path.ends(with: ".tar")
  }
}
