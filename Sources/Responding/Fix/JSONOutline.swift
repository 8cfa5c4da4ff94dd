// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// A JSON text with the place of everything in it, so that parts of it can be replaced and the rest stay as it is.
struct JSONOutline {
  /// A value, with the key before it where it is a member of an object.
  struct Node {
    var kind: JSONReader.Kind
    /// Decoded; empty for the root and for elements of arrays.
    var key = ""
    /// Where the key's opening quote stands; the value's beginning where there is none.
    var start = 0
    /// The value, quotes and brackets included.
    var range: Range<Int> = 0..<0
    var children: [Node] = []
    /// The text of a string.
    var string: String?

    subscript(_ key: String) -> Node? {
      guard kind == .object else { return nil }
      return children.first { $0.key == key }
    }
  }

  let bytes: [UInt8]
  private(set) var root = Node(kind: .null)
  /// Whether some object has one key twice.
  private(set) var hasRepeatedKey = false
  /// What a level is indented by; empty where the text has one line.
  private(set) var unit = "  "
  private(set) var newline = "\n"

  /// - Throws: ``EditDoubt``: a text that breaks its grammar, that is not UTF-8, or that has one key twice in one object.
  init(_ bytes: [UInt8], dialect: JSONReader.Dialect = .json) throws(EditDoubt) {
    self.bytes = bytes
    let mark = try FileText.markLength(bytes)
    do throws(ParseError) {
      try bytes.withUnsafeBufferPointer { (buffer) throws(ParseError) in
        var reader = JSONReader(buffer[slice: mark..<bytes.count], dialect: dialect)
        root = try node(&reader, mark)
        try reader.finish()
      }
    } catch {
      throw EditDoubt(.malformed, [error.code.rawValue])
    }
    if hasRepeatedKey { throw EditDoubt(.repeatedKey) }
    newline = FileText.newline(bytes)
    let lead = root.children.first.map { self.lead(of: $0) } ?? newline + "  "
    unit = lead.utf8.contains(0x0A) ? String(lead.utf8.drop { $0 == 0x0D || $0 == 0x0A }) ?? "" : ""
  }

  /// Goes as deep as the reader allows.
  private mutating func node(_ reader: inout JSONReader, _ mark: Int) throws(ParseError) -> Node {
    var node = Node(kind: try reader.peek())
    let start = reader.offset + mark
    switch node.kind {
    case .object:
      try reader.enterObject()
      var keys: Set<String> = []
      while let key = try reader.nextKey() {
        let name = key.string
        if !keys.insert(name).inserted { hasRepeatedKey = true }
        var child = try self.node(&reader, mark)
        (child.key, child.start) = (name, key.offset + mark)
        node.children.append(child)
      }
    case .array:
      try reader.enterArray()
      while try reader.nextElement() { node.children.append(try self.node(&reader, mark)) }
    case .string: node.string = try reader.string().string
    default: try reader.skip()
    }
    node.range = start..<reader.offset + mark
    node.start = start
    return node
  }

  /// The white space directly before a node.
  func lead(of node: Node) -> String {
    var start = node.start
    while start > 0, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[start - 1]) { start -= 1 }
    // Of several lines the last one: a blank line above is not repeated.
    let space = bytes[start..<node.start]
    guard let last = space.lastIndex(of: 0x0A) else { return String(decoding: space, as: UTF8.self) }
    let hasReturn = last > start && bytes[last - 1] == 0x0D
    return String(decoding: bytes[(hasReturn ? last - 1 : last)..<node.start], as: UTF8.self)
  }

  func raw(_ node: Node) -> ArraySlice<UInt8> { bytes[node.range] }
}

// MARK: Writing

extension JSONOutline {
  /// A value to be written.
  indirect enum Value {
    case string(String)
    /// As it is to stand, quotes and all.
    case raw([UInt8])
    case object([(key: String, value: Value)])
    case array([Value])

    static func text(_ text: String) -> [UInt8] {
      var result: [UInt8] = [0x22]
      for byte in text.utf8 {
        switch byte {
        case 0x22, 0x5C: result += [0x5C, byte]
        case 0..<0x20:
          let digits = Array("0123456789abcdef".utf8)
          result += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: result.append(byte)
        }
      }
      return result + [0x22]
    }
  }

