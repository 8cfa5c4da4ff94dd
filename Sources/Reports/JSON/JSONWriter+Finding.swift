// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning
internal import Versions

extension JSONWriter {
  mutating func findings(_ findings: [Finding], style: ReportStyle) {
    array("findings") { json in
      for finding in findings {
        json.object { json in
          json.identity(of: finding)
          json.explanation(of: finding, style: style)
          json.sightings(finding.sightings)
        }
      }
    }
  }

  private mutating func identity(of finding: Finding) {
    field("id", finding.id)
    field("aliases", finding.aliases)
    field("class", finding.class.rawValue)
    if let kind = finding.detail.kind { field("kind", kind) }
    field("severity", finding.severity.rawValue)
    field("purl", finding.label ?? finding.package.purl)
    if let incident = finding.incident { field("incident", incident) }
    if finding.isTrace { field("trace", true) }
    if finding.isQuarantined { field("quarantined", true) }
    field("unverified", finding.isUnverified)
    if let published = finding.detail.published { field("published", published) }
    if let removed = finding.detail.removed { field("removed", removed) }
  }

  private mutating func explanation(of finding: Finding, style: ReportStyle) {
    let wording = Wording(.named(style.language))
    let advice = finding.advice(wording, style)
    field("title", Glue.dissolved(finding.title(wording, style)))
    field("what", Glue.dissolved(advice.what))
    array("advice") { json in
      for step in advice.steps { json.item(Glue.dissolved(step)) }
    }
    field("safe", finding.safe)
    field("safeUnverified", finding.safeUnverified)
    array("disagreements") { json in
      for disagreement in finding.detail.disagreements { json.object(.inline) { $0.fields(of: disagreement) } }
    }
    array("references") { json in
      for reference in finding.references { json.item(reference) }
    }
    if let record = finding.record { facts(record) }
  }

  private mutating func facts(_ facts: RecordFacts) {
    if let score = facts.score { field("score", number: Tenths(score).text) }
    if let exploited = facts.exploited {
      object("exploited", .inline) { json in
        json.field("cve", exploited.cve)
        json.field("since", exploited.added)
        json.field("ransomware", exploited.isUsedForRansom)
      }
    }
    array("records") { json in
      for statement in facts.statements { json.object(.inline) { $0.fields(of: statement) } }
    }
  }

  /// What one record says, with the source and the licence that its text is under.
  mutating func fields(of statement: RecordStatement) {
    field("id", statement.id)
    field("affected", statement.affected.code)
    field("severity", statement.severity.rawValue)
    if let score = statement.score { field("score", number: Tenths(score).text) }
    if !statement.summary.isEmpty { field("summary", statement.summary) }
    field("fixed", statement.fixed)
    if let label = statement.ownLabel { return field("own", label) }
    guard let source = AdvisorySource(of: statement.id, licence: statement.licence) else { return }
    field("source", source.name)
    if let licence = source.licence { field("license", licence) }
    if let page = AdvisorySource.page(of: statement.id) { field("url", page) }
  }

  mutating func fields(of disagreement: Disagreement) {
    field("point", disagreement.point)
    field("a", disagreement.first)
    field("b", disagreement.second)
    if !disagreement.ours.isEmpty { field("ours", disagreement.ours) }
  }
}

extension Affected {
  /// Stable: part of the JSON contract.
  var code: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .unknown: "unknown"
    }
  }
}

/// A score with its one decimal: `9.8`.
struct Tenths {
  let text: String

  init(_ score: Double) {
    let tenths = Int((score * 10).rounded())
    text = "\(tenths / 10).\(tenths % 10)"
  }
}
