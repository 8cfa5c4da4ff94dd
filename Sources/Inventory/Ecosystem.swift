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
  /// JavaScript packages of the JSR registry, which `deno.lock` pins beside npm's.
  public static let jsr = Ecosystem("JSR")

  /// The part before the first colon: `Debian` of `Debian:12`.
  public var base: String {
    guard let colon = rawValue.utf8.firstIndex(of: UInt8(ascii: ":")) else { return rawValue }
    return String(rawValue[..<colon])
  }
}