  /// `value` as it stands in a line that begins with `indent`.
  func written(_ value: Value, indent: String) -> [UInt8] {
    switch value {
    case .string(let text): Value.text(text)
    case .raw(let bytes): bytes
    case .object(let members):
      written(
        members.map { member in
          Value.text(member.key) + Array((unit.isEmpty ? ":" : ": ").utf8)
            + written(member.value, indent: indent + unit)
        }, "{", "}", indent)
    case .array(let elements): written(elements.map { written($0, indent: indent + unit) }, "[", "]", indent)
    }
  }

  private func written(_ items: [[UInt8]], _ open: String, _ close: String, _ indent: String) -> [UInt8] {
    guard !items.isEmpty else { return Array((open + close).utf8) }
    let (inner, outer) = unit.isEmpty ? ("", "") : (newline + indent + unit, newline + indent)
    return Array((open + inner).utf8) + items.joined(separator: Array(("," + inner).utf8)) + Array((outer + close).utf8)
  }

  /// The node's value as one to be written at another indentation.
  func value(of node: Node) -> Value {
    switch node.kind {
    case .object: .object(node.children.map { ($0.key, value(of: $0)) })
    case .array: .array(node.children.map(value))
    default: .raw(Array(raw(node)))
    }
  }

  func replacing(_ node: Node, with text: String) -> ByteEdit {
    ByteEdit(node.range, Value.text(text))
  }

  /// Adds a member at the end of an object, or where names are in order, at its place.
  /// - Parameter isOrdered: Whether an order of names that is there is kept.
  func adding(_ key: String, _ value: Value, to object: Node, isOrdered: Bool = true) -> ByteEdit {
    let indent = indentation(of: object)
    guard let last = object.children.last else {
      return ByteEdit(object.range, written(.object([(key, value)]), indent: indent))
    }
    let isSorted = zip(object.children, object.children.dropFirst()).allSatisfy {
      $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    let lead = lead(of: last)
    let inner = String(lead.utf8.drop { $0 == 0x0D || $0 == 0x0A }) ?? ""
    var text = Value.text(key) + Array((colon(of: last)).utf8) + written(value, indent: inner)
    if isOrdered, object.children.count > 1, isSorted,
      let next = object.children.first(where: { key.utf8.lexicographicallyPrecedes($0.key.utf8) }),
      self.lead(of: next) == lead
    {
      text += [UInt8(ascii: ",")] + Array(lead.utf8)
      return ByteEdit(next.start..<next.start, text)
    }
    return ByteEdit(last.range.upperBound..<last.range.upperBound, [UInt8(ascii: ",")] + Array(lead.utf8) + text)
  }

  /// The white space at the beginning of the line in which a node begins.
  func indentation(of node: Node) -> String {
    let line = bytes[..<node.start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return String(decoding: bytes[line..<node.start].prefix { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
  }

  /// What stands between a member's key and its value.
  private func colon(of member: Node) -> String {
    let text = bytes[member.start..<member.range.lowerBound]
    guard let quote = text.lastIndex(of: 0x22) else { return ": " }
    return String(decoding: text[(quote + 1)...], as: UTF8.self)
  }

  /// Takes a member, and the comma that goes with it, out of its object.
  func removing(_ keys: Set<String>, from object: Node) -> [ByteEdit] {
    let kept = object.children.filter { !keys.contains($0.key) }
    if kept.isEmpty {
      return object.children.isEmpty ? [] : [ByteEdit(object.range, "{}")]
    }
    var edits: [ByteEdit] = []
    for (index, child) in object.children.enumerated() where keys.contains(child.key) {
      let previous = object.children[..<index].last { !keys.contains($0.key) }
      if let previous {
        // From the end of the last kept one, so that its comma goes, and the next one's stays.
        let start = index > 0 ? object.children[index - 1].range.upperBound : previous.range.upperBound
        edits.append(ByteEdit(start..<child.range.upperBound, ""))
      } else if index + 1 < object.children.count {
        edits.append(ByteEdit(child.start..<object.children[index + 1].start, ""))
      }
    }
    return edits
  }
}
