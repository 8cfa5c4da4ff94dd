// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// What lists of bad packages call things, and what is a name and a version there.
enum ImportedNames {
  /// The ecosystem that a list means by a word of its own: `npm package`, `pypi`, `openvsx extension`.
  ///
  /// - Returns: nil for a word that is not known, and for those whose packages no ecosystem of OSV has: bumblebee's `mcp`,
  ///   `browser-extension`, `homebrew` and `agent-skill`.
  /// - Source: https://github.com/perplexityai/bumblebee, `internal/model/model.go`, and
  ///   https://github.com/DataDog/indicators-of-compromise, its tables (read 2026-11-25)
  static func ecosystem(_ word: String) -> Ecosystem? {
    var word = trimmed(word).lowercased()
    for ending in [" packages", " package"] where word.hasSuffix(ending) { word.removeLast(ending.utf8.count) }
    return words[word].map { Ecosystem($0) }
  }

  private static let words: [String: String] = {
    var words = [
      "go": "Go", "golang": "Go", "gem": "RubyGems", "ruby": "RubyGems", "composer": "Packagist", "cargo": "crates.io",
      "crate": "crates.io", "crates": "crates.io", "python": "PyPI", "github action": "GitHub Actions",
      "githubactions": "GitHub Actions", "editor-extension": "VSCode", "openvsx extension": "VSCode",
      "openvsx": "VSCode", "open-vsx": "VSCode", "vscode extension": "VSCode", "vscode-extension": "VSCode",
      "docker image": "Docker", "swift": "SwiftURL",
    ]
    for name in [
      "npm", "PyPI", "crates.io", "Go", "RubyGems", "Maven", "NuGet", "Packagist", "GitHub Actions", "VSCode", "Hex",
      "Pub", "Hackage", "CRAN", "CPAN", "Julia", "opam", "SwiftURL", "ConanCenter", "Bioconductor", "conda", "JSR",
      "Docker",
    ] {
      words[name.lowercased()] = name
    }
    return words
  }()

  /// What is wrong with a name.
  static func flaw(inName name: String, of ecosystem: Ecosystem) -> ImportProblem.Code? {
    guard !name.isEmpty, name != "@" else { return .noName }
    guard name.utf8.count <= 512, name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return .invalidName }
    // Publisher and extension; a name without the dot would never be found.
    return ecosystem == .vscode && !name.utf8.contains(UInt8(ascii: ".")) ? .invalidName : nil
  }

  /// What is wrong with a version. `*` is none, and right.
  static func flaw(inVersion version: String) -> ImportProblem.Code? {
    guard let first = version.utf8.first else { return .noVersion }
    if version == "*" { return nil }
    let isText = version.utf8.count <= 256 && version.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !isRange($0) }
    return isText && isLetterOrDigit(first) ? nil : .notAVersion
  }

  /// Bytes of which ranges and lists are made, and no version.
  private static func isRange(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "*"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "^"),
      UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: ";"), UInt8(ascii: "@"), UInt8(ascii: "\""):
      true
    default: false
    }
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  /// The text without blanks and tabs around it.
  static func trimmed(_ text: some StringProtocol) -> String {
    var bytes = Array(text.utf8)[...]
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D
  }
}
