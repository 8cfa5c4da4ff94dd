// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Versions

extension OSVRecord {
  /// The record as JSON, as far as this program reads it: what is kept of records that did not come as JSON.
  public var json: [UInt8] {
    var fields = ["\"id\":\(Self.quoted(id))", "\"modified\":\(Self.quoted(modified))"]
    if !published.isEmpty { fields.append("\"published\":\(Self.quoted(published))") }
    if let withdrawn { fields.append("\"withdrawn\":\(Self.quoted(withdrawn))") }
    if !summary.isEmpty { fields.append("\"summary\":\(Self.quoted(summary))") }
    fields.append("\"aliases\":\(Self.list(aliases))")
    fields.append("\"related\":\(Self.list(related))")
    let severities = severities.map { "{\"type\":\(Self.quoted($0.type)),\"score\":\(Self.quoted($0.score))}" }
    fields.append("\"severity\":[\(severities.joined(separator: ","))]")
    let references = references.map { "{\"type\":\"WEB\",\"url\":\(Self.quoted($0))}" }
    fields.append("\"references\":[\(references.joined(separator: ","))]")
    fields.append("\"database_specific\":\(Self.object(remarks))")
    fields.append("\"affected\":[\(affected.map(Self.object).joined(separator: ","))]")
    return Array("{\(fields.joined(separator: ","))}".utf8)
  }

  private static func object(_ remarks: OSVRemarks) -> String {
    var fields = ["\"malicious\":\(remarks.isMalicious)", "\"cwe_ids\":\(list(remarks.weaknesses))"]
    if let severity = remarks.severity { fields.append("\"severity\":\(quoted(severity))") }
    if let informational = remarks.informational { fields.append("\"informational\":\(quoted(informational))") }
    if let licence = remarks.licence { fields.append("\"license\":\(quoted(licence))") }
    if !remarks.digests.isEmpty { fields.append("\"indicators\":\(list(remarks.digests))") }
    return "{\(fields.joined(separator: ","))}"
  }

  private static func object(_ affected: AffectedPackage) -> String {
    let package = "{\"ecosystem\":\(quoted(affected.ecosystem.rawValue)),\"name\":\(quoted(affected.name))}"
    let ranges = affected.ranges.map(object).joined(separator: ",")
    return
      "{\"package\":\(package),\"versions\":\(list(affected.versions)),\"ranges\":[\(ranges)],\"database_specific\":\(object(affected.remarks))}"
  }

  private static func object(_ range: AffectedPackage.Range) -> String {
    let events = range.events.map { event in
      switch event {
      case .introduced(let version): "{\"introduced\":\(quoted(version))}"
      case .fixed(let version): "{\"fixed\":\(quoted(version))}"
      case .lastAffected(let version): "{\"last_affected\":\(quoted(version))}"
      case .limit(let version): "{\"limit\":\(quoted(version))}"
      }
    }
    let repository = range.repository.isEmpty ? "" : ",\"repo\":\(quoted(range.repository))"
    return "{\"type\":\(quoted(range.type))\(repository),\"events\":[\(events.joined(separator: ","))]}"
  }

  private static func list(_ texts: [String]) -> String { "[\(texts.map(quoted).joined(separator: ","))]" }

  /// - Source: RFC 8259, section 7 (read 2026-11-25)
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
