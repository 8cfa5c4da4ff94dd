// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of R packages: numbers between dots and hyphens, ordered one by one, as R's `compareVersion` does.
///
/// Both separators mean the same, and `1.0` is older than `1.0.0`. Numbers may be of any length; R holds 31 bits.
/// - Source: https://search.r-project.org/R/refmans/utils/html/compareVersion.html (read 2026-11-25)
public enum CRAN: VersionScheme {
  public static let id = "CRAN"
  public static let ecosystems = [Ecosystem("CRAN"), Ecosystem("Bioconductor")]

  public static func parse(_ text: String) -> DottedNumbers? {
    DottedNumbers(text, separators: [".", "-"], hasLeadingZeros: true)
  }

  public static func order(_ first: DottedNumbers, _ second: DottedNumbers) -> VersionOrder {
    first.order(to: second)
  }

  /// Noughts at the end do not count: to R's other comparison, of `numeric_version`, `1.0` and `1.0.0` are the same,
  /// and CRAN takes no two such versions of a package.
  ///
  /// - Source: https://github.com/wch/r-source, `src/library/base/R/version.R` (read 2026-11-25)
  public static func isMeant(_ version: DottedNumbers, by stated: DottedNumbers) -> Bool {
    VersionOrder(lists: version.significant, stated.significant) == .same
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
