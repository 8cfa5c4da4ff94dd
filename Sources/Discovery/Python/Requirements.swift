// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads what pip reads with `-r` and `-c`: `requirements.txt` and whatever its relatives are called.
///
/// - Each line is a dependency of the project: with a version where one is pinned (`==` and `===` without a wildcard), hashes or not.
/// - Files that are named with `-r` and `-c` are read as well, whatever they are called (``Extraction/include(_:line:as:)``).
/// - An address without `#egg=` is named for its archive, or for its repository; a local folder is a project that is found where it lies.
/// - `vendor.txt` in a `_vendor` folder lists what was copied there: installed.
/// - Among installed packages, and in caches, such a file says nothing about this machine.
/// - Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/ (read 2026-11-25)
public enum Requirements: Extractor {
  public static let id = "python/requirements"
  public static let files: [FilePattern] =
    [.inFolder("_vendor", name: "vendor.txt")]
    + ["requirements", "constraints"].flatMap { kind -> [FilePattern] in
      [".txt", ".in"].flatMap { ending -> [FilePattern] in
        [
          .name(kind + ending), .ending(kind + ending, outside: FilePlace.pythonFolders),
          .affixes(prefix: kind, suffix: ending), .endingInFolder(kind, ending: ending),
        ]
      }
    } + [.name("requirements.lock"), .affixes(prefix: "requirements", suffix: ".lock")]
  public static let role = FileRole.manifest
  public static let mayBeEmpty = true

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    let isVendored = file.place.name == "vendor.txt" && file.place.folders.last == "_vendor"
    guard isVendored || !file.place.isOfInstalledPython else { return }
    let reading = RequirementLine(isVendored: isVendored)
    var lines = RequirementLines(file.text)
    while let line = lines.next() {
      guard extraction.packages.count < file.limits.entriesPerFile else { throw ParseError(.tooMany, at: lines.offset) }
      reading.read(line.text, at: line.number, into: &extraction)
    }
    if lines.endsInContinuation { throw ParseError(.unexpectedEnd, at: file.text.count) }
  }
}

/// The lines of a requirements file as pip sees them: those that end with a backslash joined with the next, comments and blank ones left out.
private struct RequirementLines {
  private var lines: PythonLines
  private let bytes: Bytes
  private(set) var endsInContinuation = false

  init(_ text: Bytes) {
    bytes = text
    lines = PythonLines(text)
  }

  /// Where the line that was read last ends.
  var offset: Int { lines.offset }

  mutating func next() -> (text: ArraySlice<UInt8>, number: Int)? {
    var joined: [UInt8] = []
    var number: Int?
    while let line = lines.next() {
      let isComment = line.bytes.trimmed.first == UInt8(ascii: "#")
      endsInContinuation = line.bytes.last == UInt8(ascii: "\\") && !isComment
      if endsInContinuation {
        number = number ?? line.line
        let end = line.bytes.lastIndex { $0 != UInt8(ascii: "\\") }.map { $0 + 1 } ?? line.bytes.startIndex
        joined.append(contentsOf: line.bytes[..<end])
        continue
      }
      // With a space, so that a comment behind a continuation is one.
      if isComment { joined.append(0x20) }
      joined.append(contentsOf: line.bytes)
      let text = Self.withoutComment(joined[...]).trimmed
      if !text.isEmpty { return (text, number ?? line.line) }
      (joined, number) = ([], nil)
    }
    let text = Self.withoutComment(joined[...]).trimmed
    return text.isEmpty ? nil : (text, number ?? 1)
  }

  /// A number sign begins a comment at the start, and behind white space.
  private static func withoutComment(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let sign = line.indices.first {
      line[$0] == UInt8(ascii: "#") && ($0 == line.startIndex || line[$0 - 1].isBlank)
    }
    return line[..<(sign ?? line.endIndex)]
  }
}
