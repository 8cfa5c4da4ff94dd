// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension TemporaryFolder {
  /// An index of these records in the folder `name`, in the place of one that is there.
  func makeIndex(_ records: [String], in name: String = "db") throws {
    try makeFolder(name)
    let file = AdvisoryIndexPlace.file(in: path(name))
    let writer = try AdvisoryIndexWriter(path: file + ".new", basedOn: nil)
    for record in records {
      _ = try Array(record.utf8).withUnsafeBufferPointer { (bytes) throws(AdvisoryIndexError) in
        try writer.put(bytes, origin: .feed)
      }
    }
    try writer.finish()
    guard rename(file + ".new", file) == 0 else { throw CallFailed(name: "rename", code: errno) }
  }

  /// A record about `demo-shop` of npm, below 1.0.5.
  static func record(_ id: String, _ summary: String, _ more: String = #""aliases": []"#) -> String {
    """
    {"id": "\(id)", "modified": "2020-01-01T00:00:00Z", "summary": "\(summary)", \(more), "affected": [{
      "package": {"ecosystem": "npm", "name": "demo-shop"},
      "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.0.5"}]}]}]}
    """
  }

  static let records = [
    record(
      "GHSA-1", "demo-shop runs what its visitors send",
      #""aliases": ["CVE-2020-1"], "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}]"#
    ), record("GHSA-2", "A slow pattern in demo-shop", #""withdrawn": "2020-01-01T00:00:00Z""#),
  ]
}
