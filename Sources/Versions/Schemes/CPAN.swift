// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Perl modules, as Perl's own `version` reads and orders them.
///
/// Two notations in one order: with a `v` in front or at least two dots, each number stands for itself (`v1.2.3`); else
/// the text is a decimal, of which three digits behind the point are one number (`1.002003` is `v1.2.3`, `1.5` is
/// `v1.500`). One underscore among the digits behind the last point marks a trial release and is then forgotten, as
/// `version` does since 0.9913: `1.02_03` and `1.0203` are the same. Noughts at the end do not count.
///
/// Numbers may be of any length; Perl cuts them at 2^31 − 1. The word `undef`, a lone point, and what Perl's parser
/// lets follow a version (`;`, braces, more behind a space, a point before one) are refused.
/// - Source: https://metacpan.org/pod/version; what its 0.9929 in Perl 5.36 answers (asked 2026-11-25)
public enum CPAN: VersionScheme {
  public static let id = "CPAN"
  public static let ecosystems = [Ecosystem("CPAN")]

  public static func parse(_ text: String) -> CPANVersion? {
    CPANVersion(text)
  }

  public static func order(_ first: CPANVersion, _ second: CPANVersion) -> VersionOrder {
    VersionOrder(lists: first.numbers.significant, second.numbers.significant)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
