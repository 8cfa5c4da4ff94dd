// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Pins versions in the `overrides` of a `pnpm-workspace.yaml`.
///
/// - Source: https://pnpm.io/settings#overrides (read 2026-11-25)
struct PNPMWorkspaceEdit {
  private let bytes: [UInt8]
  private let lines: [TextLine]

  init(_ bytes: [UInt8]) throws(EditDoubt) {
    self.bytes = bytes
    lines = try FileText.lines(bytes)
    guard !lines.contains(where: { $0.text.hasPrefix("---") }) else { throw EditDoubt(.unknownForm, ["---"]) }
  }

  func edits(_ pin: Pin) throws(EditDoubt) -> [ByteEdit] {
    let newline = FileText.newline(bytes)
    let member = { (indent: String) in "\(indent)\(YAMLLine.quoted(pin.name)): \(pin.safe)\(newline)" }
    guard let start = lines.firstIndex(where: { $0.text.hasPrefix("overrides:") }) else {
      let isEnded = bytes.isEmpty || bytes.last == 0x0A
      return [
        ByteEdit(bytes.count..<bytes.count, "\(isEnded ? "" : newline)\(newline)overrides:\(newline)\(member("  "))")
      ]
    }
    guard lines[start].text.trimmedBlanks == "overrides:" else { throw EditDoubt(.unknownForm, [lines[start].text]) }
    var last = start
    for number in (start + 1)..<lines.count {
      let line = lines[number]
      if line.isBlank || line.text.trimmedBlanks.hasPrefix("#") { continue }
      guard line.indent > 0 else { break }
      last = number
      guard let pair = YAMLLine.pair(line.text) else { throw EditDoubt(.unknownForm, [line.text]) }
      let key = YAMLLine.plain(pair.key)
      if key == pin.name {
        guard !pair.value.contains("#") else { throw EditDoubt(.unknownForm, [line.text]) }
        return YAMLLine.plain(pair.value) == pin.safe
          ? [] : [ByteEdit(line.range(pair.value), YAMLLine.quoted(pin.safe))]
      }
      if key.hasPrefix(pin.name + "@") || key.contains(">" + pin.name) { throw EditDoubt(.conditionalOverride, [key]) }
    }
    let indent = last > start ? String(repeating: " ", count: lines[last].indent) : "  "
    let isEnded = bytes[lines[last].range].last == 0x0A
    let end = lines[last].end
    return [ByteEdit(end..<end, (isEnded ? "" : newline) + member(indent))]
  }
}
