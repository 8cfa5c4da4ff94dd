// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// OSV records for tests, as texts.
enum SampleRecord {
  /// One about malware that condemns a name of npm.
  static func malware(
    _ id: String, _ name: String, summary: String? = nil, modified: String = "2026-01-02T03:04:05Z"
  ) -> String {
    """
    {"id": "\(id)", "modified": "\(modified)", "summary": "\(summary ?? "Malicious code in \(name) (npm)")", "affected": [{"package": \
    {"ecosystem": "npm", "name": "\(name)"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
    """
  }

  /// One about a flaw, with fields that vary by its number.
  static func flaw(_ number: Int) -> String {
    let ecosystem = ["npm", "PyPI", "Go", "Maven", "Debian:12", "Leiden Cheese Board"][number % 6]
    let fields = """
      "aliases": ["CVE-2026-\(number)"], "related": ["X-\(number)"], "published": "2026-0\(number % 9 + 1)-11T10:00:00Z", "severity": [{"type": \
      "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}], "references": [{"url": "https://a.example/\(number)"}], \
      "database_specific": {"cwe_ids": ["CWE-79"], "iocs": {"sha256": ["\(digest(number))"]}}
      """
    let events = #"[{"introduced": "1.\#(number).0"}, {"fixed": "1.\#(number).9"}]"#
    return """
      {"id": "GHSA-\(number)", "modified": "2026-03-04T05:06:07.\(number % 9 + 1)Z", "summary": "Prototype Pollution number \(number)", \(fields), \
      "affected": [{"package": {"ecosystem": "\(ecosystem)", "name": "package-\(number)"}, "versions": ["0.0.\(number)"], \
      "ranges": [{"type": "ECOSYSTEM", "events": \(events)}]}]}
      """
  }

  static func digest(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 64 - digits.utf8.count) + digits
  }
}
