// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A package ecosystem, spelled as in the OSV schema (`npm`, `PyPI`, `Debian:12`).
///
/// - Source: https://ossf.github.io/osv-schema/#affectedpackage-field (read 2026-11-23)
public struct Ecosystem: RawRepresentable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  public init(_ rawValue: String) {
    self.rawValue = rawValue
  }

  public static let npm = Ecosystem("npm")
  /// Extensions of Visual Studio Code and its relatives; a name is `publisher.extension`.
  public static let vscode = Ecosystem("VSCode")
  /// Python packages. Extractors give their names as ``PyPIName/normalised(_:)`` does, whatever the file spells.
  public static let pypi = Ecosystem("PyPI")
  /// Packages of conda and its relatives. OSV has no such ecosystem: the spelling is our own.
  public static let conda = Ecosystem("conda")
  /// JavaScript packages of the JSR registry, which `deno.lock` pins beside npm's.
  public static let jsr = Ecosystem("JSR")

  /// Repositories, known by their commits alone. OSV has entries without a package for these; the spelling is our own.
  public static let git = Ecosystem("GIT")

  /// The one spelling of a package's name under which all of its spellings are matched.
  ///
  /// The marketplaces of editor extensions make no difference between capital and small letters.
  /// - Complexity: O(length), and nothing for an ecosystem whose names have one spelling.
  public func matchingName(_ name: String) -> String {
    switch self {
    case .pypi: PyPIName.normalised(name)
    case .vscode: name.lowercased()
    default: name
    }
  }

  /// The part before the first colon: `Debian` of `Debian:12`.
  public var base: String {
    guard let colon = rawValue.utf8.firstIndex(of: UInt8(ascii: ":")) else { return rawValue }
    return String(rawValue[..<colon])
  }
}
