// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// One line of YAML as tools write it: a key, a colon, and a value on the same line or below.
enum YAMLLine {
  /// The key and the value as they are written; nil for a line that is something else.
  static func pair(_ text: String) -> (key: Substring, value: Substring)? {
    let bytes = text.utf8
    var index = bytes.firstIndex { $0 != 0x20 } ?? bytes.endIndex
    let start = index
    if index < bytes.endIndex, bytes[index] == 0x27 || bytes[index] == 0x22 {
      guard let end = bytes[bytes.index(after: index)...].firstIndex(of: bytes[index]) else { return nil }
      index = bytes.index(after: end)
    }
    // A colon ends a key only where a blank or nothing stands behind it.
    while index < bytes.endIndex {
      let next = bytes.index(after: index)
      if bytes[index] == UInt8(ascii: ":"), next == bytes.endIndex || bytes[next] == 0x20 { break }
      index = next
    }
    guard index < bytes.endIndex, index > start else { return nil }
    return (text[start..<index], text[bytes.index(after: index)...].trimmedBlanks)
  }

  /// Without quotes.
  static func plain(_ text: Substring) -> String {
    guard let first = text.utf8.first, first == 0x27 || first == 0x22, text.utf8.last == first, text.utf8.count > 1
    else {
      return String(text)
    }
    return String(text.dropFirst().dropLast())
  }

  /// With quotes where the text would be something else without: it begins with a sign that YAML takes for its own, or reads as a number.
  static func quoted(_ text: String) -> String {
    let first = text.utf8.first ?? 0x20
    let isNumber =
      text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
      && text.utf8.count { $0 == UInt8(ascii: ".") } < 2
    let isOdd = "@`*&!|>%#{}[],'\"~-?: ".utf8.contains(first) || text.contains(": ") || text.contains(" #")
    return isNumber || isOdd ? "'\(text)'" : text
  }
}
