// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing

/// A whole document as a tree: what the pull reader gives, put together again.
indirect enum JSONValue: Equatable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  /// As ``JSONReader/integerValue()`` reads it; nil for a number that is not whole or does not fit.
  case number(Int?)
  case bool(Bool)
  case null

  /// Reads the next value. Of a key that stands twice the last value counts.
  init(_ reader: inout JSONReader) throws(ParseError) {
    switch try reader.peek() {
    case .object:
      var members: [String: JSONValue] = [:]
      try reader.enterObject()
      while let key = try reader.nextKey() { members[key.string] = try JSONValue(&reader) }
      self = .object(members)
    case .array:
      var elements: [JSONValue] = []
      try reader.enterArray()
      while try reader.nextElement() { elements.append(try JSONValue(&reader)) }
      self = .array(elements)
    case .string: self = .string(try reader.string().string)
    case .number: self = .number(try reader.integerValue())
    case .bool: self = .bool(try reader.boolValue() ?? false)
    case .null:
      try reader.skip()
      self = .null
    }
  }

  /// Reads a document that holds one value.
  static func read(
    _ text: some Sequence<UInt8>, dialect: JSONReader.Dialect = .json, depthLimit: Int = 256
  ) throws(ParseError) -> JSONValue {
    try Array(text).withUnsafeBufferPointer { (bytes) throws(ParseError) in
      var reader = JSONReader(bytes, dialect: dialect, depthLimit: depthLimit)
      let value = try JSONValue(&reader)
      try reader.finish()
      return value
    }
  }

  /// Passes over a document that holds one value, without looking into it.
  static func skip(
    _ text: some Sequence<UInt8>, dialect: JSONReader.Dialect = .json, depthLimit: Int = 256
  ) throws(ParseError) {
    try Array(text).withUnsafeBufferPointer { (bytes) throws(ParseError) in
      var reader = JSONReader(bytes, dialect: dialect, depthLimit: depthLimit)
      try reader.skip()
      try reader.finish()
    }
  }

  /// What is thrown for `text`: by reading it, or by passing it over, which must be the same; nil where it is read.
  static func failure(
    _ text: some Sequence<UInt8>, dialect: JSONReader.Dialect = .json, depthLimit: Int = 256
  ) -> ParseError? {
    var failures: [ParseError?] = []
    do throws(ParseError) {
      _ = try read(text, dialect: dialect, depthLimit: depthLimit)
      failures.append(nil)
    } catch {
      failures.append(error)
    }
    do throws(ParseError) {
      try skip(text, dialect: dialect, depthLimit: depthLimit)
      failures.append(nil)
    } catch {
      failures.append(error)
    }
    precondition(failures[0] == failures[1], "reading and skipping differ: \(failures)")
    return failures[0]
  }
}
