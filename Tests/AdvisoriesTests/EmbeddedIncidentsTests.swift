// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Inventory
import Parsing
import TestSupport
import Testing
import Versions

@Suite struct EmbeddedIncidentsTests {
  private static let files = Repository.files(below: Repository.root.appending(path: "Incidents"))

  private let index: IncidentIndex

  init() throws {
    index = IncidentIndex.embedded()
  }

  // MARK: All of them

  @Test func `every file is compiled in, whole`() throws {
    let ids = Self.files.map { $0.deletingPathExtension().lastPathComponent }
    #expect(ids.count > 50)
    #expect(index.all().map(\.record.id).sorted() == ids.sorted())
    for file in Self.files {
      let bytes = [UInt8](try Data(contentsOf: file))
      let incident = try bytes.withUnsafeBufferPointer { (bytes) throws(ParseError) in try Incident(json: bytes) }
      let embedded = try #require(index.all().first { $0.record.id == incident.record.id })
      #expect(embedded.record.affected.map(\.name) == incident.record.affected.map(\.name))
      #expect(embedded.record.affected.map(\.versions) == incident.record.affected.map(\.versions))
    }
  }

  @Test func `the list that is compiled in is the one that its script writes`() throws {
    let script = Process()
    script.executableURL = Repository.root.appending(path: "Scripts/list-incidents")
    script.arguments = ["--check"]
    try script.run()
    script.waitUntilExit()
    #expect(script.terminationStatus == 0, "run Scripts/list-incidents")
  }

  @Test func `every incident says what it is, and tells each audience what to do`() throws {
    for incident in index.all() {
      let id = incident.record.id
      #expect(incident.record.modified.hasPrefix("20"), "\(id)")
      // An incident without a package (a script host, changed repositories) tells its own detail.
      let details = incident.record.affected.map(incident.detail(for:))
      for detail in details.isEmpty ? [incident.detail] : details { try expectComplete(detail, id) }
      for variant in incident.record.affected.compactMap(\.detail.variant) {
        #expect(incident.detail.variants[variant] != nil, "\(id) \(variant)")
      }
    }
  }

  private func expectComplete(_ detail: IncidentDetail, _ id: String) throws {
    #expect(detail.class != nil && detail.severity != nil && detail.kind != nil, "\(id)")
    #expect(detail.title?.isEmpty == false, "\(id)")
    for audience in Audience.allCases {
      let advice = try #require(detail.advice(for: audience), "\(id) \(audience)")
      #expect(advice.what.count > 20 && !advice.steps.isEmpty, "\(id) \(audience)")
      #expect(advice.steps.allSatisfy { $0.count > 5 }, "\(id) \(audience)")
    }
  }

  @Test func `every entry names a package and versions that its ecosystem can order`() {
    var ordered = 0
    for incident in index.all() {
      let id = incident.record.id
      for affected in incident.record.affected {
        #expect(!affected.name.isEmpty && !affected.ecosystem.rawValue.isEmpty, "\(id)")
        #expect(!affected.versions.isEmpty || affected.isWhole, "\(id) \(affected.name)")
        guard let scheme = scheme(for: affected.ecosystem) else { continue }
        for version in affected.versions + affected.detail.safe + affected.detail.safeUnverified {
          #expect(scheme.compare(version, version) == .same, "\(id) \(affected.name)@\(version)")
          ordered += 1
        }
      }
    }
    #expect(ordered > 1_000)
  }

  @Test func `an incident without a package can be read, and condemns nothing`() throws {
    let incident = try #require(index.all().first { $0.record.id == "cdn-polyfill-2024" })
    #expect(incident.record.affected.isEmpty)
    #expect(incident.detail.class == .malicious)
    #expect(incident.detail.title?.contains("polyfill.io") == true)
    #expect(!index.names("polyfill.io", in: .npm))
  }

  @Test func `a package of another ecosystem is condemned there, and its namesake elsewhere is not`() {
    let pypi = Package(ecosystem: Ecosystem("PyPI"), name: "kube-node-health", version: "1.0.0")
    #expect(index.matches(pypi).map(\.incident.record.id) == ["multi-kube-health-2026"])
    #expect(index.matches(Package(ecosystem: .npm, name: "kube-node-health", version: "1.0.0")).isEmpty)
    // The version that the list leaves out.
    let gap = Package(ecosystem: Ecosystem("PyPI"), name: "kube-health-tools", version: "1.0.7")
    #expect(index.matches(gap).isEmpty)
  }

