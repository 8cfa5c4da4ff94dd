// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Discovery
public import Exposure
public import Inventory

/// What lies here to be taken, without an incident.
public struct ExposureReport: Sendable {
  public var catalogue: CredentialCatalogue
  /// By path and kind.
  public var credentials: [CredentialSighting]
  public var easiest: EasiestWays
  public var coverage: Coverage
  /// Seconds since 1970, UTC.
  public var now: Int64

  public init(_ found: CredentialFindings, _ catalogue: CredentialCatalogue, coverage: Coverage, now: Int64) {
    self.catalogue = catalogue
    self.now = now
    credentials = found.sightings
    easiest = EasiestWays(found.sightings, catalogue, now: now)
    self.coverage = coverage
    self.coverage.problems += found.problems
    self.coverage.skipped += found.skipped
    self.coverage.filesRead["credentials"] = found.filesRead
  }
}
