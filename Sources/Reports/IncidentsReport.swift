// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
internal import Inventory

/// The answer to "which incidents are known?" or "what is this one?".
public struct IncidentsReport: Sendable {
  /// What was asked for, in the user's words; nil where all were.
  public let query: String?
  /// Those that are shown, the newest first.
  public let incidents: [Incident]
  /// The latest date on which a known record was changed.
  public let asOf: String

  /// - Parameters:
  ///   - query: What was asked for; nil for a list of all.
  ///   - incidents: In any order.
  public init(query: String? = nil, incidents: [Incident], asOf: String) {
    self.query = query
    self.asOf = asOf
    self.incidents = incidents.sorted { first, second in
      let (mine, other) = (first.detail.published ?? "", second.detail.published ?? "")
      return mine == other ? first.record.id < second.record.id : mine > other
    }
  }

  /// The one that is explained; nil where a list is shown.
  var explained: Incident? { query != nil && incidents.count == 1 ? incidents.first : nil }
}

/// Writes the answer about incidents to `output`, without flushing it.
public func write(_ report: IncidentsReport, as format: ReportFormat, style: ReportStyle, to output: Output) {
  switch format {
  case .text: TextReport(style: style, output: output).write(report)
  case .json: JSONReport(style: style, output: output).write(report)
  }
}

/// A part of an incident that has words of its own: the record, or one of its variants.
struct IncidentPart {
  /// The variant's key; nil for the record.
  let variant: String?
  let detail: IncidentDetail
  let packages: [AffectedPackage]
  let signs: [NamedSign]

  /// The record's own part, then its variants in the order of the packages that carry them.
  static func parts(of incident: Incident) -> (own: IncidentPart, variants: [IncidentPart]) {
    let affected = incident.record.affected
    var order: [String] = []
    for name in affected.compactMap(\.detail.variant) + incident.detail.variants.keys.sorted()
    where incident.detail.variants[name] != nil && !order.contains(name) { order.append(name) }
    let own = part(nil, incident.detail, incident) { $0.map { !order.contains($0) } ?? true }
    let variants = order.map { name in
      let variant = incident.detail.variants[name] ?? IncidentDetail()
      return part(name, incident.detail.overlaid(with: variant), incident) { $0 == name }
    }
    return (own, variants)
  }

  private static func part(
    _ variant: String?, _ detail: IncidentDetail, _ incident: Incident, _ isMeant: (String?) -> Bool
  ) -> IncidentPart {
    IncidentPart(
      variant: variant, detail: detail, packages: incident.record.affected.filter { isMeant($0.detail.variant) },
      signs: incident.detail.signs.filter { isMeant($0.variant) })
  }
}

/// How many packages and bad versions incidents are about, each counted once.
struct IncidentCounts {
  let packages: Int
  let versions: Int
  /// Packages of which every version is bad.
  let wholePackages: Int

  init(_ incidents: [Incident]) {
    let affected = incidents.flatMap(\.record.affected)
    func package(_ entry: AffectedPackage, _ version: String?) -> Package {
      Package(ecosystem: entry.ecosystem, name: entry.ecosystem.matchingName(entry.name), version: version)
    }
    packages = Set(affected.map { package($0, nil) }).count
    versions = Set(affected.flatMap { entry in entry.versions.map { package(entry, $0) } }).count
    wholePackages = Set(affected.filter(\.isWhole).map { package($0, nil) }).count
  }
}
