// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// That a project is to have one version of a package in the place of bad ones.
public struct Pin: Hashable, Sendable {
  public var ecosystem: Ecosystem
  public var name: String
  /// Versions that are condemned, and seen.
  public var bad: [String]
  /// The version to go to.
  public var safe: String

  public init(ecosystem: Ecosystem = .npm, name: String, bad: [String], safe: String) {
    self.ecosystem = ecosystem
    self.name = name
    self.bad = bad
    self.safe = safe
  }

  /// `name@version` of where to go.
  public var title: String { "\(name)@\(safe)" }
  public var safePackage: Package { Package(ecosystem: ecosystem, name: name, version: safe) }
}
