// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The parts of `2:1.4.1-3.el9`, as rpm and pacman take them apart.
///
/// - Source: https://rpm-software-management.github.io/rpm/man/rpm-version.7 (read 2026-11-25)
struct EpochVersionRelease {
  /// Nought where none is written.
  let epoch: WholeNumber
  /// Not empty.
  let version: Substring.UTF8View
  /// What stands behind the last hyphen; not empty.
  let release: Substring.UTF8View?

  /// Takes a text apart.
  ///
  /// Both programs would order any text at all. What no package can be called is refused here: an empty part, white space,
  /// a second colon, bytes outside ASCII.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
    let (epoch, rest) = Self.epoch(of: Substring(text).utf8)
    guard !rest.contains(UInt8(ascii: ":")) else { return nil }
    let hyphen = rest.lastIndex(of: UInt8(ascii: "-"))
    version = rest[..<(hyphen ?? rest.endIndex)]
    release = hyphen.map { rest[rest.index(after: $0)...] }
    self.epoch = epoch
    guard !version.isEmpty, release?.isEmpty != true else { return nil }
  }

  /// Digits before a colon; a colon without digits is the epoch nought.
  private static func epoch(of text: Substring.UTF8View) -> (epoch: WholeNumber, rest: Substring.UTF8View) {
    let digits = text.prefix(while: VersionText.isDigit)
    let rest = text[digits.endIndex...]
    guard rest.first == UInt8(ascii: ":") else { return (.zero, text) }
    return (WholeNumber(digits: digits), rest.dropFirst())
  }
}
