// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The keys of overrides: which package gets another version.
///
/// - Source: https://docs.npmjs.com/cli/v10/configuring-npm/package-json#overrides, https://yarnpkg.com/configuration/manifest#resolutions and
///   https://pnpm.io/settings#overrides (read 2026-11-25)
enum NPMOverride {
  /// The last name on the way: after the last arrow, and then specifier after specifier (`a@npm:1.0.0/@scope/b@2`).
  static func name(in key: String) -> String {
    var rest = key.utf8[...]
    if let arrow = lastArrow(in: rest) { rest = rest[rest.index(after: arrow)...] }
    while true {
      let name = fullName(rest)
      rest = rest[name.endIndex...]
      if rest.first == UInt8(ascii: "@") { rest = rest.drop { $0 != UInt8(ascii: "/") } }
      rest = rest.drop { $0 == UInt8(ascii: "/") }
      if rest.isEmpty { return String(Substring(name)) }
    }
  }

  /// Pnpm's sign between parent and child. After a space, a bar or an at sign it is the one of a range instead (`a@>=1.0.0`).
  private static func lastArrow(in key: Substring.UTF8View) -> String.Index? {
    key.indices.dropFirst().last { index in
      key[index] == UInt8(ascii: ">") && !" |@".utf8.contains(key[key.index(before: index)])
    }
  }

  /// `name` or `@scope/name` at the beginning of `text`.
  private static func fullName(_ text: Substring.UTF8View) -> Substring.UTF8View {
    var end = text.startIndex
    if text.first == UInt8(ascii: "@") {
      guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return text }
      end = text.index(after: slash)
    }
    return text[..<(text[end...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@") } ?? text.endIndex)]
  }
}
