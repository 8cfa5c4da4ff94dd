// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Reads TOML as a list of values, each with the whole path that leads to it, so that whoever reads a format need not know in which of the
/// ways that the notation has for one thing it is written: `[[a]]` and `b = 1` below it, or `a = [{b = 1}]`; `[a.b]`, or `a.b.c = 1`.
///
/// - Complexity: O(bytes), and a `String` for each part of each path.
public struct TOMLLeafReader {
  /// What lies at ``path``.
  public enum Leaf {
    /// A table; what it holds follows.
    case table
    /// A table that is an element of an array; what it holds follows.
    case element
    /// An array that is written as one; its elements follow, at the same path.
    case array
    case string(TOMLString)
    case bool(Bool)
    /// A number, a date or a time, as it is written.
    case word(String)
  }

  /// An array or an inline table that is open, and how long its path is.
  private struct Container {
    let isArray: Bool
    let depth: Int
  }

  private var reader: TOMLReader
  private var containers: [Container] = []
  /// The path of the last header.
  private var table: [String] = []
  /// The parts of all keys that lead to what was given last.
  public private(set) var path: [String] = []
  /// The offset of its last key; of an element of an array that is written as one, its own.
  public private(set) var offset = 0

  /// - Parameter depthLimit: As ``TOMLReader`` has it.
  public init(_ bytes: Bytes, depthLimit: Int = Limits().depth) {
    reader = TOMLReader(bytes, depthLimit: depthLimit)
  }

  /// The 1-based line of what was given last.
  public mutating func line() -> Int {
    reader.line(at: offset)
  }

  /// The next value; nil at the end of the text.
  public mutating func next() throws(ParseError) -> Leaf? {
    while let container = containers.last {
      path.removeLast(path.count - container.depth)
      if container.isArray {
        if try reader.nextElement() { return try value(isElement: true) }
      } else if let key = try reader.nextKey() {
        append(key)
        return try value(isElement: false)
      }
      containers.removeLast()
    }
    return try nextLine()
  }

  /// Passes over the rest of the array or inline table that was opened last.
  public mutating func skipRest() throws(ParseError) {
    guard let container = containers.popLast() else { return }
    if container.isArray {
      while try reader.nextElement() { try reader.skip() }
    } else {
      while try reader.nextKey() != nil { try reader.skip() }
    }
  }

  private mutating func nextLine() throws(ParseError) -> Leaf? {
    guard let item = try reader.next() else { return nil }
    switch item {
    case .table(let key):
      start(key)
      return .table
    case .arrayElement(let key):
      start(key)
      return .element
    case .key(let key):
      path = table
      append(key)
      return try value(isElement: false)
    }
  }

  private mutating func start(_ key: TOMLKey) {
    table = key.parts
    path = table
    offset = key.offset
  }

  private mutating func append(_ key: TOMLKey) {
    offset = key.offset
    if key.count == 1 { path.append(key.string) } else { path += key.parts }
  }

  private mutating func value(isElement: Bool) throws(ParseError) -> Leaf {
    let kind = try reader.peek()
    if isElement { offset = reader.offset }
    switch kind {
    case .inlineTable:
      _ = try reader.enterInlineTableOrSkip()
      containers.append(Container(isArray: false, depth: path.count))
      return isElement ? .element : .table
    case .array:
      _ = try reader.enterArrayOrSkip()
      containers.append(Container(isArray: true, depth: path.count))
      return .array
    case .string:
      // The reader has just said that a string comes next, and so below.
      guard let string = try reader.stringOrSkip() else { throw ParseError(.unexpectedType, at: reader.offset) }
      return .string(string)
    case .bool: return .bool(try reader.boolValue() ?? false)
    default: return .word(try reader.wordValue() ?? "")
    }
  }
}
