// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A package: what a purl names. Without a version it stands for all of them (a declared range).
///
/// The name is in the ecosystem's own spelling, which is what advisories are matched on; ``purl`` is only the label. Where
/// the ecosystem has several spellings of one name, it is that of ``Ecosystem/matchingName(_:)``.
public struct Package: Hashable, Sendable {
  public let ecosystem: Ecosystem
  public let name: String
  public let version: String?

  public init(ecosystem: Ecosystem, name: String, version: String?) {
    self.ecosystem = ecosystem
    self.name = name
    self.version = version
  }

  /// The package URL, valid whatever the name holds: every byte that the specification does not allow is percent-encoded.
  public var purl: String {
    PackageURL(of: self).text
  }

  /// `name@version`, or the name alone.
  public var title: String {
    guard let version else { return name }
    return "\(name)@\(version)"
  }
}
