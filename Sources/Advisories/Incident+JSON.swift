// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Parsing

extension Incident {
  /// Reads one incident file.
  /// - Throws: ``ParseError`` where the text is no JSON or no incident.
  public init(json bytes: Bytes) throws(ParseError) {
    self.init()
    var reader = JSONReader(bytes)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("database_specific") {
        guard try reader.enterObjectOrSkip() else { continue }
        while let inner = try reader.nextKey() {
          if inner.equals("gifthorse") { detail = try IncidentDetail(&reader) } else { try reader.skip() }
        }
      } else if try !record.readField(key, &reader) {
        try reader.skip()
      }
    }
    try reader.finish()
    guard !record.id.isEmpty, detail.class != nil else { throw ParseError(.unexpectedType, at: 0) }
    detail.title = detail.title ?? record.summary
  }
}

extension AffectedDetail {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("variant") {
        variant = try reader.stringValue()
      } else if key.equals("advisories") {
        advisories = try reader.strings()
      } else if key.equals("safe") {
        safe = try reader.strings()
      } else if key.equals("safe_unverified") {
        safeUnverified = try reader.strings()
      } else if key.equals("safe_confidence") {
        try readConfidence(&reader)
      } else if key.equals("unverified") {
        isUnverified = try reader.boolValue() ?? false
      } else if key.equals("note") {
        note = try reader.stringValue()
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readConfidence(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let version = try reader.nextKey()?.string { safeConfidence[version] = try reader.stringValue() }
  }
}

extension IncidentDetail {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() { try readField(key, &reader) }
  }

  private mutating func readField(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
    if key.equals("title") {
      title = try reader.stringValue()
    } else if key.equals("class") {
      self.class = try reader.stringValue().flatMap(FindingClass.init(rawValue:))
    } else if key.equals("kind") {
      kind = try reader.stringValue()
    } else if key.equals("severity") {
      severity = try reader.stringValue().flatMap(Severity.init(rawValue:))
    } else if key.equals("published") {
      published = try reader.stringValue()
    } else if key.equals("removed") {
      removed = try reader.stringValue()
    } else if key.equals("unverified") {
      isUnverified = try reader.boolValue() ?? false
    } else if key.equals("network_unverified") {
      isNetworkUnverified = try reader.boolValue() ?? false
    } else if key.equals("details_from_general_knowledge") {
      isFromGeneralKnowledge = try reader.boolValue() ?? false
    } else {
      try readList(key, &reader)
    }
  }

  private mutating func readList(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
    if key.equals("trigger") {
      triggers = try reader.strings()
    } else if key.equals("reads") {
      reads = try reader.strings()
      if reads.isEmpty { emptied.insert(.reads) }
    } else if key.equals("cleanup") {
      cleanup = try reader.strings()
    } else if key.equals("aliases") {
      aliases = try reader.strings()
    } else if key.equals("notes") {
      notes = try reader.strings()
    } else if key.equals("sources_without_link") {
      sourcesWithoutLink = try reader.strings()
    } else {
      try readRecords(key, &reader)
    }
  }

  private mutating func readRecords(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
    if key.equals("disagreements") {
      guard try reader.enterArrayOrSkip() else { return }
      while try reader.nextElement() { disagreements.append(try Disagreement(&reader)) }
    } else if key.equals("leaves") {
      guard try reader.enterArrayOrSkip() else { return }
      while try reader.nextElement() { leaves.append(try WayOut(&reader)) }
      if leaves.isEmpty { emptied.insert(.leaves) }
    } else if key.equals("traces") {
      traces = try IncidentTraces(&reader)
      if traces == IncidentTraces() { emptied.insert(.traces) }
    } else if key.equals("signs") {
      guard try reader.enterArrayOrSkip() else { return }
      while try reader.nextElement() { signs.append(try NamedSign(&reader)) }
    } else if key.equals("texts") {
      try readTexts(&reader)
    } else if key.equals("variants") {
      guard try reader.enterObjectOrSkip() else { return }
      while let name = try reader.nextKey() { variants[name.string] = try IncidentDetail(&reader) }
    } else {
      try reader.skip()
    }
  }

  private mutating func readTexts(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let language = try reader.nextKey()?.string {
      guard try reader.enterObjectOrSkip() else { continue }
      while let key = try reader.nextKey() {
        if key.equals("title") {
          titles[language] = try reader.stringValue()
        } else if let audience = Audience(rawValue: key.string) {
          texts[language, default: [:]][audience] = try Advice(&reader)
        } else {
          try reader.skip()
        }
      }
    }
  }
}

extension Advice {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("what") {
        what = try reader.stringValue() ?? ""
      } else if key.equals("do") {
        steps = try reader.strings()
      } else {
        try reader.skip()
      }
    }
  }
}

extension Disagreement {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      let text = try reader.stringValue() ?? ""
      if key.equals("point") {
        point = text
      } else if key.equals("a") {
        first = text
      } else if key.equals("b") {
        second = text
      } else if key.equals("ours") {
        ours = text
      }
    }
  }
}
