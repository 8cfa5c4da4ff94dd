// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension UpdateReport {
  /// The report as JSON for other programs, schema `gifthorse.update/1`, with a line feed at its end.
  public var json: String {
    var fields: [(String, String)] = [
      ("schema", Self.text(Self.schema)), ("records", "\(total.records)"),
      ("ecosystems", Self.object(sortedEcosystems.map { ($0.name, Self.object($0.counts)) })),
      ("reasons", Self.object(reasons.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") })),
      ("asOf", asOf.isEmpty ? "null" : Self.text(asOf)), ("source", Self.text(source)), ("isNew", "\(isNew)"),
      ("seconds", FeedWording.tenths(seconds)),
    ]
    if let imported { fields.insert(("imported", Self.object(imported)), at: 2) }
    if let forgotten {
      let counts = [("records", "\(forgotten.records)"), ("documents", "\(forgotten.documents)")]
      fields.insert(("forgotten", Self.object(counts)), at: 2)
    }
    return Self.object(fields) + "\n"
  }

  private static func object(_ counts: Counts) -> String {
    object([
      ("records", "\(counts.records)"), ("added", "\(counts.added)"), ("changed", "\(counts.changed)"),
      ("removed", "\(counts.removed)"), ("refused", "\(counts.refused)"), ("inPart", "\(counts.inPart)"),
    ])
  }

  private static func object(_ imported: Imported) -> String {
    object([
      ("records", "\(imported.records)"), ("inPart", "\(imported.inPart)"),
      ("statements", "\(imported.statements)"), ("leftOut", "\(imported.leftOut)"), ("gone", "\(imported.gone)"),
      ("goneDocuments", "\(imported.goneDocuments)"),
    ])
  }

  private static func object(_ fields: [(String, String)]) -> String {
    "{\(fields.map { "\(text($0.0)): \($0.1)" }.joined(separator: ", "))}"
  }

  /// - Source: https://www.rfc-editor.org/rfc/rfc8259#section-7 (read 2026-11-25)
  private static func text(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
