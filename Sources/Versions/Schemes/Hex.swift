// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of Elixir's and Erlang's packages, as Elixir's `Version` module reads and orders them: SemVer 2.0.
///
/// Requirements (`~> 1.2`) are not read.
/// - Source: https://github.com/elixir-lang/elixir, `lib/elixir/lib/version.ex` (read 2026-11-25)
public enum Hex: VersionScheme {
  public static let id = "Hex"
  public static let ecosystems = [Ecosystem("Hex")]

  private static let dialect = SemanticDialect()

  public static func parse(_ text: String) -> ExactSemanticVersion? {
    dialect.version(text)
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
