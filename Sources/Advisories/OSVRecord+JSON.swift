// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing
internal import Versions

extension OSVRecord {
  /// Reads one record.
  /// - Throws: ``ParseError`` where the text is no JSON or no record.
  public init(json bytes: Bytes) throws(ParseError) {
    self.init()
    var reader = JSONReader(bytes)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("database_specific") {
        remarks = try OSVRemarks(&reader)
      } else if try !readField(key, &reader) {
        try reader.skip()
      }
    }
    try reader.finish()
    guard !id.isEmpty else { throw ParseError(.unexpectedType, at: 0) }
  }

  /// Reads the value of `key` if it is one of the record's own fields; whether it was.
  mutating func readField(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) -> Bool {
    if key.equals("id") {
      id = try reader.stringValue() ?? ""
    } else if key.equals("aliases") {
      aliases = try reader.strings()
    } else if key.equals("related") {
      related = try reader.strings()
    } else if key.equals("summary") {
      summary = try reader.stringValue() ?? ""
    } else if key.equals("modified") {
      modified = try reader.stringValue() ?? ""
    } else if key.equals("published") {
      published = try reader.stringValue() ?? ""
    } else if key.equals("withdrawn") {
      withdrawn = try reader.stringValue()
    } else if key.equals("severity") {
      severities = try SeverityClaim.list(&reader)
    } else if key.equals("affected") {
      guard try reader.enterArrayOrSkip() else { return true }
      while try reader.nextElement() { affected.append(try AffectedPackage(&reader)) }
    } else if key.equals("references") {
      try readReferences(&reader)
    } else {
      return false
    }
    return true
  }

  private mutating func readReferences(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterArrayOrSkip() else { return }
    while try reader.nextElement() {
      guard try reader.enterObjectOrSkip() else { continue }
      while let key = try reader.nextKey() {
        guard key.equals("url") else {
          try reader.skip()
          continue
        }
        if let url = try reader.stringValue() { references.append(url) }
      }
    }
  }
}

extension AffectedPackage {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("package") {
        try readPackage(&reader)
      } else if key.equals("versions") {
        versions = try reader.strings()
      } else if key.equals("ranges") {
        guard try reader.enterArrayOrSkip() else { continue }
        while try reader.nextElement() { ranges.append(try Range(&reader)) }
      } else if key.equals("severity") {
        severities = try SeverityClaim.list(&reader)
      } else if key.equals("database_specific") {
        remarks = try OSVRemarks(&reader, detail: &detail)
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readPackage(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("ecosystem") {
        ecosystem = Ecosystem(try reader.stringValue() ?? "")
      } else if key.equals("name") {
        name = try reader.stringValue() ?? ""
      } else {
        try reader.skip()
      }
    }
  }
}

extension AffectedPackage.Range {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("type") {
        type = try reader.stringValue() ?? ""
      } else if key.equals("repo") {
        repository = try reader.stringValue() ?? ""
      } else if key.equals("events") {
        guard try reader.enterArrayOrSkip() else { continue }
        while try reader.nextElement() { try readEvent(&reader) }
      } else {
        try reader.skip()
      }
    }
  }

  /// An event that is not one, or whose version is no text, makes the range one that cannot be decided: without it, the range would say more, or
  /// less, than its author meant.
  private mutating func readEvent(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return events.append(.fixed("")) }
    let count = events.count
    defer { if events.count == count { events.append(.fixed("")) } }
    while let key = try reader.nextKey() {
      let version = try reader.stringValue() ?? ""
      if key.equals("introduced") {
        events.append(.introduced(version))
      } else if key.equals("fixed") {
        events.append(.fixed(version))
      } else if key.equals("last_affected") {
        events.append(.lastAffected(version))
      } else if key.equals("limit") {
        events.append(.limit(version))
      } else {
        events.append(.fixed(""))
      }
    }
  }
}

extension SeverityClaim {
  fileprivate static func list(_ reader: inout JSONReader) throws(ParseError) -> [SeverityClaim] {
    guard try reader.enterArrayOrSkip() else { return [] }
    var claims: [SeverityClaim] = []
    while try reader.nextElement() {
      guard try reader.enterObjectOrSkip() else { continue }
      var claim = SeverityClaim(type: "", score: "")
      while let key = try reader.nextKey() {
        if key.equals("type") {
          claim.type = try reader.stringValue() ?? ""
        } else if key.equals("score") {
          claim.score = try reader.stringValue() ?? ""
        } else {
          try reader.skip()
        }
      }
      if !claim.score.isEmpty { claims.append(claim) }
    }
    return claims
  }
}

extension JSONReader {
  /// The strings of the next value, if it is an array; what else stands in it is passed over.
  mutating func strings() throws(ParseError) -> [String] {
    guard try enterArrayOrSkip() else { return [] }
    var strings: [String] = []
    while try nextElement() {
      if let string = try stringValue() { strings.append(string) }
    }
    return strings
  }
}
