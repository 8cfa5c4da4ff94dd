// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Discovery
internal import Inventory
internal import Parsing

extension QuarantineManifest {
  /// The manifest as JSON (`Schemas/quarantine-1.schema.json`), a thing a line, in ASCII: whatever a name holds, it can be shown on a terminal.
  var json: [UInt8] {
    let head = [
      Self.field("schema", Self.schema), Self.field("id", id), Self.field("created", created),
    ]
    let lines = items.map { "    " + Self.object(Self.fields(of: $0)) }
    return Array(
      "{\n  \(head.joined(separator: ",\n  ")),\n  \"items\": [\n\(lines.joined(separator: ",\n"))\n  ]\n}\n".utf8)
  }

  private static func fields(of item: QuarantinedItem) -> [String] {
    let text = String(validating: item.origin, as: UTF8.self)
    var fields = ["\"number\": \(item.number)", field("from", item.shownOrigin)]
    if text == nil { fields.append(field("fromBytes", item.origin.map(hexadecimal).joined())) }
    let packages = item.contents.map { object(self.fields(of: $0)) }.joined(separator: ", ")
    return fields + [
      field("kind", item.kind.rawValue), field("role", item.role.rawValue),
      field("inode", String(item.inode)), field("device", String(item.device)),
      field("mode", String(item.mode, radix: 8)), field("modified", Moment(nanoseconds: item.modified).text),
      field("modifiedNanoseconds", String(item.modified)), "\"size\": \(item.size)", "\"files\": \(item.files)",
      "\"sharedFiles\": \(item.sharedFiles)", field("sha256", item.digest), "\"packages\": [\(packages)]",
    ]
  }

  private static func fields(of content: QuarantinedItem.Content) -> [String] {
    let package = content.package
    return [
      field("purl", package.purl), field("ecosystem", package.ecosystem.rawValue), field("name", package.name),
    ] + (package.version.map { [field("version", $0)] } ?? [])
      + ["\"findings\": [\(content.findings.map(quoted).joined(separator: ", "))]"]
  }

  private static func object(_ fields: [String]) -> String { "{\(fields.joined(separator: ", "))}" }

  private static func field(_ name: String, _ value: String) -> String { "\"\(name)\": \(quoted(value))" }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      }
    }
    return result + "\""
  }
}
