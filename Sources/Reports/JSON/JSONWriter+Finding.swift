// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning

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
    field("purl", finding.package.purl)
    field("incident", finding.incident)
    if finding.isTrace { field("trace", true) }
    field("unverified", finding.isUnverified)
    if let published = finding.detail.published { field("published", published) }
    if let removed = finding.detail.removed { field("removed", removed) }
  }

  private mutating func explanation(of finding: Finding, style: ReportStyle) {
    let advice = finding.detail.text(for: style)
    field("title", finding.detail.title(in: style.language) ?? finding.incident)
    field("what", advice.what)
    array("advice") { json in
      for step in advice.steps { json.item(step) }
    }
    field("safe", finding.safe)
    field("safeUnverified", finding.safeUnverified)
    array("disagreements") { json in
      for disagreement in finding.detail.disagreements { json.object(.inline) { $0.fields(of: disagreement) } }
    }
    array("references") { json in
      for reference in finding.references { json.item(reference) }
    }
  }

  mutating func fields(of disagreement: Disagreement) {
    field("point", disagreement.point)
    field("a", disagreement.first)
    field("b", disagreement.second)
    if !disagreement.ours.isEmpty { field("ours", disagreement.ours) }
  }
}
