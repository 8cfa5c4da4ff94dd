// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// Pins versions in what pip reads with `-r` and `-c`, where one is pinned already.
///
/// Digests behind a pin are replaced where all of the safe version's are known, else the file stays.
/// - Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/ (read 2026-11-25)
struct RequirementsEdit {
  private let lines: [TextLine]
  private let newline: String

  init(_ bytes: [UInt8]) throws(EditDoubt) {
    lines = try FileText.lines(bytes)
    newline = FileText.newline(bytes)
  }

  func edits(_ pins: [Pin], known: KnownEntries) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var number = 0
    while number < lines.count {
      let end = endOfRequirement(from: number)
      let line = lines[number]
      for pin in pins {
        guard let version = PythonPin.version(in: line.text[...], pin) else { continue }
        edits.append(ByteEdit(line.range(version), pin.safe))
        edits += try digests(lines[number..<end], pin, known)
      }
      number = end
    }
    return edits
  }

  /// Behind the last line that the requirement goes on to: each but the last ends with a backslash.
  private func endOfRequirement(from start: Int) -> Int {
    var number = start
    while number < lines.count, lines[number].text.utf8.last == UInt8(ascii: "\\"), !isComment(lines[number]) {
      number += 1
    }
    return min(number + 1, lines.count)
  }

  private func isComment(_ line: TextLine) -> Bool { line.text.trimmedBlanks.utf8.first == UInt8(ascii: "#") }

  private static let option = "--hash="

  private func digests(_ lines: ArraySlice<TextLine>, _ pin: Pin, _ known: KnownEntries) throws(EditDoubt) -> [ByteEdit]
  {
    let found = lines.flatMap(Self.digests)
    guard let first = found.first, let last = found.last else { return [] }
    guard let entry = known.all(.requirements, pin).first else { throw EditDoubt(.digestsNotKnown, [pin.title]) }
    let digests = String(decoding: entry.text, as: UTF8.self).utf8.split(separator: 0x0A).map {
      Self.option + String(Substring($0))
    }
    let isOnLinesOfTheirOwn = lines.first.map { Self.digests($0).isEmpty } ?? false
    let between = isOnLinesOfTheirOwn ? " \\" + newline + "    " : " "
    return [ByteEdit(first.lowerBound..<last.upperBound, digests.joined(separator: between))]
  }

  /// Where digests stand in a line.
  private static func digests(_ line: TextLine) -> [Range<Int>] {
    guard !line.text.trimmedBlanks.hasPrefix("#") else { return [] }
    return line.text.utf8.split { $0 == 0x20 || $0 == 0x09 }.map { Substring($0) }.filter { $0.hasPrefix(option) }.map {
      line.range($0)
    }
  }

  /// Notes all digests of the wanted versions that a file of this kind holds.
  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let file = try? RequirementsEdit(bytes) else { return }
    var number = 0
    while number < file.lines.count {
      let end = file.endOfRequirement(from: number)
      for pin in pins {
        let wanted = Pin(ecosystem: pin.ecosystem, name: pin.name, bad: [pin.safe], safe: pin.safe)
        guard PythonPin.version(in: file.lines[number].text[...], wanted) != nil else { continue }
        let digests = file.lines[number..<end].flatMap { line in
          Self.digests(line).map { range in
            String(
              decoding: Array(line.text.utf8)[
                (range.lowerBound - line.start + option.utf8.count)..<(range.upperBound - line.start)], as: UTF8.self)
          }
        }
        guard !digests.isEmpty else { continue }
        known.add(
          KnownEntries.Entry(text: Array(digests.joined(separator: "\n").utf8)), .requirements, pin.name, pin.safe)
      }
      number = end
    }
  }
}
