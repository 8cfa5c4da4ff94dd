// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Where to go from a vulnerable version.
public struct Upgrade: Sendable {
  /// The package as it is here.
  public var package: Package
  /// The lowest version in which no record finds anything; nil where there is none that records know of.
  public var to: String?
  /// The ids of the findings that it ends; without a version, of those that have no common end.
  public var findings: [String]
  /// The purl as it was given, where packages were given as purls.
  public var label: String?

  public init(package: Package, to: String?, findings: [String]) {
    self.package = package
    self.to = to
    self.findings = findings
  }
}
