// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions and requirements of Rust's crates, as Cargo's `semver` crate reads and orders them.
///
/// SemVer 2.0 to the letter, with numbers of at most 64 bits. Build metadata has no part in the order here, as in OSV's
/// ranges of type `SEMVER` and in Cargo's requirements; the crate's `Version::cmp_precedence` is that order. (Its `Ord`
/// looks at the metadata as well, so that no two versions are the same.)
/// - Source: https://docs.rs/crate/semver/1.0.14/source/src/parse.rs (read 2026-11-25)
public enum Cargo: VersionScheme {
  public static let id = "Cargo"
  public static let ecosystems = [Ecosystem("crates.io")]

  static let dialect = SemanticDialect(largest: WholeNumber(UInt64.max))

  public static func parse(_ text: String) -> ExactSemanticVersion? {
    dialect.version(text)
  }

  /// Reads the `version` of a dependency in a `Cargo.toml`: `1.2`, `~1.2.3`, `>=1.2, <2`, `1.*`.
  public static func range(_ text: String) -> (any VersionRange)? {
    CargoRequirement(text)
  }
}
