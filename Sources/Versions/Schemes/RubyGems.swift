// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Ruby's gem versions and requirements, as `Gem::Version` and `Gem::Requirement` read and order them.
///
/// The platform in a lockfile (`1.15.0-x86_64-linux`) is no part of a version: whoever reads the file takes it off.
/// - Source: https://docs.ruby-lang.org/en/master/Gem/Version.html (read 2026-11-25)
/// - Source: https://github.com/rubygems/rubygems, `lib/rubygems/version.rb` and `requirement.rb` of 3.3.15
///   (read 2026-11-25)
public enum RubyGems: VersionScheme {
  public static let id = "RubyGems"
  public static let ecosystems: [Ecosystem] = [Ecosystem("RubyGems")]

  public static func parse(_ text: String) -> RubyGemsVersion? {
    RubyGemsVersion(text)
  }

  public static func order(_ first: RubyGemsVersion, _ second: RubyGemsVersion) -> VersionOrder {
    first.order(to: second)
  }

  /// Reads requirements with commas between them, of which every one must hold: `~> 1.2, >= 1.2.3`.
  ///
  /// - Returns: `nil` where `Gem::Requirement` would refuse one of them, and for `!`, which pins a source alone.
  public static func range(_ text: String) -> (any VersionRange)? {
    RubyGemsRequirement(text)
  }
}
