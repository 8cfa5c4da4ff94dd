// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory

extension JSONReport {
  func write(_ report: IncidentsReport) {
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.incidents/1")
      if let query = report.query { json.field("query", query) }
      json.field("asOf", report.asOf)
      json.array("incidents") { json in
        for incident in report.incidents { json.object { $0.fields(of: incident, style: style) } }
      }
    }
    output.write("\n")
  }
}

extension JSONWriter {
  /// The fields of an incident, into an object that has been begun.
  fileprivate mutating func fields(of incident: Incident, style: ReportStyle) {
    let (record, detail) = (incident.record, incident.detail)
    field("id", record.id)
    field("aliases", record.aliases)
    field("related", record.related)
    field("modified", record.modified)
    if let withdrawn = record.withdrawn { field("withdrawn", withdrawn) }
    field("unverified", detail.isUnverified)
    field("networkUnverified", detail.isNetworkUnverified)
    field("detailsFromGeneralKnowledge", detail.isFromGeneralKnowledge)
    fields(of: detail, title: record.summary, style: style)
    packages(record.affected)
    signs(detail.signs)
    field("references", record.references)
    field("sourcesWithoutLink", detail.sourcesWithoutLink)
    field("notes", detail.notes)
    array("variants") { json in
      for part in IncidentPart.parts(of: incident).variants {
        json.object { json in
          json.field("name", part.variant ?? "")
          json.field("aliases", part.detail.aliases ?? [])
          json.fields(of: part.detail, title: record.summary, style: style)
        }
      }
    }
  }

  /// What the record and each of its variants have: a variant has all of it, whatever it shares with the record.
  private mutating func fields(of detail: IncidentDetail, title: String, style: ReportStyle) {
    let advice = detail.text(for: style)
    if let `class` = detail.class { field("class", `class`.rawValue) }
    if let kind = detail.kind { field("kind", kind) }
    if let severity = detail.severity { field("severity", severity.rawValue) }
    if let published = detail.published { field("published", published) }
    if let removed = detail.removed { field("removed", removed) }
    field("title", detail.title(in: style.language) ?? title)
    field("what", advice.what)
    array("advice") { json in
      for step in advice.steps { json.item(step) }
    }
    field("trigger", detail.triggers)
    field("reads", detail.reads)
    array("leaves") { json in
      for way in detail.leaves { json.object(.inline) { $0.fields(of: way) } }
    }
    object("traces") { $0.fields(of: detail.traces) }
    field("cleanup", detail.cleanup)
    array("disagreements") { json in
      for disagreement in detail.disagreements { json.object(.inline) { $0.fields(of: disagreement) } }
    }
  }

  private mutating func fields(of way: WayOut) {
    field("via", way.via)
    field("hosts", way.hosts)
    field("addresses", way.addresses)
    field("queries", way.queries)
    if let note = way.note { field("note", note) }
  }

  private mutating func fields(of traces: IncidentTraces) {
    field("files", traces.files)
    field("processes", traces.processes)
    digests("sha256", traces.sha256)
    digests("sha1", traces.sha1)
    digests("integrity", traces.integrity)
    field("other", traces.other)
    field("sharedHosts", traces.sharedHosts)
  }

  private mutating func digests(_ name: String, _ digests: [IncidentTraces.Digest]) {
    array(name) { json in
      for digest in digests {
        json.object(.inline) { json in
          json.field("value", digest.value)
          if let file = digest.file { json.field("of", file) }
        }
      }
    }
  }

  private mutating func signs(_ signs: [NamedSign]) {
    array("signs") { json in
      for sign in signs {
        json.object(.inline) { json in
          json.field("is", sign.kind)
          json.field("path", sign.path)
          json.field("certain", sign.isCertain)
          if let variant = sign.variant { json.field("variant", variant) }
          if let note = sign.note { json.field("note", note) }
        }
      }
    }
  }

  private mutating func packages(_ packages: [AffectedPackage]) {
    array("packages") { json in
      for affected in packages { json.object(.inline) { $0.fields(of: affected) } }
    }
  }

  private mutating func fields(of affected: AffectedPackage) {
    let detail = affected.detail
    field("purl", Package(ecosystem: affected.ecosystem, name: affected.name, version: nil).purl)
    field("ecosystem", affected.ecosystem.rawValue)
    field("name", affected.name)
    field("everyVersion", affected.isWhole)
    field("versions", affected.versions)
    if let variant = detail.variant { field("variant", variant) }
    field("advisories", detail.advisories)
    field("safe", detail.safe)
    object("safeConfidence", .inline) { json in
      for (version, confidence) in detail.safeConfidence.sorted(by: { $0.key < $1.key }) {
        json.field(version, confidence)
      }
    }
    field("safeUnverified", detail.safeUnverified)
    field("unverified", detail.isUnverified)
    if let note = detail.note { field("note", note) }
  }
}
