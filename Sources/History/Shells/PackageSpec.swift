// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// A package as it is named on a command line.
struct PackageSpec {
  let name: String
  /// What stands where a version may: a version, a range, a tag.
  let version: String?

  init?(_ text: String, _ ecosystem: Ecosystem) {
    switch ecosystem.base {
    case "npm": self.init(npm: Substring(text))
    case "PyPI": self.init(python: text)
    case "conda": self.init(text, separators: "=<>! [", after: "::")
    case "Packagist", "RubyGems": self.init(text, separators: ":=", after: nil)
    default: self.init(text, separators: "@", after: nil)
    }
  }

  /// `name`, `name@1.0.0`, `alias@npm:name@1.0.0`, `npm:name@1.0.0`
  private init?(npm text: Substring) {
    var text = text
    if let range = text.firstRange(of: "npm:") { text = text[range.upperBound...] }
    let parts = NPMAddress.parts(ofSpec: text)
    name = parts?.name ?? String(text)
    version = parts?.version
    guard !name.isEmpty else { return nil }
  }

  /// `name`, `name==1.0`, `name[extra]>=1.0`, `name@1.0`
  private init?(python text: String) {
    let end = text.utf8.firstIndex { !isLetterOrDigit($0) && $0 != 0x2D && $0 != 0x2E && $0 != 0x5F } ?? text.endIndex
    guard end > text.startIndex else { return nil }
    name = String(text[..<end])
    var rest = text[end...]
    if rest.utf8.first == UInt8(ascii: "["), let close = rest.firstIndex(of: "]") {
      rest = rest[rest.index(after: close)...]
    }
    rest = rest.prefix { $0 != ";" && $0 != "#" }
    while rest.utf8.last == 0x20 { rest = rest.dropLast() }
    version = Self.version(rest, "=@<>!~")
    // A path or an address, which may end with anything.
    guard rest.utf8.first != UInt8(ascii: "/"), rest.utf8.first != UInt8(ascii: ":") else { return nil }
  }

  private init?(_ text: String, separators: String, after prefix: String?) {
    var text = Substring(text)
    if let prefix, let range = text.firstRange(of: prefix) { text = text[range.upperBound...] }
    let end = text.firstIndex { separators.contains($0) } ?? text.endIndex
    guard end > text.startIndex else { return nil }
    name = String(text[..<end])
    let rest = text[end...]
    version = Self.version(rest, separators)
  }

  /// What follows the signs between name and version; of a range with its signs, so that it is no version.
  private static func version(_ rest: Substring, _ separators: String) -> String? {
    let signs = rest.prefix { separators.contains($0) }
    guard signs.count < rest.count else { return nil }
    if signs.contains(where: { "<>!~".contains($0) }) { return String(rest) }
    let version = rest.dropFirst(signs.count)
    // conda's builds follow the version: `name=1.0=py311_0`.
    return String(separators.contains("=") ? version.prefix { $0 != "=" } : version)
  }

  /// Whether it is one version, not a range or a tag: numbers between points, and what may follow them.
  static func isExact(_ text: String) -> Bool {
    var bytes = text.utf8[...]
    if let first = bytes.first, first == UInt8(ascii: "v") || first == UInt8(ascii: "=") { bytes = bytes.dropFirst() }
    guard let first = bytes.first, isDigit(first), bytes.contains(UInt8(ascii: ".")) else { return false }
    let allowed = ".-+_!".utf8
    let parts = bytes.split(separator: UInt8(ascii: "."))
    return bytes.allSatisfy { isLetterOrDigit($0) || allowed.contains($0) }
      && !parts.contains { $0.elementsEqual("x".utf8) }
  }
}
