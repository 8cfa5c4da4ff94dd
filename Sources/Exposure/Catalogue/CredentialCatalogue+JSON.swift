// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Parsing

extension CredentialCatalogue {
  /// Reads what `Scripts/list-credentials` writes.
  init(json bytes: Bytes) throws(ParseError) {
    self.init()
    var reader = JSONReader(bytes)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      guard try reader.enterArrayOrSkip() else { continue }
      let isKind = key.equals("kinds")
      while try reader.nextElement() {
        if isKind { try readKind(&reader) } else { ways.append(try EasierWay(&reader)) }
      }
    }
    try reader.finish()
    guard !kinds.isEmpty, kinds.allSatisfy({ !$0.id.isEmpty }) else { throw ParseError(.unexpectedType, at: 0) }
    complete()
  }

  private mutating func readKind(_ reader: inout JSONReader) throws(ParseError) {
    var kind = CredentialKind()
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("files") {
        guard try reader.enterArrayOrSkip() else { continue }
        while try reader.nextElement() {
          var rule = try CredentialRule(&reader)
          rule.kind = kinds.count
          rules.append(rule)
        }
      } else {
        try kind.readField(key, &reader)
      }
    }
    kinds.append(kind)
  }
}

extension CredentialKind {
  fileprivate mutating func readField(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
    if key.equals("id") {
      id = try reader.stringValue() ?? ""
    } else if key.equals("group") {
      group = try reader.stringValue() ?? ""
    } else if key.equals("order") {
      order = try reader.integerValue() ?? 0
    } else if key.equals("reads") {
      reads = try reader.stringsInside().compactMap(IncidentCode.Reading.init(rawValue:))
    } else if key.equals("unchanged") {
      changesFile = try reader.boolValue() != true
    } else if key.equals("environment") {
      variables = try reader.stringsInside().map { Wildcard($0) }
    } else if key.equals("texts") {
      try reader.readTexts { language, key, text in
        switch key {
        case "name": texts[language, default: Texts()].name = text
        case "scope": texts[language, default: Texts()].scope = text
        case "where": texts[language, default: Texts()].where = text
        case "how": texts[language, default: Texts()].how = text
        default: texts[language, default: Texts()].log = text
        }
      }
    } else {
      try reader.skip()
    }
  }
}

extension CredentialRule {
  fileprivate init(_ reader: inout JSONReader) throws(ParseError) {
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("paths") {
        paths = try reader.stringsInside().compactMap { CredentialPath($0) }
      } else if key.equals("test") {
        guard let test = try reader.stringValue().flatMap(Test.init(rawValue:)) else {
          throw ParseError(.unexpectedType, at: reader.offset)
        }
        self.test = test
      } else if key.equals("keys") {
        keys = try reader.stringsInside().map { Wildcard($0, ignoringCase: true) }
      } else if key.equals("stored") {
        stored = try reader.stringsInside().map { Wildcard($0, ignoringCase: true) }
      } else if key.equals("except") {
        except = try reader.stringsInside().map { Wildcard($0, ignoringCase: true) }
      } else if key.equals("texts") {
        texts = try reader.stringsInside()
      } else if key.equals("protection") {
        protection = try reader.stringValue().flatMap(Protection.init(rawValue:))
      } else if key.equals("marks") {
        try readMarks(&reader)
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readMarks(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      let texts = try reader.stringsInside()
      if let protection = Protection(rawValue: key.string) { marks.append((protection, texts)) }
    }
  }
}

extension EasierWay {
  fileprivate init(_ reader: inout JSONReader) throws(ParseError) {
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("id") {
        id = try reader.stringValue() ?? ""
      } else if key.equals("kinds") {
        kinds = try reader.stringsInside()
      } else if key.equals("when") {
        when = try reader.stringValue().flatMap(Condition.init(rawValue:)) ?? .any
      } else if key.equals("texts") {
        try reader.readTexts { language, key, text in
          if key == "what" {
            texts[language, default: Texts()].what = text
          } else {
            texts[language, default: Texts()].how = text
          }
        }
      } else {
        try reader.skip()
      }
    }
  }
}

extension JSONReader {
  /// Texts by language, each an object of texts.
  fileprivate mutating func readTexts(_ body: (String, String, String) -> Void) throws(ParseError) {
    guard try enterObjectOrSkip() else { return }
    while let language = try nextKey()?.string {
      guard try enterObjectOrSkip() else { continue }
      while let key = try nextKey()?.string { body(language, key, try stringValue() ?? "") }
    }
  }
}
