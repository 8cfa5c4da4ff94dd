// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Parsing
import Scanning
import TestSupport
import Testing

/// An index of made-up records, in a folder of its own.
struct MadeUpRecords {
  /// Removes the file with its last reference.
  private let folder: TemporaryFolder
  let index: AdvisoryIndex

  /// - Parameters:
  ///   - records: Each in JSON, as of the public record.
  ///   - own: The same, of the user's own making.
  ///   - exploited: CVE ids, with since when that is known.
  ///   - vex: Statements of the user's own, in OpenVEX.
  init(
    _ records: String..., own: [String] = [], exploited: [(cve: String, added: String, ransomware: Bool)] = [],
    vex: [String] = []
  ) throws {
    folder = try TemporaryFolder()
    let path = folder.path(AdvisoryIndexPlace.fileName)
    let writer = try AdvisoryIndexWriter(path: path, basedOn: nil)
    for record in records { #expect(try writer.put(record, origin: .feed) == .stored) }
    for record in own { #expect(try writer.put(record, origin: .own(label: "our list")) == .stored) }
    for (number, document) in vex.enumerated() { try writer.putVEX(Array(document.utf8), named: "\(number)") }
    try writer.setKnownExploited(exploited, asOf: "2026-11-20")
    try writer.setValue("a test", for: "source")
    try writer.setValue("2026-11-20T12:00:00Z", for: "as-of")
    try writer.finish()
    index = try AdvisoryIndex(path: path)
  }
}

extension AdvisoryIndexWriter {
  func put(_ record: String, origin: RecordOrigin) throws -> RecordOutcome {
    try Array(record.utf8).withUnsafeBufferPointer { (bytes) throws(AdvisoryIndexError) in
      try put(bytes, origin: origin)
    }
  }
}

/// A record in JSON.
/// - Parameters:
///   - affected: Its entries, as ``madeUpEntry(_:_:own:ecosystem:)`` gives them.
///   - fields: More of it: `"aliases": ["CVE-2026-1"]`.
func madeUpRecord(_ id: String, _ affected: String..., fields: String = "") -> String {
  #"{"id": "\#(id)", "modified": "2026-11-20T00:00:00Z", "affected": [\#(affected.joined(separator: ", "))]"#
    + (fields.isEmpty ? "}" : ", \(fields)}")
}

/// The `ranges` of an entry that begins at the first version and ends at the other.
func madeUpRange(_ introduced: String, fixed: String? = nil, type: String = "SEMVER") -> String {
  let end = fixed.map { #", {"fixed": "\#($0)"}"# } ?? ""
  return #""ranges": [{"type": "\#(type)", "events": [{"introduced": "\#(introduced)"}\#(end)]}]"#
}

/// Judges purls as `scan --stdin` does.
func judged(
  _ purls: String..., by records: MadeUpRecords? = nil, incidents: IncidentIndex? = nil,
  failure: AdvisoryIndexError? = nil, maximumAge: Int = 7
) throws -> ScanReport {
  try judged(lines: purls, by: records?.index, incidents: incidents, failure: failure, maximumAge: maximumAge)
}

func judged(
  lines: [String], by index: AdvisoryIndex?, incidents: IncidentIndex? = nil, failure: AdvisoryIndexError? = nil,
  maximumAge: Int = 7
) throws -> ScanReport {
  // 2026-11-25T00:00:00Z
  var options = ScanOptions(started: 1_795_564_800, clock: { 0 })
  options.advisories = index
  options.advisoriesFailure = failure
  options.maximumAge = maximumAge
  return judge(purls: lines, against: try incidents ?? madeUpIndex(), options: options)
}

/// Findings as `id class severity purl`.
func told(_ findings: [Finding]) -> [String] {
  findings.map { "\($0.id) \($0.class.rawValue) \($0.severity.rawValue) \($0.label ?? $0.package.purl)" }
}
