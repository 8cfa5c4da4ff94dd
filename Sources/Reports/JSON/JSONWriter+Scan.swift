// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Confinement
internal import Inventory
internal import Scanning

extension JSONWriter {
  /// The fields of a sighting, into an object that has been begun.
  mutating func fields(of sighting: Sighting) {
    field("path", sighting.path)
    if let line = sighting.line { field("line", line) }
    field("kind", sighting.kind.rawValue)
    field("confidence", sighting.confidence.rawValue)
    // Always there for what a lockfile pins: an empty chain says that the project asks for it itself, or that nobody
    // knows.
    if sighting.kind == .locked || !sighting.via.isEmpty { field("via", sighting.via) }
    if let requirement = sighting.requirement { field("requirement", requirement) }
    if let source = sighting.source { field("source", source) }
    guard let evidence = sighting.evidence else { return }
    object("evidence", .inline) { json in
      json.field("kind", evidence.kind.rawValue)
      json.field("value", evidence.value)
      if let note = evidence.note { json.field("note", note) }
    }
  }

  mutating func sightings(_ sightings: [Sighting], _ layout: Layout = .lines) {
    array("sightings", layout) { json in
      for sighting in sightings { json.object(.inline) { $0.fields(of: sighting) } }
    }
  }

  /// Each package on one line.
  mutating func packages(_ packages: [InventoriedPackage]) {
    array("packages") { json in
      for entry in packages {
        json.object(.inline) { json in
          json.field("purl", entry.label ?? entry.package.purl)
          json.sightings(entry.sightings)
        }
      }
    }
  }

  mutating func scanned(_ report: ScanReport) {
    object("scanned") { json in
      json.field("paths", report.scanned.paths)
      json.field("started", Timestamp(secondsSince1970: report.scanned.started).text)
      json.field("seconds", number: Seconds(report.scanned.seconds).text)
      json.field("files", report.scanned.entries)
      json.field("packages", report.packageCount)
    }
  }

  mutating func advisories(_ source: ScanReport.AdvisorySource) {
    object("advisories", .inline) { json in
      json.field("source", source.source)
      json.field("records", source.records)
      json.field("asOf", source.asOf)
      json.field("incidents", source.incidents)
      guard let origin = source.origin else { return }
      json.field("origin", origin)
      if let age = source.ageInDays { json.field("ageInDays", age) }
      json.field("old", source.isOld)
    }
  }

  mutating func upgrades(_ upgrades: [Upgrade]) {
    array("upgrades") { json in
      for upgrade in upgrades {
        json.object(.inline) { json in
          json.field("purl", upgrade.label ?? upgrade.package.purl)
          if let version = upgrade.to { json.field("to", version) }
          json.field("findings", upgrade.findings)
        }
      }
    }
  }

  mutating func confinement(_ confinement: Confinement) {
    object("confinement", .inline) { json in
      json.field("landlock", orNull: confinement.landlock)
      json.field("seccomp", confinement.seccomp)
    }
  }

  mutating func coverage(_ coverage: Coverage, language: Language) {
    object("coverage") { json in
      json.field("complete", coverage.isComplete)
      json.field("filesRead", coverage.totalFilesRead)
      json.object("files", .inline) { json in
        for (extractor, count) in coverage.filesRead.sorted(by: { $0.key < $1.key }) { json.field(extractor, count) }
      }
      json.ledger(coverage, language: language)
    }
  }

  /// What was not read and what was left out, into an object that has been begun.
  mutating func ledger(_ coverage: Coverage, language: Language) {
    array("problems") { json in
      for problem in coverage.problems { json.object(.inline) { $0.fields(of: problem, language) } }
    }
    array("skipped") { json in
      for skip in coverage.skipped { json.object(.inline) { $0.fields(of: skip, language) } }
    }
  }

  private mutating func fields(of problem: Coverage.Problem, _ language: Language) {
    field("path", problem.path)
    if let line = problem.line { field("line", line) }
    field("reason", problem.reason.rawValue)
    field("detail", Wording.sentence(for: problem, in: language))
    if !problem.arguments.isEmpty { field("arguments", problem.arguments) }
  }

  private mutating func fields(of skip: Coverage.Skip, _ language: Language) {
    field("path", skip.path)
    field("reason", skip.reason.rawValue)
    field("detail", Wording.sentence(for: skip, in: language))
    if !skip.arguments.isEmpty { field("arguments", skip.arguments) }
  }

  mutating func notes(_ notes: [Note], language: Language) {
    array("notes") { json in
      for note in notes {
        json.object(.inline) { json in
          json.field("code", note.code.rawValue)
          json.field("path", note.path)
          if let line = note.line { json.field("line", line) }
          if let package = note.package { json.field("purl", note.label ?? package.purl) }
          if let incident = note.incident { json.field("incident", incident) }
          json.field("message", Wording.sentence(for: note, in: language))
          json.field("arguments", note.arguments)
        }
      }
    }
  }
}
