// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

extension Checklist {
  /// Reads a checklist as it is now. Whatever is not understood is a note of somebody's: nothing is lost, nothing is refused but size.
  ///
  /// - Complexity: O(bytes).
  /// - Source: https://github.github.com/gfm/#task-list-items-extension- (read 2026-11-25)
  public init(markdown bytes: Bytes) {
    self.init()
    guard bytes.count <= Self.mostBytes else {
      problem = .tooBig
      return
    }
    var reader = ChecklistReader()
    let lines = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: Self.mostLines, omittingEmptySubsequences: false)
    for line in lines.prefix(Self.mostLines) {
      let text = String(decoding: line, as: UTF8.self)
      reader.take(text.utf8.last == 0x0D ? String(text.unicodeScalars.dropLast()) : text)
    }
    reader.finish()
    items = reader.items
    notes = reader.notes
    if lines.count > Self.mostLines { problem = .tooMany }
  }
}

/// Takes a checklist apart, line by line.
private struct ChecklistReader {
  private(set) var items: [Checklist.Item] = []
  private(set) var notes: [String] = []
  /// The item that lines belong to, its lines, and the hashes of those that are ours.
  private var item: Checklist.Item?
  private var lines: [String] = []
  private var ours: Set<Substring> = []
  /// Lines outside of items, and the hashes of those that are ours, which may stand anywhere in the file.
  private var outside: [String] = []
  private var oursOutside: Set<Substring> = []

  mutating func take(_ line: String) {
    let text = ChecklistKey.trimmed(line)
    if let words = Self.comment(text) { return take(comment: words, text) }
    if let (isTicked, rest) = Self.box(text) {
      close()
      var next = Checklist.Item(key: nil)
      next.isTicked = isTicked
      item = next
      lines = [String(rest)]
    } else if text.hasPrefix("#") {
      close()
      outside.append(line)
    } else if item != nil {
      lines.append(line)
    } else {
      outside.append(line)
    }
  }

  mutating func finish() {
    close()
    notes = Self.kept(outside, oursOutside)
  }

  private mutating func take(comment words: [Substring], _ line: String) {
    switch (words.first, words.count) {
    case ("item", 2), ("item", 3):
      item?.key = ChecklistKey.unescaped(words[1])
      for hashes in words.dropFirst(2) { ours.formUnion(hashes.split(separator: ",")) }
    case ("place", 5):
      guard let kind = ChecklistKey.unescaped(words[1]), let path = ChecklistKey.unescaped(words[4]) else { return }
      item?.places.append(
        Checklist.Place(kind: kind, path: path, modified: Int64(words[2]), inode: UInt64(words[3])))
    case ("lines", 2): oursOutside.formUnion(words[1].split(separator: ","))
    default: if item == nil { outside.append(line) } else { lines.append(line) }
    }
  }

  private mutating func close() {
    guard var closed = item else { return }
    closed.notes = Self.kept(lines, ours)
    items.append(closed)
    item = nil
    lines = []
    ours = []
  }

  /// The lines that are not ours, without empty ones at both ends.
  private static func kept(_ lines: [String], _ ours: Set<Substring>) -> [String] {
    let others = lines.filter { !ours.contains(ChecklistKey.hash($0)[...]) }
    func isText(_ line: String) -> Bool { !ChecklistKey.trimmed(line).isEmpty }
    guard let first = others.firstIndex(where: isText), let last = others.lastIndex(where: isText) else { return [] }
    return Array(others[first...last])
  }

  /// The words of a comment of ours; nil for any other line.
  private static func comment(_ text: String) -> [Substring]? {
    guard text.hasPrefix("<!--"), text.hasSuffix("-->"), text.utf8.count >= 7 else { return nil }
    let words = text.dropFirst(4).dropLast(3).split(separator: " ")
    return words.first == ChecklistKey.word[...] ? Array(words.dropFirst()) : nil
  }

  /// `- [x] text`, with other signs of a list, more space, and capital letters: whether it is ticked, and the text.
  private static func box(_ text: String) -> (isTicked: Bool, text: Substring)? {
    var rest = text.utf8[...]
    while let byte = rest.first, (0x30...0x39).contains(byte) { rest.removeFirst() }
    guard let sign = rest.popFirst(), "-*+.)".utf8.contains(sign) else { return nil }
    skipSpace(&rest)
    guard rest.popFirst() == UInt8(ascii: "[") else { return nil }
    skipSpace(&rest)
    let isTicked = rest.first.map { $0 | 0x20 == UInt8(ascii: "x") } ?? false
    if isTicked { rest.removeFirst() }
    skipSpace(&rest)
    guard rest.popFirst() == UInt8(ascii: "]") else { return nil }
    skipSpace(&rest)
    return (isTicked, Substring(rest))
  }

  private static func skipSpace(_ text: inout Substring.UTF8View) {
    while let byte = text.first, byte == 0x20 || byte == 0x09 { text.removeFirst() }
  }
}
