// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning
internal import Versions

extension JSONReport {
  func write(_ explanation: PackageExplanation) {
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.explain/1")
      json.field("purl", explanation.given)
      json.array("packages") { json in
        for package in explanation.packages { json.item(package.purl) }
      }
      if let information = explanation.advisories { json.index(information) }
      json.array("incidents") { json in
        for entry in explanation.incidents { json.object(.inline) { $0.fields(of: entry, style) } }
      }
      json.array("records") { json in
        for entry in explanation.records { json.object { $0.fields(of: entry) } }
      }
    }
    output.write("\n")
  }
}

extension JSONWriter {
  /// The index in a few words.
  mutating func index(_ information: AdvisoryIndexInformation) {
    object("advisories", .inline) { json in
      json.field("source", information.source)
      json.field("records", information.counts.records)
      json.field("asOf", information.asOf)
    }
  }

  fileprivate mutating func fields(of entry: PackageExplanation.IncidentEntry, _ style: ReportStyle) {
    field("id", entry.incident.record.id)
    field("affected", entry.affected.code)
    field("title", entry.detail.title(in: style.language) ?? entry.incident.record.id)
    field("versions", entry.versions)
  }

  fileprivate mutating func fields(of entry: PackageExplanation.Record) {
    fields(of: entry.record)
    field("affected", entry.affected.code)
    if let exploited = entry.exploited { field("exploitedSince", exploited.added) }
    array("claims") { json in
      for claim in entry.claims { json.object(.inline) { $0.fields(of: claim) } }
    }
  }

  private mutating func fields(of claim: PackageExplanation.Claim) {
    field("ecosystem", claim.ecosystem.rawValue)
    field("name", claim.name)
    field("affected", claim.affected.code)
    field("reason", claim.reason.rawValue)
    field("kind", claim.kind.code)
    field("severity", claim.severity.rawValue)
    if let score = claim.score { field("score", number: Tenths(score).text) }
    field("ranges", claim.ranges)
    field("listed", claim.listedCount)
    field("fixed", claim.fixed)
  }

  /// What an index keeps of a record, into an object that has been begun.
  mutating func fields(of record: AdvisoryRecord) {
    field("id", record.id)
    field("aliases", record.aliases)
    if !record.summary.isEmpty { field("summary", record.summary) }
    field("modified", Timestamp(secondsSince1970: Double(record.modified / 1_000_000_000)).text)
    if record.published != 0 { field("published", Timestamp(secondsSince1970: Double(record.published)).text) }
    if let withdrawn = record.withdrawn {
      field("withdrawn", Timestamp(secondsSince1970: Double(withdrawn)).text)
    }
    if case .own(let label) = record.origin { return field("own", label) }
    guard let source = AdvisorySource(of: record.id, licence: record.licence) else { return }
    field("source", source.name)
    if let licence = source.licence { field("license", licence) }
    if let page = AdvisorySource.page(of: record.id) { field("url", page) }
  }
}

extension AdvisoryClaim.Kind {
  /// Stable: part of the JSON contract.
  var code: String {
    switch self {
    case .malicious: "malicious"
    case .suspicious: "suspicious"
    case .vulnerable: "vulnerable"
    case .unmaintained: "unmaintained"
    case .notice: "notice"
    }
  }
}
