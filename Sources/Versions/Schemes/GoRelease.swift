// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Reads a release of Go as Go itself writes it: `go1.21.3`, `1.21rc2`, `go1.20`.
///
/// The result is in the form of OSV's records: `1.21rc2` is `1.21.0-rc.2`. From 1.21 on, `go1.21` is no release but the
/// language, which is before all releases and candidates of that number: `1.21.0-0`, the event at which records let
/// 1.21 begin. Without the `go`, `1.21` is `1.21.0` instead, since modules write a version so.
/// - Source: https://go.dev/doc/toolchain#version (read 2026-11-25)
/// - Source: https://github.com/golang/go, `src/internal/gover/gover.go` and `src/go/version` (read 2026-11-25)
enum GoRelease {
  private static let dialect = SemanticDialect()
  private static let firstWithPatch = WholeNumber(21)

  /// - Returns: `nil` where the text is no release: a development version (`devel go1.23-5e8e95d`), or a candidate of a
  ///   patch, which Go has never made.
  static func version(_ text: String) -> ExactSemanticVersion? {
    var text = VersionText(text)
    let hasPrefix = text.take("g")
    guard !hasPrefix || text.take("o"), let major = dialect.number(&text) else { return nil }
    if isAtEnd(text, hasPrefix) { return ExactSemanticVersion(major, .zero, .zero) }
    guard text.take("."), let minor = dialect.number(&text) else { return nil }
    if isAtEnd(text, hasPrefix) { return language(major, minor) }
    if text.take(".") {
      guard let patch = dialect.number(&text), isAtEnd(text, hasPrefix) else { return nil }
      return ExactSemanticVersion(major, minor, patch)
    }
    guard let candidate = candidate(&text), isAtEnd(text, hasPrefix) else { return nil }
    return ExactSemanticVersion(major, minor, .zero, prerelease: candidate)
  }

  /// Behind the `go` form, the maker of a toolchain (`-bigcorp`) and experiments (` X:boringcrypto`) may follow.
  private static func isAtEnd(_ text: VersionText, _ hasPrefix: Bool) -> Bool {
    text.isAtEnd || hasPrefix && (text.next == UInt8(ascii: "-") || text.next == UInt8(ascii: " "))
  }

  private static func language(_ major: WholeNumber, _ minor: WholeNumber) -> ExactSemanticVersion {
    ExactSemanticVersion(major, minor, .zero, prerelease: minor < firstWithPatch ? [] : [.number(.zero)])
  }

  /// `rc2`; the word's number may be missing.
  private static func candidate(_ text: inout VersionText) -> [VersionIdentifier]? {
    let word = text.take { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    guard !word.isEmpty else { return nil }
    let kind = VersionIdentifier.text(String(Substring(word)))
    guard VersionText.isDigit(text.next) else { return [kind] }
    return dialect.number(&text).map { [kind, .number($0)] }
  }
}
