// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Testing

@testable import Scanning

@Suite struct FailureThresholdTests {
  private func finding(_ class: FindingClass, _ severity: Severity, isExploited: Bool = false) -> Finding {
    var finding = Finding(
      id: "x", aliases: [], class: `class`, severity: severity,
      package: Package(ecosystem: .npm, name: "a", version: "1"), incident: nil, detail: IncidentDetail(), safe: [],
      safeUnverified: [], isUnverified: false, references: [], sightings: [])
    finding.record = RecordFacts(statements: [])
    if isExploited {
      finding.record?.exploited = KnownExploitation(cve: "CVE-2026-1", added: "2026-11-01", isUsedForRansom: false)
    }
    return finding
  }

  @Test(
    arguments: [
      ("malicious", .atLeast(.malicious)), ("suspicious", .atLeast(.suspicious)),
      ("protestware", .atLeast(.protestware)), ("vulnerable", .atLeast(.vulnerable)),
      ("vulnerable:critical", .atLeast(.vulnerable, .critical)), ("vulnerable:low", .atLeast(.vulnerable, .low)),
      ("malicious:high", .atLeast(.malicious, .high)), ("kev", .exploited),
    ] as [(String, FailureThreshold)])
  func `a class, a class with a severity, and kev can be asked for`(text: String, threshold: FailureThreshold) {
    #expect(FailureThreshold(text) == threshold)
  }

  @Test(arguments: [
    "", "none", "Malicious", "vulnerable:", "vulnerable:unknown", "vulnerable:HIGH", "vulnerable:high:low", ":high",
    "high", "kev:high", "KEV", " kev", "vulnerable :high",
  ])
  func `nothing else can`(text: String) {
    #expect(FailureThreshold(text) == nil)
  }

  @Test(
    arguments: [
      // what is asked for, the finding's class and severity, whether it is reached
      ("vulnerable", .vulnerable, .low, true), ("vulnerable", .malicious, .low, true),
      ("protestware", .vulnerable, .critical, false), ("protestware", .protestware, .low, true),
      ("vulnerable:high", .vulnerable, .critical, true), ("vulnerable:high", .vulnerable, .high, true),
      ("vulnerable:high", .vulnerable, .medium, false), ("vulnerable:high", .vulnerable, .low, false),
      // It may be any.
      ("vulnerable:critical", .vulnerable, .unknown, true),
      // A worse class counts, however severe.
      ("vulnerable:critical", .malicious, .low, true), ("vulnerable:critical", .protestware, .low, true),
      ("suspicious:high", .protestware, .critical, false), ("suspicious:high", .suspicious, .medium, false),
      ("kev", .vulnerable, .critical, false), ("kev", .protestware, .low, true), ("kev", .malicious, .low, true),
    ] as [(String, FindingClass, Severity, Bool)])
  func `a finding reaches what is asked for by its class, then by its severity`(
    text: String, class: FindingClass, severity: Severity, isReached: Bool
  ) throws {
    let threshold = try #require(FailureThreshold(text))
    #expect(threshold.isReached(by: finding(`class`, severity)) == isReached)
  }

  @Test func `a flaw that is exploited reaches kev, however mild, and no severity by that alone`() throws {
    #expect(FailureThreshold.exploited.isReached(by: finding(.vulnerable, .low, isExploited: true)))
    #expect(!FailureThreshold.atLeast(.vulnerable, .high).isReached(by: finding(.vulnerable, .low, isExploited: true)))
  }
}
