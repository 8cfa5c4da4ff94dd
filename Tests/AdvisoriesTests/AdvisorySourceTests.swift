// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import TestSupport
import Testing

@Suite struct AdvisorySourceTests {
  /// - Source: https://google.github.io/osv.dev/data/, and the databases' own pages (read 2026-11-25)
  @Test(arguments: [
    ("MAL-2026-3744", "OpenSSF Malicious Packages", "Apache-2.0"),
    ("GHSA-vh95-rmgr-6w4m", "GitHub Advisory Database", "CC-BY-4.0"),
    ("PYSEC-2021-1", "PyPI Advisory Database", "CC-BY-4.0"), ("GO-2021-0113", "Go Vulnerability Database", "CC-BY-4.0"),
    ("RUSTSEC-2016-0001", "RustSec Advisory Database", "CC0-1.0"),
    ("JLSEC-2025-1", "Julia Security Advisory Database", "CC-BY-4.0"),
    ("OSEC-2026-01", "OCaml Security Advisory Database", "CC0-1.0"),
    ("HSEC-2023-0001", "Haskell Security Advisory Database", "CC0-1.0"),
    ("RSEC-2023-1", "RConsortium Advisory Database", "Apache-2.0"),
    ("DRUPAL-CORE-2024-001", "Drupal Advisory Database", "MIT"),
    ("PSF-2022-1", "Python Software Foundation Advisory Database", "CC-BY-4.0"),
    ("EEF-CVE-2025-4748", "Erlang Ecosystem Foundation CNA", "CC-BY-4.0"),
    ("LBSEC-20181110", "LoopBack Advisory Database", "MIT"),
    ("LWA-2026-0053", "Leitwacht Malicious Packages", "CC0-1.0"),
    ("DSA-5000-1", "Debian Security Advisories, converted by OSV.dev", nil),
    ("DLA-1234-1", "Debian Security Advisories, converted by OSV.dev", nil),
    ("DEBIAN-CVE-2021-44228", "Debian Security Tracker, converted by OSV.dev", nil),
    ("USN-5192-1", "Ubuntu Security Notices", "CC-BY-SA-4.0"),
    ("UBUNTU-CVE-2021-44228", "Ubuntu Security Notices", "CC-BY-SA-4.0"),
    ("ALSA-2022:0001", "AlmaLinux Security Advisories", "MIT"),
    ("RHSA-2022:0001", "Red Hat Security Data", "CC-BY-4.0"),
    ("RLSA-2022:0001", "Rocky Linux Security Advisories", "CC-BY-4.0"),
    ("RXSA-2024:0001", "Rocky Linux Security Advisories", "CC-BY-4.0"),
    ("SUSE-SU-2024:0001-1", "SUSE Security Data", "CC-BY-4.0"),
    ("openSUSE-SU-2024:0001-1", "SUSE Security Data", "CC-BY-4.0"),
    ("ALPINE-CVE-2021-44228", "Alpine Security Database, converted by OSV.dev", nil),
    ("CGA-2222-3333-4444", "Chainguard Security Notices", nil),
    ("BIT-nginx-2021-23017", "Bitnami Vulnerability Database", "Apache-2.0"),
    ("A-123456789", "Android Security Bulletins", nil), ("ASB-A-123456789", "Android Security Bulletins", nil),
    ("CURL-CVE-2023-38545", "curl Security Advisories", "curl"), ("V8-advisory-1", "V8 Advisories", nil),
    ("OSV-2020-111", "OSS-Fuzz Vulnerabilities", "CC-BY-4.0"), ("MGASA-2024-0001", "Mageia Security Advisories", nil),
    ("MINI-2222-3333-4444", "Minimus Security Notices", nil), ("ECHO-2222", "Echo Security Advisory Database", nil),
    ("OESA-2024-1001", "openEuler Security Advisories", nil), ("GSD-2021-1", "Global Security Database", "CC0-1.0"),
    ("UVI-2021-1", "Global Security Database", "CC0-1.0"),
    ("ROOT-OS-DEBIAN-11-CVE-2024-1", "Root Security Advisories", nil),
    ("CLEANSTART-2025-AZ00001", "CleanStart Security Advisories", nil),
    ("CVE-2021-44228", "CVE Program and NVD, converted by OSV.dev", "cve-tou"),
  ])
  func `the source of a record is told by how its id begins`(id: String, name: String, licence: String?) throws {
    let source = try #require(AdvisorySource(of: id))
    #expect(source.name == name)
    #expect(source.licence == licence)
    #expect(source.page.hasPrefix("https://"))
  }

  @Test(arguments: [
    "", "-", "MAL", "MAL-", "mal-2026-1", "GHSA", "XGHSA-2222-3333-4444", "x_IOC-1", "private/list/1",
    "npm-node-ipc-2026",
    "AB-1", "SUSE", " GHSA-2222-3333-4444", "КВЕ-2021-1",
  ])
  func `an id of no known database has no source`(id: String) {
    #expect(AdvisorySource(of: id) == nil)
  }

  @Test func `what a record says of its licence counts before what is known of its database`() throws {
    var record = OSVRecord()
    record.id = "RUSTSEC-2021-0145"
    #expect(AdvisorySource(of: record)?.licence == "CC0-1.0")
    record.remarks.licence = ""
    #expect(AdvisorySource(of: record)?.licence == "CC0-1.0")
    record.remarks.licence = "CC-BY-4.0"
    #expect(AdvisorySource(of: record)?.licence == "CC-BY-4.0")
    record.id = "DSA-5000-1"
    #expect(AdvisorySource(of: record)?.licence == "CC-BY-4.0")
    record.id = "x_OURS-1"
    #expect(AdvisorySource(of: record) == nil)
  }

  @Test(arguments: [
    ("GHSA-vh95-rmgr-6w4m", "https://osv.dev/vulnerability/GHSA-vh95-rmgr-6w4m"),
    ("RHSA-2022:0001", "https://osv.dev/vulnerability/RHSA-2022:0001"),
    ("openSUSE-SU-2024:0001-1", "https://osv.dev/vulnerability/openSUSE-SU-2024:0001-1"),
    ("NEWDB-2027-1", "https://osv.dev/vulnerability/NEWDB-2027-1"),
    ("LWA-2026-0053", "https://threatintel.leitwacht.eu/d/LWA-2026-0053"),
    ("private/list/1", nil), ("npm-node-ipc-2026", nil), ("x_IOC-1", nil), ("", nil), ("MAL-", nil), ("MAL", nil),
    ("MAL-2026-1\"><script>", nil), ("MAL-2026-1 2", nil), ("MAL-2026-1/../../x", nil), ("MAL-2026-1?x", nil),
    ("MAL-2026-é", nil), ("MAL-2026-1\u{0}", nil),
  ])
  func `a public record has a page, and nothing else has`(id: String, page: String?) {
    #expect(AdvisorySource.page(of: id) == page)
  }
}
