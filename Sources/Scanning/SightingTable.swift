// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// Every sighting of a scan, in as little memory as may be: a large machine has hundreds of thousands.
struct SightingTable {
  /// What most sightings consist of: numbers.
  private struct Row {
    /// The package's sighting before this one, or -1.
    let previous: Int32
    let file: Int32
    /// 0 where there is none.
    let line: Int32
    /// An index into `details`, or -1.
    let detail: Int32
    let kind: Sighting.Kind
    let confidence: Sighting.Confidence
  }

  /// What few sightings have.
  private struct Detail {
    let via: [String]
    let requirement: String?
    let source: String?
  }

  private var files: [String] = []
  private var rows: [Row] = []
  private var details: [Detail] = []
  /// For each package its newest sighting, or -1.
  private var newest: [Int32] = []

  /// The number of a file, to be given with each of its sightings.
  mutating func add(file path: String) -> Int {
    files.append(path)
    return files.count - 1
  }

  mutating func add(_ sighting: borrowing SightingFacts, of package: Int, in file: Int) {
    while newest.count <= package { newest.append(-1) }
    var detail: Int32 = -1
    if !sighting.via.isEmpty || sighting.requirement != nil || sighting.source != nil {
      detail = Int32(details.count)
      details.append(Detail(via: sighting.via, requirement: sighting.requirement, source: sighting.source))
    }
    let row = Row(
      previous: newest[package], file: Int32(file), line: Int32(clamping: sighting.line), detail: detail,
      kind: sighting.kind, confidence: sighting.confidence)
    newest[package] = Int32(rows.count)
    rows.append(row)
  }

  /// A package's sightings, by path and line.
  func sightings(of package: Int) -> [Sighting] {
    var found: [Sighting] = []
    var next = newest.indices.contains(package) ? newest[package] : -1
    while next >= 0 {
      let row = rows[Int(next)]
      found.append(sighting(row))
      next = row.previous
    }
    return found.count < 2 ? found : found.sorted(by: Sighting.precedes)
  }

  /// Where packages come from that are not from a registry: each source with its package.
  /// - Complexity: O(sightings), in numbers alone: few of a scan's sightings have a source.
  func sources() -> [(package: Int, source: String)] {
    guard details.contains(where: { $0.source != nil }) else { return [] }
    return newest.indices.flatMap { package in
      sources(of: package).sorted().map { (package, $0) }
    }
  }

  private func sources(of package: Int) -> Set<String> {
    var found: Set<String> = []
    var next = newest[package]
    while next >= 0 {
      let row = rows[Int(next)]
      if row.detail >= 0, let source = details[Int(row.detail)].source { found.insert(source) }
      next = row.previous
    }
    return found
  }

  func path(ofFile number: Int) -> String { files[number] }

  private func sighting(_ row: Row) -> Sighting {
    let detail = row.detail >= 0 ? details[Int(row.detail)] : Detail(via: [], requirement: nil, source: nil)
    return Sighting(
      kind: row.kind, confidence: row.confidence, path: files[Int(row.file)], line: row.line > 0 ? Int(row.line) : nil,
      via: detail.via, requirement: detail.requirement, source: detail.source)
  }
}

/// One sighting on its way into the table.
struct SightingFacts {
  let kind: Sighting.Kind
  let confidence: Sighting.Confidence
  let line: Int
  let via: [String]
  let requirement: String?
  let source: String?
}