  @Test func `every listed version is condemned, and no version that is called safe`() {
    var condemned = 0
    for incident in index.all() where incident.record.withdrawn == nil {
      for affected in incident.record.affected {
        for version in affected.versions {
          let ids = index.matches(Package(ecosystem: affected.ecosystem, name: affected.name, version: version)).map(
            \.incident.record.id)
          #expect(ids.contains(incident.record.id), "\(affected.name)@\(version)")
          condemned += 1
        }
        for version in affected.detail.safe + affected.detail.safeUnverified {
          let package = Package(ecosystem: affected.ecosystem, name: affected.name, version: version)
          #expect(index.matches(package).isEmpty, "\(package.title), safe in \(incident.record.id)")
        }
      }
    }
    #expect(condemned > 1_000)
  }

  // MARK: Against the facts that they were written from

  private struct Fact: Decodable {
    struct Package: Decodable {
      let name: String
      let versions: [String]
      let safe: [String]
      let ecosystem: String?

      /// OSV writes names of PyPI in small letters and with single hyphens (PEP 503).
      func name(in ecosystem: Ecosystem) -> String {
        // A browser extension stands there with its title behind its id.
        guard ecosystem == Ecosystem("PyPI") else { return name.components(separatedBy: " (")[0] }
        return name.lowercased().split { "-_.".contains($0) }.joined(separator: "-")
      }
    }
    let id: String
    let ecosystem: String
    let packages: [Package]
  }

  private static let facts = SharedFiles.file("incidents/incidents.json")

  /// The facts' names of ecosystems, where ours differ.
  private static let ecosystems = [
    "docker": "Docker", "browser-extension": "Chrome", "source/distro": "Source", "other": "Source",
  ]

  /// Whether the facts give one exact version, or `*` for every one; some give a remark.
  private func isExact(_ version: String) -> Bool {
    version == "*" || version.utf8.allSatisfy { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "*") }
  }

  @Test(.enabled(if: facts != nil, "the shared data is not here: set GIFTHORSE_SHARED"))
  func `every exact version of the facts is condemned by its own incident, and no version that they call safe by any`()
    throws
  {
    let facts = try JSONDecoder().decode([Fact].self, from: Data(contentsOf: try #require(Self.facts)))
    let ids = Set(index.all().map(\.record.id))
    var (bad, safe) = (0, 0)
    for fact in facts where ids.contains(fact.id) {
      for item in fact.packages {
        let name = item.ecosystem ?? fact.ecosystem
        let ecosystem = Ecosystem(Self.ecosystems[name] ?? name)
        for version in item.versions where isExact(version) {
          let package = Package(
            ecosystem: ecosystem, name: item.name(in: ecosystem), version: version == "*" ? nil : version)
          #expect(
            index.matches(package).contains { $0.incident.record.id == fact.id && $0.certainty == .yes },
            "\(fact.id) \(package.title)")
          bad += 1
        }
        for version in item.safe where isExact(version) {
          let package = Package(ecosystem: ecosystem, name: item.name(in: ecosystem), version: version)
          #expect(index.matches(package).isEmpty, "\(fact.id) \(package.title)")
          safe += 1
        }
      }
    }
    #expect(bad > 1_000 && safe > 50)
  }

  @Test(
    .enabled(
      if: SharedFiles.file("advisories/osv/npm/modified_id.csv") != nil,
      "the shared data is not here: set GIFTHORSE_SHARED"))
  func `the public records of node-ipc have the ids that we give`() throws {
    let list = try #require(SharedFiles.file("advisories/osv/npm/modified_id.csv"))
    let text = try String(contentsOf: list, encoding: .utf8)
    let ids = Set(text.split(separator: "\n").compactMap { $0.split(separator: ",").last }.map(String.init))
    #expect(ids.contains("MAL-2026-3744"))
    #expect(ids.contains("GHSA-97m3-w2cp-4xx6"))
  }
}
