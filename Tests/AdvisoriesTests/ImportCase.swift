// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Parsing

/// Reads `text` as a file that somebody imports.
func importing(
  _ text: String, name: String = "list", ecosystem: Ecosystem? = nil, limit: Int = 1000
) throws(ImportError) -> ImportedFile {
  let options = ImportOptions(name: name, ecosystem: ecosystem, modified: "2099-01-01T00:00:00Z")
  return try importing(Array(text.utf8), options, limit: limit)
}

func importing(_ bytes: [UInt8], _ options: ImportOptions, limit: Int = 1000) throws(ImportError) -> ImportedFile {
  try bytes.withUnsafeBufferPointer { (buffer) throws(ImportError) in
    try Imports.read(buffer, options, limit: limit)
  }
}

/// The records in short: `ecosystem name: versions`, `*` for all.
func summaries(_ file: ImportedFile) -> [String] {
  file.records.flatMap { record in
    record.affected.map { entry in
      let versions = (entry.isWhole ? ["*"] : []) + entry.versions
      return "\(entry.ecosystem.rawValue) \(entry.name): \(versions.joined(separator: " "))"
    }
  }
}

/// The problems in short: `line code text`.
func summaries(_ problems: [ImportProblem]) -> [String] {
  problems.map { "\($0.line) \($0.code.rawValue) \($0.text)" }
}
