// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Every version scheme there is; a test holds this table against the folder `Schemes`.
public let schemes: [any VersionScheme.Type] = [
  SemVer.self,
  PEP440.self,
  Go.self,
  Cargo.self,
  Pub.self,
  Hex.self,
  PVP.self,
  CRAN.self,
  CPAN.self,
  Julia.self,
  Opam.self,
  SwiftURL.self,
  GitHubActions.self,
  Conan.self,
  Dpkg.self,
  APK.self,
  RPM.self,
  Pacman.self,
  Gentoo.self,
  OpenSSL.self,
  Nginx.self,
  DateTime.self,
  Lexicographic.self,
  RubyGems.self,
  Maven.self,
  NuGet.self,
  Composer.self,
]

/// The scheme that orders an ecosystem's versions.
///
/// Looks at the part before the first colon: `Debian:12` is ordered as `Debian` is.
/// - Returns: `nil` for an ecosystem whose order is not known here; its versions can only be compared letter by letter.
/// - Complexity: O(schemes × their ecosystems), both small.
public func scheme(for ecosystem: Ecosystem) -> (any VersionScheme.Type)? {
  let wanted = Ecosystem(ecosystem.base)
  return schemes.first { $0.ecosystems.contains(wanted) }
}
