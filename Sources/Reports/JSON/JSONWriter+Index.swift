// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning

extension JSONReport {
  func write(_ report: IndexReport) {
    let information = report.information
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.advisories/1")
      json.field("path", report.path)
      json.field("source", information.source)
      json.field("asOf", information.asOf)
      if let checked = information.checked { json.field("checked", checked) }
      if let age = report.ageInDays { json.field("ageInDays", age) }
      json.field("old", report.isOld)
      json.field("content", information.content)
      if let exploited = information.exploitedAsOf { json.field("exploitedAsOf", exploited) }
      json.field("records", information.counts.records)
      json.field("withdrawn", information.counts.withdrawn)
      json.object("ecosystems") { json in
        for (name, kinds) in information.counts.byEcosystem.sorted(by: { $0.key < $1.key }) {
          json.object(name, .inline) { json in
            for kind in AdvisoryClaim.Kind.allCases { json.field(kind.code, kinds[kind] ?? 0) }
          }
        }
      }
      json.object("own") { json in
        for (label, own) in report.own.sorted(by: { $0.key < $1.key }) {
          json.object(label, .inline) { json in
            json.field("records", own.records)
            json.field("documents", own.documents)
          }
        }
      }
      json.object("inPart", .inline) { json in
        for (flaw, count) in information.counts.flaws.sorted(by: { $0.key < $1.key }) { json.field(flaw, count) }
      }
    }
    output.write("\n")
  }

  func write(_ records: [ShownRecord], askedFor text: String) {
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.advisory/1")
      json.field("query", text)
      json.array("records") { json in
        for shown in records { json.object { $0.fields(of: shown) } }
      }
    }
    output.write("\n")
  }

  func write(_ report: RecallReport) {
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.recall/1")
      json.field("scans", report.scans)
      json.array("recalls") { json in
        for recall in report.recalls { json.object { $0.fields(of: recall) } }
      }
      json.array("unread") { json in
        for (file, reason) in report.unread {
          json.object(.inline) { json in
            json.field("path", file)
            json.field("reason", reason)
          }
        }
      }
    }
    output.write("\n")
  }
}

extension JSONWriter {
  fileprivate mutating func fields(of shown: ShownRecord) {
    fields(of: shown.record)
    field("related", shown.record.related)
    field("weaknesses", shown.record.weaknesses)
    field("references", shown.record.references)
    field("digests", shown.record.digests)
    field("inPart", shown.record.flaws)
    array("severities") { json in
      for severity in shown.record.severities {
        json.object(.inline) { json in
          json.field("type", severity.type)
          json.field("score", severity.score)
        }
      }
    }
    if let exploited = shown.exploited { field("exploitedSince", exploited.added) }
    array("affected") { json in
      for claim in shown.claims {
        json.object(.inline) { json in
          json.field("ecosystem", claim.affected.ecosystem.rawValue)
          json.field("name", claim.affected.name)
          json.field("kind", claim.kind.code)
          json.field("severity", claim.severity.rawValue)
          if let score = claim.score { json.field("score", number: Tenths(score).text) }
          json.field("ranges", claim.affected.ranges.map(\.notation))
          json.field("versions", claim.affected.versions)
        }
      }
    }
  }

  fileprivate mutating func fields(of recall: RecallReport.Recall) {
    field("path", recall.file)
    field("purl", recall.purl)
    field("id", recall.id)
    array("records") { json in
      for record in recall.records {
        json.object(.inline) { json in
          json.field("id", record.id)
          if let withdrawn = record.withdrawn {
            json.field("withdrawn", Timestamp(secondsSince1970: Double(withdrawn)).text)
          }
        }
      }
    }
  }
}
