// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Haskell's versions: numbers between dots, ordered one by one, as its Package Versioning Policy has them.
///
/// `1.0` is older than `1.0.0`. Numbers may be of any length; Cabal reads nine digits. The tags that Cabal once read
/// and forgot (`1.0-beta`) are refused. Requirements (`>=1.2 && <1.3`) are not read.
/// - Source: https://github.com/haskell/cabal, `Cabal-syntax/src/Distribution/Types/Version.hs` (read 2026-11-25)
public enum PVP: VersionScheme {
  public static let id = "PVP"
  public static let ecosystems = [Ecosystem("Hackage"), Ecosystem("GHC")]

  public static func parse(_ text: String) -> DottedNumbers? {
    DottedNumbers(text, separators: ["."], hasLeadingZeros: false)
  }

  public static func order(_ first: DottedNumbers, _ second: DottedNumbers) -> VersionOrder {
    first.order(to: second)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
