// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Moves a requirement of a `go.mod` to the safe version, and with it the lines of its `go.sum`.
///
/// Go builds with the highest version that anybody asks for, so only a newer version comes to be used by this alone; and what it asks for itself
/// is in no file of the project. Whether that is all there is to it, `go mod tidy` tells.
/// - Source: https://go.dev/ref/mod#go-mod-file-require and https://go.dev/ref/mod#go-sum-files (read 2026-11-25)
enum GoModEdit {
  static func edits(_ bytes: [UInt8], _ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var block = ""
    for line in try FileText.lines(bytes) {
      var words = words(line.text)
      if words.count == 2, words[1] == "(" {
        block = String(words[0])
        continue
      }
      if words.first == ")" { block = "" }
      if block.isEmpty, words.first == "require" { words.removeFirst() } else if block != "require" { continue }
      guard words.count == 2, let pin = pins.first(where: { words[0] == $0.name && $0.bad.contains(String(words[1])) })
      else { continue }
      edits.append(ByteEdit(line.range(words[1]), pin.safe))
    }
    return edits
  }

  /// Replaces the bad version's lines by the safe one's, where another `go.sum` has both of these.
  static func sumEdits(_ bytes: [UInt8], _ pins: [Pin], known: KnownEntries) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    let lines = try FileText.lines(bytes)
    for pin in pins {
      let own = lines.filter { line in pin.bad.contains { isAbout(line, pin.name, $0) } }
      guard let first = own.first else { continue }
      guard let entry = known.all(.goSum, pin).first else { throw EditDoubt(.digestsNotKnown, [pin.title]) }
      let isThere = lines.contains { isAbout($0, pin.name, pin.safe) }
      let newline = FileText.newline(bytes)
      let text = String(decoding: entry.text, as: UTF8.self).replacing("\n", with: newline) + newline
      edits.append(ByteEdit(first.range, isThere ? "" : text))
      edits += own.dropFirst().map { ByteEdit($0.range, "") }
    }
    return edits
  }

  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let lines = try? FileText.lines(bytes) else { return }
    for pin in pins {
      let own = lines.filter { isAbout($0, pin.name, pin.safe) && words($0.text).last?.hasPrefix("h1:") == true }
      // The archive's digest and that of its go.mod.
      guard own.count == 2 else { continue }
      known.add(
        KnownEntries.Entry(text: Array(own.map(\.text).joined(separator: "\n").utf8)), .goSum, pin.name, pin.safe)
    }
  }

  private static func isAbout(_ line: TextLine, _ name: String, _ version: String) -> Bool {
    let words = words(line.text)
    return words.count == 3 && words[0] == name && (words[1] == version || words[1] == version + "/go.mod")
  }

  /// The words before a comment.
  private static func words(_ text: String) -> [Substring] {
    let all = text.utf8.split { $0 == 0x20 || $0 == 0x09 }.map { Substring($0) }
    return Array(all.prefix { !$0.hasPrefix("//") })
  }
}
