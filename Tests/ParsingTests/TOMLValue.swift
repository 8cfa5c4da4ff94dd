// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing

/// A whole document as a tree: what the pull reader gives, put together again. What is defined twice counts as it was defined last.
indirect enum TOMLValue: Equatable {
  case table([String: TOMLValue])
  case array([TOMLValue])
  case string(String)
  /// nil for one that does not fit.
  case integer(Int?)
  case bool(Bool)
  /// A float, a date or a time, as it is written.
  case word(TOMLReader.Kind, String)

  /// Reads a whole document.
  static func read(_ text: some Sequence<UInt8>, depthLimit: Int = 256) throws(ParseError) -> TOMLValue {
    try Array(text).withUnsafeBufferPointer { (bytes) throws(ParseError) in
      var reader = TOMLReader(bytes, depthLimit: depthLimit)
      var root = TOMLValue.table([:])
      var path: [String] = []
      while let item = try reader.next() {
        switch item {
        case .table(let key):
          path = key.parts
          root.update(path[...]) { $0.becomeTable() }
        case .arrayElement(let key):
          path = key.parts
          root.update(path[...]) { $0.appendTable() }
        case .key(let key):
          let value = try TOMLValue(&reader)
          root.update((path + key.parts)[...]) { $0 = value }
        }
      }
      return root
    }
  }

  /// Passes over every value of a document, without looking into it.
  static func skip(_ text: some Sequence<UInt8>, depthLimit: Int = 256) throws(ParseError) {
    try Array(text).withUnsafeBufferPointer { (bytes) throws(ParseError) in
      var reader = TOMLReader(bytes, depthLimit: depthLimit)
      while let item = try reader.next() {
        if case .key = item { try reader.skip() }
      }
    }
  }

  /// What is thrown for `text`: by reading it, or by passing it over, which must be the same; nil where it is read.
  static func failure(_ text: some Sequence<UInt8>, depthLimit: Int = 256) -> ParseError? {
    var failures: [ParseError?] = []
    do throws(ParseError) {
      _ = try read(text, depthLimit: depthLimit)
      failures.append(nil)
    } catch {
      failures.append(error)
    }
    do throws(ParseError) {
      try skip(text, depthLimit: depthLimit)
      failures.append(nil)
    } catch {
      failures.append(error)
    }
    precondition(failures[0] == failures[1], "reading and skipping differ: \(failures)")
    return failures[0]
  }

  private init(_ reader: inout TOMLReader) throws(ParseError) {
    let kind = try reader.peek()
    switch kind {
    case .string: self = .string(try reader.stringValue() ?? "")
    case .integer: self = .integer(try reader.integerValue())
    case .bool: self = .bool(try reader.boolValue() ?? false)
    case .array:
      var elements: [TOMLValue] = []
      _ = try reader.enterArrayOrSkip()
      while try reader.nextElement() { elements.append(try TOMLValue(&reader)) }
      self = .array(elements)
    case .inlineTable:
      var table = TOMLValue.table([:])
      _ = try reader.enterInlineTableOrSkip()
      while let key = try reader.nextKey() {
        let value = try TOMLValue(&reader)
        table.update(key.parts[...]) { $0 = value }
      }
      self = table
    default: self = .word(kind, try reader.wordValue() ?? "")
    }
  }

  /// Changes what lies at `path`; tables are made on the way, and of an array of tables the last one is meant.
  private mutating func update(_ path: ArraySlice<String>, _ change: (inout TOMLValue) -> Void) {
    guard let first = path.first else { return change(&self) }
    if case .array(var elements) = self, var last = elements.popLast() {
      last.update(path, change)
      self = .array(elements + [last])
      return
    }
    var members: [String: TOMLValue] = [:]
    if case .table(let own) = self { members = own }
    var member = members[first] ?? .table([:])
    member.update(path.dropFirst(), change)
    members[first] = member
    self = .table(members)
  }

  private mutating func becomeTable() {
    if case .table = self { return }
    if case .array = self { return }
    self = .table([:])
  }

  private mutating func appendTable() {
    if case .array(let elements) = self {
      self = .array(elements + [.table([:])])
    } else {
      self = .array([.table([:])])
    }
  }
}
