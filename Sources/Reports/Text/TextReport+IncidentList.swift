// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory

extension TextReport {
  func write(_ report: IncidentsReport) {
    if let incident = report.explained { return writeExplanation(of: incident) }
    if let query = report.query, !report.incidents.isEmpty {
      writer.line(wording(.incidentsSeveral, .count(report.incidents.count), .text(query)), paint: .heading)
      writer.blank()
    }
    for incident in report.incidents { writeRow(incident) }
    guard report.query == nil else { return }
    writeCounts(report)
  }

  /// Two lines: date, id, what it is about and what it is; then the title, the whole of it with `--verbose`.
  private func writeRow(_ incident: Incident) {
    let detail = incident.detail
    let day = detail.published.map { wording.quoted(String(Substring($0.utf8.prefix(10)))) }
    let facts = [
      wording.quoted(incident.record.id), ecosystems(of: incident), kind(of: detail),
    ]
    let text = facts.filter { !$0.isEmpty }.joined(separator: separator)
    writer.line(text, label: day ?? wording(.incidentWithoutDate), hanging: 12, paint: .heading)
    let title = prose(detail.title(in: style.language) ?? incident.record.summary, detail)
    let room = style.width - 2
    writer.line(style.verbose ? title : beginning(of: title, room: room), indent: 2)
  }

  /// `npm, PyPI`, in the order of the record; empty where it names no package.
  private func ecosystems(of incident: Incident) -> String {
    var names: [String] = []
    for affected in incident.record.affected where !names.contains(affected.ecosystem.rawValue) {
      names.append(affected.ecosystem.rawValue)
    }
    return names.map(wording.quoted).joined(separator: ", ")
  }

  /// `stealer`; the class, which most share, where there is no kind.
  private func kind(of detail: IncidentDetail) -> String {
    detail.kind.map(wording.quoted) ?? detail.class.map(wording.language.findingClass) ?? ""
  }

  /// `malicious (stealer)`
  func classAndKind(_ detail: IncidentDetail) -> String? {
    guard let `class` = detail.class else { return detail.kind.map(wording.quoted) }
    let named = wording.language.findingClass(`class`)
    guard let kind = detail.kind, kind != `class`.rawValue else { return named }
    return wording(.kindOfClass, .words(named), .text(kind))
  }

  /// As many whole words of `text` as fit into `room` columns.
  private func beginning(of text: String, room: Int) -> String {
    guard Columns.count(text) > room else { return text }
    var result = ""
    for word in text.utf8.split(separator: UInt8(ascii: " ")).map({ String(Substring($0)) }) {
      let longer = result.isEmpty ? word : result + " " + word
      guard Columns.count(longer) + 1 + Columns.count(wording.ellipsis) <= room else { break }
      result = longer
    }
    return result.isEmpty
      ? Columns.shortened(text, to: room, ellipsis: wording.ellipsis) : result + " " + wording.ellipsis
  }

  private func writeCounts(_ report: IncidentsReport) {
    let counts = IncidentCounts(report.incidents)
    var sentences = [
      wording(.incidentsTotal, .count(report.incidents.count), .count(counts.packages), .count(counts.versions))
    ]
    if counts.wholePackages > 0 { sentences.append(wording(.incidentsWholePackages, .count(counts.wholePackages))) }
    let day = String(Substring(report.asOf.utf8.prefix(10)))
    if !day.isEmpty { sentences.append(wording(.incidentsAsOf, .text(day))) }
    if !report.incidents.isEmpty { writer.blank() }
    writer.line(sentences.joined(separator: " "))
    writer.line(wording(.incidentsHint), paint: .faint)
  }
}
