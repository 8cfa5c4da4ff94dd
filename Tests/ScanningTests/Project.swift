// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Discovery
import Inventory
import Scanning
import TestSupport

/// A tree on disk, and the reports of scans of it.
struct Project {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// The absolute path of `name` in the tree; empty for the tree itself.
  func path(_ name: String) -> String {
    name.isEmpty ? folder.path : folder.path(name)
  }

  func write(_ text: String, to path: String) throws {
    try folder.write(text, to: path)
  }

  /// Writes a `package-lock.json`, one entry a line, the first on line 2: key and the entry's fields.
  func lock(at path: String = "package-lock.json", entries: [(key: String, fields: String)]) throws {
    let lines = entries.map { "\"\($0.key)\": {\($0.fields)}" }.joined(separator: ",\n")
    try folder.write("{\"name\": \"p\", \"lockfileVersion\": 3, \"packages\": {\n\(lines)\n}}\n", to: path)
  }

  /// Writes a `package-lock.json` in which the project itself asks for all of `packages`, each `name@version`, from line 3 on.
  func lock(_ packages: String..., at path: String = "package-lock.json") throws {
    let split = packages.map { text in
      let at = text.lastIndex(of: "@") ?? text.endIndex
      return (name: String(text[..<at]), version: String(text[at...].dropFirst()))
    }
    let asked = split.map { "\"\($0.name)\": \"*\"" }.joined(separator: ", ")
    try lock(
      at: path,
      entries: [("", "\"dependencies\": {\(asked)}")]
        + split.map { ("node_modules/\($0.name)", "\"version\": \"\($0.version)\"") })
  }

  /// Writes the `package.json` of a package that lies in `node_modules` of the folder at `below`.
  func install(_ name: String, _ version: String, below: String = "") throws {
    try folder.write(
      "{\"name\": \"\(name)\", \"version\": \"\(version)\"}\n", to: "\(below)node_modules/\(name)/package.json")
  }

  func scan(
    _ paths: [String]? = nil, against index: IncidentIndex? = nil, wantsPaths: Bool = false,
    wantsInventory: Bool = true, threads: Int = 2, signs: IncidentSigns = IncidentSigns(), hashAll: Bool = false,
    records: AdvisoryIndex? = nil
  ) throws -> ScanReport {
    var ticks = 100.0
    var options = ScanOptions(
      discovery: DiscoveryOptions(threads: threads, wantsPaths: wantsPaths), wantsInventory: wantsInventory,
      started: 1_795_392_000
    ) {
      defer { ticks += 2.5 }
      return ticks
    }
    options.signs = signs
    options.hashesEverything = hashAll
    options.advisories = records
    let roots = try ScanRoots(paths: paths ?? [folder.path])
    return Scanning.scan(roots, against: index ?? .embedded(), options: options)
  }

  /// A path as a report shows it, without the temporary folder.
  func short(_ path: String) -> String {
    path.hasPrefix(folder.path + "/") ? String(path.dropFirst(folder.path.count + 1)) : path
  }

  /// Sightings as `kind path:line via`.
  func lines(_ sightings: [Sighting]) -> [String] {
    sightings.map { sighting in
      let line = sighting.line.map { ":\($0)" } ?? ""
      let via = sighting.via.isEmpty ? "" : " " + sighting.via.joined(separator: " > ")
      return "\(sighting.kind.rawValue) \(short(sighting.path))\(line)\(via)"
    }
  }

  /// Notes as `code path:line arguments`.
  func lines(_ notes: [Note]) -> [String] {
    notes.map { note in
      "\(note.code.rawValue) \(short(note.path))\(note.line.map { ":\($0)" } ?? "") "
        + note.arguments.joined(separator: " | ")
    }
  }
}

/// An index of made-up incidents: each an id, and its affected entries in JSON.
func madeUpIndex(_ incidents: (id: String, affected: String, own: String)...) throws -> IncidentIndex {
  try IncidentIndex(
    documents: incidents.map { incident in
      Array(
        """
        {"id": "\(incident.id)", "modified": "2026-11-20T00:00:00Z", "affected": [\(incident.affected)],
         "database_specific": {"gifthorse": {\(incident.own)}}}
        """.utf8)
    })
}

/// One affected entry in JSON: a package, and fields such as versions or ranges.
func madeUpEntry(_ name: String, _ fields: String, own: String = "", ecosystem: String = "npm") -> String {
  #"{"package": {"ecosystem": "\#(ecosystem)", "name": "\#(name)"}, \#(fields), "database_specific": {"gifthorse": {\#(own)}}}"#
}
