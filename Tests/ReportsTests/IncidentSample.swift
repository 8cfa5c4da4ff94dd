// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Reports
import Testing

/// An incident that has some of everything, and one of which nearly nothing is known.
enum IncidentSample {
  static func incident(_ json: String) throws -> Incident {
    try #require(try IncidentIndex(documents: [Array(json.utf8)]).all().first)
  }

  static func full() throws -> Incident { try incident(fullText) }
  static func bare() throws -> Incident { try incident(bareText) }

  static func explained(_ incident: Incident, _ style: ReportStyle = ReportStyle(audience: .owner)) -> String {
    let report = IncidentsReport(query: incident.record.id, incidents: [incident], asOf: "2026-11-20T00:00:00Z")
    return rendered { write(report, as: .text, style: style, to: $0) }
  }

  static let bareText = """
    {"id": "npm-demo-bare-2025", "summary": "Something happened", "affected": [],
     "database_specific": {"gifthorse": {"class": "protestware", "kind": "protestware", "severity": "low",
       "trigger": ["no-such-code"], "reads": [], "leaves": [], "traces": {}, "cleanup": ["remove"], "unverified": true,
       "texts": {"en": {"owner": {"what": "It shows a text.", "do": ["Remove it."]}}}}}}
    """

  static let fullText = """
    {"id": "npm-demo-pipe-2026", "modified": "2026-11-20T00:00:00Z", "aliases": ["MAL-2026-0001", "CVE-2026-0001"],
     "related": ["GHSA-2222-3333-4444"], "summary": "demo-pipe 9.1.6 and 2.0.0 steal passwords and access keys, and so do packages of others (May 2026)",
     "affected": [
       {"package": {"ecosystem": "npm", "name": "demo-pipe"}, "versions": ["9.1.6", "2.0.0"],
        "database_specific": {"gifthorse": {"advisories": ["MAL-2026-0001"], "safe": ["9.1.5", "2.0.1"],
          "safe_confidence": {"2.0.1": "medium"}, "safe_unverified": ["9.1.7"], "note": "9.1.7 came too late."}}},
       {"package": {"ecosystem": "PyPI", "name": "demo-loader"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
        "database_specific": {"gifthorse": {"advisories": ["MAL-2026-0002", "MAL-2026-0003"], "unverified": true, "variant": "loader"}}}],
     "references": [{"type": "WEB", "url": "https://advisories.example/demo-pipe"}],
     "database_specific": {"gifthorse": {
       "class": "malicious", "kind": "stealer", "severity": "critical",
       "published": "2026-05-14T14:25:30Z", "removed": "2026-05-15",
       "network_unverified": true, "details_from_general_knowledge": true,
       "trigger": ["install-hook", "require"], "reads": ["ssh", "no-such-code"],
       "leaves": [{"via": "dns", "hosts": ["cdn.bad.example", "bad.example"], "addresses": ["192.0.2.7", "2001:db8::7"],
                   "queries": ["q.bad.example"], "note": "It asks cdn.bad.example for names."}],
       "traces": {"files": ["$TMPDIR/demo-<pid>"], "processes": ["node --demo"],
         "sha256": [{"value": "aa00000000000000000000000000000000000000000000000000000000000000", "of": "demo.cjs"}],
         "other": ["Marker DEMO", "Second", "Third", "Fourth", "Fifth", "Sixth, with 192.0.2.7"],
         "shared_hosts": ["honest.example"]},
       "signs": [{"is": "file", "path": "~/.demo/agent", "certain": true, "note": "Started by bad.example."},
                 {"is": "line", "path": "~/.profile", "contains": ["demo-marker"]},
                 {"is": "folder", "path": "demo-loader", "variant": "loader"}],
       "cleanup": ["isolate", "remove", "rotate-elsewhere"],
       "disagreements": [{"point": "How it leaves", "a": "DNS (one)", "b": "HTTPS to bad.example (another)", "ours": "DNS."}],
       "notes": ["Look at it again."], "sources_without_link": ["A talk in Demo City"],
       "texts": {
         "en": {"owner": {"what": "It sends passwords to bad.example.", "do": ["Call your IT person.", "Have passwords replaced."]},
                "it": {"what": "IT words.", "do": ["IT step."]}, "developer": {"what": "Developer words.", "do": ["Developer step."]}},
         "nl": {"title": "demo-pipe steelt wachtwoorden", "owner": {"what": "Het steelt.", "do": ["Bel uw leverancier."]}}},
       "variants": {"loader": {"title": "demo-loader loads demo-pipe (2026)", "aliases": ["MAL-2026-0002"], "class": "malicious",
         "kind": "dropper", "severity": "high", "published": "2026-05", "trigger": ["call"], "reads": [], "leaves": [],
         "cleanup": ["replace"]}}}}}
    """
}
