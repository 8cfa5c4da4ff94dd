// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import TestSupport
import Testing

extension TemporaryFolder {
  /// An index of made-up records in the folder `name`: malware, and flaws that are critical and exploited, medium, and of no known severity.
  func addAdvisories(_ name: String = "db") throws {
    try makeFolder(name)
    let writer = try AdvisoryIndexWriter(path: AdvisoryIndexPlace.file(in: path(name)), basedOn: nil)
    let records = [
      record("MAL-2020-1", "demo-evil", #"{"introduced": "0"}"#, "Malicious code in demo-evil (npm)"),
      record(
        "GHSA-1", "demo-shop", #"{"introduced": "0"}, {"fixed": "1.0.5"}"#, "demo-shop runs what its visitors send",
        #""aliases": ["CVE-2020-1"], "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}]"#
      ),
      record(
        "GHSA-2", "demo-slow", #"{"introduced": "0"}, {"fixed": "1.1.0"}"#, "A slow pattern in demo-slow",
        #""database_specific": {"severity": "MODERATE"}"#),
      record("GHSA-3", "demo-odd", #"{"introduced": "0"}, {"fixed": "1.1.0"}"#, "An odd thing in demo-odd"),
    ]
    for record in records {
      let outcome = try record.withUnsafeBufferPointer { (bytes) throws(AdvisoryIndexError) in
        try writer.put(bytes, origin: .feed)
      }
      #expect(outcome == .stored)
    }
    try writer.setKnownExploited([("CVE-2020-1", "2020-01-02", false)], asOf: "2020-01-02")
    try writer.finish()
  }

  private func record(
    _ id: String, _ name: String, _ events: String, _ summary: String, _ more: String = #""aliases": []"#
  ) -> [UInt8] {
    Array(
      """
      {"id": "\(id)", "modified": "2020-01-01T00:00:00Z", "summary": "\(summary)", \(more), "affected": [{
        "package": {"ecosystem": "npm", "name": "\(name)"}, "ranges": [{"type": "SEMVER", "events": [\(events)]}]}]}
      """.utf8)
  }
}
