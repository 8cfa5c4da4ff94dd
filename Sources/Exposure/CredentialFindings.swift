// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Which credentials are here, and what could not be looked at.
public struct CredentialFindings: Sendable {
  /// By path, then kind.
  public internal(set) var sightings: [CredentialSighting] = []
  /// What should have been looked at and was not, or not wholly.
  public internal(set) var problems: [Coverage.Problem] = []
  /// Places of the machine that this user may not enter: what ran as this user could not, either.
  public internal(set) var skipped: [Coverage.Skip] = []
  /// How many files were there and were looked into.
  public internal(set) var filesRead = 0

  public init() {}
}
