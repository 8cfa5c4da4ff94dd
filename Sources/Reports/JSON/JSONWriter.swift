// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Writes JSON as it goes, always in the same layout: containers with an item a line, or wholly on one line.
///
/// - Source: https://www.rfc-editor.org/rfc/rfc8259 (read 2026-11-23)
struct JSONWriter {
  enum Layout {
    /// An item a line, indented by two spaces for each level.
    case lines
    /// All on the line on which it begins, and so is everything inside.
    case inline
  }

  private let output: Output
  private var depth = 0
  private var isInline = false
  /// Whether nothing has been written in the innermost container yet.
  private var isFirst = true

  init(_ output: Output) {
    self.output = output
  }

  // MARK: Containers

  /// Writes an object: the document itself, or an item of an array.
  mutating func object(_ layout: Layout = .lines, _ body: (inout JSONWriter) -> Void) {
    beginItem()
    container("{", "}", layout, body)
  }

  mutating func object(_ name: String, _ layout: Layout = .lines, _ body: (inout JSONWriter) -> Void) {
    key(name)
    container("{", "}", layout, body)
  }

  mutating func array(_ name: String, _ layout: Layout = .lines, _ body: (inout JSONWriter) -> Void) {
    key(name)
    container("[", "]", layout, body)
  }

  private mutating func container(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ layout: Layout, _ body: (inout JSONWriter) -> Void
  ) {
    let wasInline = isInline
    byte(open)
    (isInline, isFirst, depth) = (wasInline || layout == .inline, true, depth + 1)
    body(&self)
    depth -= 1
    if !isFirst, !isInline { newLine() }
    (isInline, isFirst) = (wasInline, false)
    byte(close)
  }

  // MARK: Fields and items

  mutating func field(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  mutating func field(_ name: String, _ value: Int) {
    key(name)
    output.write(String(value))
  }

  mutating func field(_ name: String, _ value: Bool) {
    key(name)
    output.write(value ? "true" : "false")
  }

  /// Writes `value`, or `null`.
  mutating func field(_ name: String, orNull value: Int?) {
    key(name)
    output.write(value.map(String.init) ?? "null")
  }

  /// - Parameter value: A number as JSON writes it.
  mutating func field(_ name: String, number value: String) {
    key(name)
    output.write(value)
  }

  /// Writes an array of strings, on one line.
  mutating func field(_ name: String, _ values: [String]) {
    array(name, .inline) { json in
      for value in values { json.item(value) }
    }
  }

  /// Writes a string as an item of an array.
  mutating func item(_ value: String) {
    beginItem()
    string(value)
  }

  private mutating func key(_ name: String) {
    beginItem()
    string(name)
    byte(":")
    byte(" ")
  }

  private mutating func beginItem() {
    if !isFirst { byte(",") }
    if depth > 0 {
      if !isInline { newLine() } else if !isFirst { byte(" ") }
    }
    isFirst = false
  }

  private func newLine() {
    byte("\n")
    output.append(repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  // MARK: Strings

  /// Writes `text` in quotes. Whatever a terminal would obey, and whatever does not show itself, is written as `\u…`:
  /// the value is the same, and a file that somebody prints on a terminal does no harm.
  private func string(_ text: String) {
    byte("\"")
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      output.write(text)
    } else {
      for scalar in text.unicodeScalars { write(scalar) }
    }
    byte("\"")
  }

  private func write(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": output.write("\\\"")
    case "\\": output.write("\\\\")
    case "\n": output.write("\\n")
    case "\r": output.write("\\r")
    case "\t": output.write("\\t")
    default:
      if Escaping.isHarmless(scalar) { return output.append(String(scalar).utf8) }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        output.write("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
      }
    }
  }

  private func byte(_ scalar: Unicode.Scalar) {
    output.append(CollectionOfOne(UInt8(ascii: scalar)))
  }
}
