// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Parsing
import Testing
import Versions

@testable import Scanning

@Suite struct RecordMatchingTests {
  /// What a record of these entries says of a package; nil where it is about something else.
  private func outcome(
    _ ecosystem: String, _ name: String, _ version: String?, _ entries: String..., commit: String? = nil,
    isWithdrawn: Bool = false
  ) throws -> RecordMatching.Outcome? {
    let json = Array(
      #"{"id": "X-1", "modified": "2026-11-20T00:00:00Z", "affected": [\#(entries.joined(separator: ", "))]}"#.utf8)
    let record = try json.withUnsafeBufferPointer { (bytes) throws(ParseError) in try OSVRecord(json: bytes) }
    var claims = NamedClaims()
    claims.claims = record.affected.map(record.claim)
    claims.isWithdrawn = isWithdrawn
    let package = Package(ecosystem: Ecosystem(ecosystem), name: name, version: version)
    return RecordMatching(package: package, commit: commit).outcomes([(record.id, claims)]).first
  }

  private func entry(_ ecosystem: String, _ name: String, _ fields: String) -> String {
    #"{"package": {"ecosystem": "\#(ecosystem)", "name": "\#(name)"}, \#(fields)}"#
  }

  // MARK: Releases and registries

  @Test(arguments: [
    // the package's ecosystem, the record's, whether the record is about the package
    ("Debian:12", "Debian:12", true), ("Debian:12", "Debian:11", false), ("Debian:12", "Debian:1", false),
    // A record without a release speaks of all, and of a package without one nobody knows.
    ("Debian:12", "Debian", true), ("Debian", "Debian:11", true), ("Debian", "Debian", true),
    ("Ubuntu:22.04", "Debian:22.04", false), ("Debian", "Ubuntu", false),
    ("Ubuntu:22.04:LTS", "Ubuntu:22.04", true), ("Ubuntu:22.04", "Ubuntu:22.04:LTS", true),
    ("Ubuntu:22.04:LTS", "Ubuntu:Pro:22.04:LTS", false), ("Ubuntu:Pro:22.04:LTS", "Ubuntu:Pro:22.04:LTS", true),
    ("Ubuntu:22.10", "Ubuntu:22.04:LTS", false),
    ("Alpine:v3.19", "Alpine:3.19", true), ("Alpine:3.19", "Alpine:v3.19", true),
    ("Alpine:v3.19", "Alpine:v3.18", false),
    ("Alpine:v3.1", "Alpine:v3.19", false), ("Alpine:edge", "Alpine:v3.19", false),
    ("Red Hat:enterprise_linux:9::baseos", "Red Hat:enterprise_linux:9::appstream", true),
    ("Red Hat:enterprise_linux:9::baseos", "Red Hat:enterprise_linux:8::baseos", false),
    ("Red Hat:enterprise_linux:9::baseos", "Red Hat:rhel_eus:9.2::baseos", false),
    ("openSUSE:Leap 15.5", "openSUSE:Leap 15.5", true), ("openSUSE:Leap 15.5", "openSUSE:Tumbleweed", false),
    // Registries: the package may come from any where its own is not told.
    ("Packagist", "Packagist:https://packages.example/8", true), ("Packagist", "Packagist", true),
    ("Packagist:https://packages.example/8", "Packagist:https://packages.example/8", true),
    ("Packagist:https://packages.example/8", "Packagist:https://packages.example/7", false),
    ("Packagist:https://packages.example/8", "Packagist", false),
    ("VSCode", "VSCode:https://vsx.example", true), ("VSCode:https://vsx.example", "VSCode", false),
    ("npm", "npm", true), ("npm", "PyPI", false),
  ])
  func `a record is about packages of its own release or registry`(package: String, record: String, takes: Bool) {
    #expect(Release(of: Ecosystem(package)).takes(claimsOf: Ecosystem(record)) == takes)
  }

  @Test func `a package of one release is judged by that release's entry`() throws {
    let entries = [
      entry("Debian:11", "curl", #""versions": ["7.74.0-1"]"#),
      entry("Debian:12", "curl", #""versions": ["7.88.1-1"]"#),
    ]
    func affected(_ ecosystem: String, _ version: String) throws -> Affected? {
      try outcome(ecosystem, "curl", version, entries[0], entries[1])?.affected
    }
    #expect(try affected("Debian:11", "7.74.0-1") == .yes)
    #expect(try affected("Debian:12", "7.74.0-1") == .no)
    #expect(try affected("Debian:12", "7.88.1-1") == .yes)
    #expect(try affected("Debian:13", "7.88.1-1") == nil)
  }

  @Test func `without a release only what all of them say is sure`() throws {
    let (eleven, twelve) = (
      entry("Debian:11", "curl", #""versions": ["1", "2"]"#), entry("Debian:12", "curl", #""versions": ["2", "3"]"#)
    )
    for (version, affected, needsRelease) in [
      ("1", Affected.unknown, true), ("2", .yes, false), ("3", .unknown, true), ("4", .no, false),
    ] {
      let outcome = try #require(try outcome("Debian", "curl", version, eleven, twelve))
      #expect(outcome.affected == affected, "\(version)")
      #expect(outcome.needsRelease == needsRelease, "\(version)")
    }
    // One release alone leaves no choice.
    let only = try #require(try outcome("Debian", "curl", "1", eleven))
    #expect(only.affected == .yes)
    #expect(!only.needsRelease)
  }

  @Test func `two entries of one release add up`() throws {
    let entries = [entry("npm", "a", #""versions": ["1.0.0"]"#), entry("npm", "a", #""versions": ["2.0.0"]"#)]
    for (version, affected) in [("1.0.0", Affected.yes), ("2.0.0", .yes), ("3.0.0", .no)] {
      #expect(try outcome("npm", "a", version, entries[0], entries[1])?.affected == affected)
    }
  }

  // MARK: Names

  @Test(arguments: [
    // Purls have no capital letters; a name with some is told apart by them.
    ("Go", "github.com/example/lib", "github.com/Example/Lib", true),
    ("Go", "github.com/Example/Lib", "github.com/Example/Lib", true),
    ("Go", "github.com/Example/Lib", "github.com/example/lib", false),
    ("Go", "github.com/example/lib/v2", "github.com/example/lib", false),
    ("npm", "Lib", "lib", false), ("npm", "lib", "lib", true),
    ("PyPI", "my-lib", "My_Lib", true), ("NuGet", "newtonsoft.json", "Newtonsoft.Json", true),
    ("crates.io", "my-lib", "my_lib", true), ("Maven", "org.example:Lib", "org.example:lib", false),
  ])
  func `names are matched as their ecosystem does`(ecosystem: String, name: String, named: String, isNamed: Bool) throws
  {
    let outcome = try outcome(ecosystem, name, "1.0.0", entry(ecosystem, named, #""versions": ["1.0.0"]"#))
    #expect(outcome?.affected == (isNamed ? .yes : nil))
  }

  @Test func `a record that was taken back says nothing`() throws {
    let entry = entry("npm", "a", #""versions": ["1.0.0"]"#)
    #expect(try outcome("npm", "a", "1.0.0", entry, isWithdrawn: true) == nil)
    #expect(try outcome("npm", "a", "1.0.0", entry) != nil)
  }

  // MARK: Versions and commits

  @Test func `a package without a version is condemned where every version is, and else not decided`() throws {
    let whole = entry("npm", "a", madeUpRange("0"))
    #expect(try outcome("npm", "a", nil, whole)?.affected == .yes)
    #expect(try outcome("npm", "a", nil, entry("npm", "a", madeUpRange("0", fixed: "9.0.0")))?.affected == .unknown)
    #expect(try outcome("npm", "a", "no version", whole)?.affected == .yes)
  }

  private static let first = String(repeating: "1a", count: 20)
  private static let last = String(repeating: "2b", count: 20)
  private static let other = String(repeating: "3c", count: 20)

  @Test(arguments: [(first, Affected.yes), (last, .no), (other, .unknown)])
  func `of a commit only what an event names is sure`(commit: String, affected: Affected) throws {
    let entry = entry("GIT", "code.example/o/n", madeUpRange(Self.first, fixed: Self.last, type: "GIT"))
    #expect(try outcome("GIT", "code.example/o/n", "1.0.0", entry, commit: commit)?.affected == affected)
  }

  @Test func `every commit is bad where the whole history is`() throws {
    let entry = entry("GIT", "code.example/o/n", madeUpRange("0", type: "GIT"))
    #expect(try outcome("GIT", "code.example/o/n", nil, entry, commit: Self.other)?.affected == .yes)
  }

  @Test func `how bad a version is, is told by the entry that it is in`() throws {
    // 9.8 and 1.6 by the calculator of FIRST.
    let critical = #""severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}]"#
    let low = #""severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"}]"#
    let entries = [
      entry("npm", "a", #""versions": ["1.0.0"], "# + critical), entry("npm", "a", #""versions": ["2.0.0"], "# + low),
    ]
    let first = try #require(try outcome("npm", "a", "1.0.0", entries[0], entries[1]))
    #expect((first.severity, first.score) == (.critical, 9.8))
    let second = try #require(try outcome("npm", "a", "2.0.0", entries[0], entries[1]))
    #expect((second.severity, second.score) == (.low, 1.6))
  }

  @Test func `what a version is, is told by the entry that it is in`() throws {
    let malware = entry(
      "npm", "a", #""versions": ["1.0.1"], "database_specific": {"cwes": [{"cweId": "CWE-506"}]}"#)
    let flaw = entry("npm", "a", #""versions": ["1.0.0"]"#)
    #expect(try outcome("npm", "a", "1.0.1", malware, flaw)?.findingClass == .malicious)
    #expect(try outcome("npm", "a", "1.0.0", malware, flaw)?.findingClass == .vulnerable)
  }
}
