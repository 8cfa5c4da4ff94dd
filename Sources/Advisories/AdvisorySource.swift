// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The database that a record comes from, and under which terms: texts under licences that ask for it show both wherever they are shown.
///
/// - Source: https://ossf.github.io/osv-schema/#id-modified-fields for the prefixes and names, and
///   https://google.github.io/osv.dev/data/ for the licences; where it is silent, each database's own page: Julia and Leitwacht
///   (`LICENSE` of their repositories), Drupal (the same), Red Hat (https://access.redhat.com/security/data), SUSE
///   (https://ftp.suse.com/pub/projects/security/), curl (https://curl.se/docs/copyright.html), LoopBack
///   (https://github.com/loopbackio/security/blob/main/LICENSE), the CVE Program (https://www.cve.org/Legal/TermsOfUse)
///   (read 2026-11-25)
public struct AdvisorySource: Hashable, Sendable {
  /// `GitHub Advisory Database`
  public let name: String
  /// An SPDX identifier, or what the record itself calls its licence; nil where none is known.
  public let licence: String?
  /// The address of the database.
  public let page: String

  /// The source of a record.
  ///
  /// - Parameters:
  ///   - id: The record's, `GHSA-…`.
  ///   - licence: What the record itself says: it counts before what is known of the database (RustSec's records have two licences).
  /// - Returns: nil for an id that begins like none of the known databases': its source and licence are not known.
  public init?(of id: String, licence: String? = nil) {
    guard let row = Self.row(of: id) else { return nil }
    name = row.name
    page = row.page
    let own = licence.flatMap { $0.isEmpty ? nil : $0 }
    self.licence = own ?? row.licence
  }

  /// The source of a record that says under which licence it stands, or does not.
  public init?(of record: OSVRecord) {
    self.init(of: record.id, licence: record.remarks.licence)
  }

  /// Where people can read a record; nil for an id that no public database has given.
  public static func page(of id: String) -> String? {
    guard !id.isEmpty, id.utf8.allSatisfy(isPlain) else { return nil }
    if id.hasPrefix("LWA-") { return "https://threatintel.leitwacht.eu/d/" + id }
    // Databases are added every few months: an id is taken for one of OSV's where it begins as theirs do.
    guard row(of: id) != nil || beginsAsTheirs(id) else { return nil }
    return "https://osv.dev/vulnerability/" + id
  }

