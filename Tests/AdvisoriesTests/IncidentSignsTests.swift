// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Inventory
import TestSupport
import Testing

/// What a scan has of the incidents at its start, against the incidents themselves.
@Suite struct IncidentSignsTests {
  /// The part of an incident's file that the table repeats.
  private struct Document: Decodable {
    struct Sign: Decodable {
      let `is`: String
      let path: String
      let contains: [String]?
      let equals: String?
      let sha256: [String]?
      let size: Int?
      let certain: Bool?
      let variant: String?
      let note: String?
    }
    struct Digest: Decodable {
      let value: String
      let of: String?
    }
    struct Traces: Decodable {
      let sha256: [Digest]?
      let integrity: [Digest]?
    }
    struct Variant: Decodable { let traces: Traces? }
    struct Detail: Decodable {
      let signs: [Sign]?
      let traces: Traces?
      let variants: [String: Variant]?
    }
    struct Specific: Decodable { let gifthorse: Detail }
    struct Affected: Decodable {
      struct Package: Decodable {
        let ecosystem: String
        let name: String
      }
      let package: Package
    }
    let id: String
    let specific: Specific
    let affected: [Affected]

    enum CodingKeys: String, CodingKey {
      case id, affected
      case specific = "database_specific"
    }
  }

  private let signs = IncidentSigns.embedded()
  private let index = IncidentIndex.embedded()
  private let documents: [Document]

  init() throws {
    let files = Repository.files(below: Repository.root.appending(path: "Incidents"))
    documents = try files.map { try JSONDecoder().decode(Document.self, from: Data(contentsOf: $0)) }
  }

  @Test func `every sign of every incident is there, whole, with its incident`() throws {
    var count = 0
    for document in documents {
      let entries = signs.entries.filter {
        $0.package == nil && index.incident(number: $0.incident).record.id == document.id
      }
      let written = document.specific.gifthorse.signs ?? []
      #expect(entries.count == written.count, "\(document.id)")
      for (entry, sign) in zip(entries, written) {
        let expected = Sign(
          kind: try #require(Sign.Kind(rawValue: sign.is)), path: sign.path, contains: sign.contains ?? [],
          equals: sign.equals, digests: sign.sha256 ?? [], size: sign.size)
        #expect(entry.sign == expected, "\(document.id)")
        #expect(entry.isCertain == (sign.certain ?? false), "\(document.id) \(sign.path)")
        #expect(entry.variant == sign.variant && entry.note == sign.note, "\(document.id) \(sign.path)")
        count += 1
      }
    }
    #expect(count == signs.entries.count { $0.package == nil } && count > 100)
  }

  @Test func `every digest of every incident is there, with its incident and its file`() {
    var count = 0
    for document in documents {
      let detail = document.specific.gifthorse
      let traces = [detail.traces] + (detail.variants ?? [:]).values.map(\.traces)
      let digests = traces.compactMap { $0 }.flatMap { ($0.sha256 ?? []) + ($0.integrity ?? []) }
      for digest in digests {
        let found = signs.digests.filter {
          $0.text == digest.value && index.incident(number: $0.incident).record.id == document.id
        }
        #expect(found.count == 1, "\(document.id) \(digest.value)")
        if let file = digest.of { #expect(found.first?.file == file, "\(document.id)") }
        count += 1
      }
    }
    #expect(count > 70)
  }

  @Test func `an archive's digest knows its package`() throws {
    let digest = try #require(signs.digests.first { $0.file == "node-ipc-9.2.3.tgz" })
    #expect(digest.text == "c2f4dc64aec4631540a568e88932b61daebbfb7e8281b812fa01b7215f9be9ea")
    #expect(digest.package == Package(ecosystem: .npm, name: "node-ipc", version: "9.2.3"))
    let payload = try #require(signs.digests.first { $0.file == "node-ipc.cjs" })
    #expect(payload.package == nil)
  }

  @Test func `an archive is known by its place in npm's cache, which is its digest`() throws {
    let entries = signs.entries.filter { $0.package != nil }
    #expect(entries.map(\.package) == [Package(ecosystem: .npm, name: "node-ipc", version: "9.1.6")])
    // The integrity of node-ipc 9.1.6, decoded by hand with base64(1) and xxd(1).
    #expect(
      entries.first?.sign.path
        == "_cacache/content-v2/sha512/3d/aa/c9800f2b3016b5080bfa4050d9633671b0db261d62f6e116a94d255b641f6a544f9d0bb9873700e3e6071df3be1b2a38e4ef0d2923f58c62bc7d4f153b9d"
    )
  }

  @Test func `every name of every incident is looked up, in its matching spelling`() {
    var count = 0
    for document in documents {
      for affected in document.affected {
        let ecosystem = Ecosystem(affected.package.ecosystem)
        let name = ecosystem.matchingName(affected.package.name)
        #expect(index.mayName(TextHash.of(name)), "\(name)")
        let ids = index.entries(named: name, in: ecosystem).map(\.incident.record.id)
        #expect(ids.contains(document.id), "\(document.id) \(name)")
        count += 1
      }
    }
    #expect(count > 3_000)
  }

  @Test func `the index is as new as its newest incident`() {
    #expect(index.asOf == index.all().map(\.record.modified).max())
    #expect(index.count == documents.count)
  }
}