  /// Letters, digits, and what stands between them (`RHSA-2025:1234`): nothing that would have to be escaped in an address.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"): true
    default: false
    }
  }

  /// Two capital letters or more before the first hyphen, and something behind it.
  private static func beginsAsTheirs(_ id: String) -> Bool {
    guard let hyphen = id.utf8.firstIndex(of: UInt8(ascii: "-")) else { return false }
    let prefix = id.utf8[..<hyphen]
    let rest = id.utf8[hyphen...]
    return prefix.count > 1 && rest.count > 1
      && prefix.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }

  // MARK: The databases

  private struct Row: Sendable {
    let prefixes: [String]
    let name: String
    let licence: String?
    let page: String

    init(_ prefixes: String, _ name: String, _ licence: String?, _ page: String) {
      self.prefixes = prefixes.split(separator: " ").map(String.init)
      self.name = name
      self.licence = licence
      self.page = "https://" + page
    }
  }

  /// The row with the longest prefix that the id begins with and does not end with.
  private static func row(of id: String) -> Row? {
    var found: (row: Row, length: Int)?
    for row in rows {
      for prefix in row.prefixes where id.hasPrefix(prefix) && id.utf8.count > prefix.utf8.count {
        if prefix.utf8.count > found?.length ?? 0 { found = (row, prefix.utf8.count) }
      }
    }
    return found?.row
  }

  private static let rows: [Row] = languages + distributions + others

  private static let languages = [
    Row("MAL-", "OpenSSF Malicious Packages", "Apache-2.0", "github.com/ossf/malicious-packages"),
    Row("GHSA-", "GitHub Advisory Database", "CC-BY-4.0", "github.com/github/advisory-database"),
    Row("PYSEC-", "PyPI Advisory Database", "CC-BY-4.0", "github.com/pypa/advisory-database"),
    Row("PSF-", "Python Software Foundation Advisory Database", "CC-BY-4.0", "github.com/psf/advisory-database"),
    Row("GO-", "Go Vulnerability Database", "CC-BY-4.0", "github.com/golang/vulndb"),
    Row("RUSTSEC-", "RustSec Advisory Database", "CC0-1.0", "github.com/rustsec/advisory-db"),
    Row("JLSEC-", "Julia Security Advisory Database", "CC-BY-4.0", "github.com/JuliaLang/SecurityAdvisories.jl"),
    Row("OSEC-", "OCaml Security Advisory Database", "CC0-1.0", "github.com/ocaml/security-advisories"),
    Row("HSEC-", "Haskell Security Advisory Database", "CC0-1.0", "github.com/haskell/security-advisories"),
    Row("RSEC-", "RConsortium Advisory Database", "Apache-2.0", "github.com/RConsortium/r-advisory-database"),
    Row("EEF-", "Erlang Ecosystem Foundation CNA", "CC-BY-4.0", "cna.erlef.org"),
    Row("DRUPAL-", "Drupal Advisory Database", "MIT", "github.com/DrupalSecurityTeam/drupal-advisory-database"),
    Row("LBSEC-", "LoopBack Advisory Database", "MIT", "github.com/loopbackio/security"),
    Row("LWA-", "Leitwacht Malicious Packages", "CC0-1.0", "github.com/leitwacht/malicious-packages"),
  ]

  private static let distributions = [
    Row("DSA- DLA- DTSA-", "Debian Security Advisories, converted by OSV.dev", nil, "osv.dev/list?ecosystem=Debian"),
    Row("DEBIAN-", "Debian Security Tracker, converted by OSV.dev", nil, "osv.dev/list?ecosystem=Debian"),
    Row("ELA-", "Debian Extended LTS Security Advisories", nil, "www.freexian.com/lts/extended/"),
    Row("USN- UBUNTU- LSN-", "Ubuntu Security Notices", "CC-BY-SA-4.0", "github.com/canonical/ubuntu-security-notices"),
    Row("ALSA- ALBA- ALEA-", "AlmaLinux Security Advisories", "MIT", "github.com/AlmaLinux/osv-database"),
    Row("RHSA- RHBA- RHEA-", "Red Hat Security Data", "CC-BY-4.0", "security.access.redhat.com/data"),
    // OSV's page names the licence of Rocky's packages; of the errata, its maintainers say that they have Red Hat's:
    // https://github.com/rocky-linux/peridot/issues/191 (read 2026-11-25).
    Row("RLSA- RXSA-", "Rocky Linux Security Advisories", "CC-BY-4.0", "errata.rockylinux.org"),
    Row("SUSE- openSUSE-", "SUSE Security Data", "CC-BY-4.0", "www.suse.com/support/security/"),
    Row("ALPINE-", "Alpine Security Database, converted by OSV.dev", nil, "secdb.alpinelinux.org"),
    Row("MGASA-", "Mageia Security Advisories", nil, "advisories.mageia.org"),
    Row("OESA-", "openEuler Security Advisories", nil, "www.openeuler.org/en/security/security-bulletins"),
    Row("AZL-", "Azure Linux Vulnerability Data", nil, "github.com/microsoft/AzureLinuxVulnerabilityData"),
    Row("PHSA-", "Photon OS Security Advisories", nil, "github.com/vmware/photon/wiki/Security-Advisories"),
    Row("CLSA-", "TuxCare Security Advisories", nil, "github.com/cloudlinux/tuxcare-osv"),
    Row("BELL-", "BellSoft Security Advisories", nil, "github.com/bell-sw/osv-database"),
    Row("CGA-", "Chainguard Security Notices", nil, "packages.cgr.dev/chainguard/osv/all.json"),
    Row("MINI-", "Minimus Security Notices", nil, "packages.mini.dev/advisories/osv/all.json"),
    Row("ECHO-", "Echo Security Advisory Database", nil, "advisory.echohq.com/osv/all.json"),
    Row(
      "CLEANSTART-", "CleanStart Security Advisories", nil,
      "github.com/cleanstart-dev/cleanstart-security-advisories"),
    Row("DHI-", "Docker Hardened Images Advisories", nil, "github.com/docker-hardened-images/advisories"),
    Row("ROOT-", "Root Security Advisories", nil, "root.io/security"),
    Row("BIT-", "Bitnami Vulnerability Database", "Apache-2.0", "github.com/bitnami/vulndb"),
  ]

  private static let others = [
    Row("CVE-", "CVE Program and NVD, converted by OSV.dev", "cve-tou", "www.cve.org"),
    Row("OSV-", "OSS-Fuzz Vulnerabilities", "CC-BY-4.0", "github.com/google/oss-fuzz-vulns"),
    Row("GSD- UVI-", "Global Security Database", "CC0-1.0", "github.com/cloudsecurityalliance/gsd-database"),
    Row("A- ASB-A- PUB-A-", "Android Security Bulletins", nil, "source.android.com/docs/security/bulletin"),
    Row("CURL-", "curl Security Advisories", "curl", "curl.se/docs/security.html"),
    Row("KUBE-", "Kubernetes Official CVE Feed", nil, "github.com/kubernetes-sigs/cve-feed-osv"),
    Row("V8-", "V8 Advisories", nil, "github.com/google/chromium-policy-vulnfeed"),
  ]
}
