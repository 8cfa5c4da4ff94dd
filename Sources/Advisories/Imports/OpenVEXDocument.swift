// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// An OpenVEX document.
///
/// Also those from before 0.2.0, in which a vulnerability and a product are texts. A statement that breaks a rule on which its
/// meaning depends (an unknown status, no product, `not_affected` without a reason) is a problem and not taken: it might hide a
/// finding.
/// - Source: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md 0.2.0 and `openvex_json_schema.json` (read 2026-11-25)
struct OpenVEXDocument {
  private(set) var statements: [VEXStatement] = []
  private(set) var problems: [ImportProblem] = []
  private var id = ""
  private var author = ""
  private var timestamp = ""

  /// - Throws: ``ParseError`` where the text is no JSON, or has no statements.
  init(_ bytes: Bytes) throws(ParseError) {
    var reader = JSONReader(bytes)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("@id") {
        id = try reader.stringValue() ?? ""
      } else if key.equals("author") {
        author = try reader.stringValue() ?? ""
      } else if key.equals("timestamp") {
        timestamp = try reader.stringValue() ?? ""
      } else if key.equals("statements") {
        try reader.enterArray()
        while try reader.nextElement() { try readStatement(&reader) }
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
    inherit()
  }

  /// Gives the statements what stands in the document, wherever it stands there.
  private mutating func inherit() {
    for index in statements.indices {
      statements[index].document = id
      statements[index].author = author
      if statements[index].timestamp.isEmpty { statements[index].timestamp = timestamp }
    }
  }

  private mutating func readStatement(_ reader: inout JSONReader) throws(ParseError) {
    let draft = try Draft(&reader)
    if let flaw = draft.flaw {
      problems.append(ImportProblem(flaw, line: draft.line, text: draft.flawedText(flaw)))
    } else {
      statements.append(draft.statement)
    }
  }
}

extension OpenVEXDocument {
  /// A statement, and what in it could not be read.
  private struct Draft {
    let line: Int
    var statement = VEXStatement()
    private var status = ""
    private var justification: String?
    private var isSound = true

    init(_ reader: inout JSONReader) throws(ParseError) {
      line = try reader.lineOfNextValue()
      isSound = try reader.enterObjectOrSkip()
      guard isSound else { return }
      while let key = try reader.nextKey() { try readField(key, &reader) }
      statement.status = VEXStatement.Status(rawValue: status) ?? .underInvestigation
      statement.justification = justification.flatMap(VEXStatement.Justification.init(rawValue:))
    }

    private mutating func readField(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
      if key.equals("vulnerability") {
        try readVulnerability(&reader)
      } else if key.equals("products") {
        try readProducts(&reader)
      } else if key.equals("status") {
        status = try reader.stringValue() ?? ""
      } else if key.equals("justification") {
        justification = try reader.stringValue() ?? ""
      } else if key.equals("impact_statement") {
        statement.impactStatement = try reader.stringValue()
      } else if key.equals("action_statement") {
        statement.actionStatement = try reader.stringValue()
      } else if key.equals("status_notes") {
        statement.statusNotes = try reader.stringValue()
      } else if key.equals("timestamp") {
        statement.timestamp = try reader.stringValue() ?? ""
      } else {
        try reader.skip()
      }
    }

    private mutating func readVulnerability(_ reader: inout JSONReader) throws(ParseError) {
      if try reader.peek() == .string {
        statement.vulnerability = try reader.stringValue() ?? ""
        return
      }
      guard try reader.enterObjectOrSkip() else { return }
      while let key = try reader.nextKey() {
        if key.equals("name") {
          statement.vulnerability = try reader.stringValue() ?? ""
        } else if key.equals("aliases") {
          statement.aliases = try reader.strings()
        } else {
          try reader.skip()
        }
      }
    }

    private mutating func readProducts(_ reader: inout JSONReader) throws(ParseError) {
      guard try reader.enterArrayOrSkip() else {
        isSound = false
        return
      }
      while try reader.nextElement() {
        let product = try VEXStatement.Product(&reader)
        // A product that cannot be told must not become all of them.
        if product.id.isEmpty && product.purl == nil { isSound = false }
        statement.products.append(product)
      }
    }

    var flaw: ImportProblem.Code? {
      guard isSound else { return .unexpectedType }
      guard !statement.vulnerability.isEmpty else { return .noID }
      guard VEXStatement.Status(rawValue: status) != nil else { return .unknownStatus }
      guard justification == nil || statement.justification != nil else { return .unknownJustification }
      guard !statement.products.isEmpty else { return .noProduct }
      let hasReason = justification != nil || statement.impactStatement.map { !$0.isEmpty } ?? false
      return statement.status == .notAffected && !hasReason ? .noReason : nil
    }

    func flawedText(_ flaw: ImportProblem.Code) -> String {
      switch flaw {
      case .unknownStatus: "\(statement.vulnerability) \(status)"
      case .unknownJustification: "\(statement.vulnerability) \(justification ?? "")"
      default: statement.vulnerability
      }
    }
  }
}

extension VEXStatement.Product {
  fileprivate init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    if try reader.peek() == .string {
      id = try reader.stringValue() ?? ""
    } else if try reader.enterObjectOrSkip() {
      while let key = try reader.nextKey() { try readField(key, &reader) }
    }
    if purl == nil, Self.isPurl(id) { purl = id }
  }

  private mutating func readField(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
    if key.equals("@id") {
      id = try reader.stringValue() ?? ""
    } else if key.equals("identifiers") {
      try readIdentifiers(&reader)
    } else if key.equals("subcomponents") {
      guard try reader.enterArrayOrSkip() else { return }
      while try reader.nextElement() {
        let component = try VEXStatement.Product(&reader)
        subcomponents.append(component.purl ?? component.id)
      }
    } else {
      try reader.skip()
    }
  }

  /// The purl, or for a product that has none and no IRI either, its CPE.
  private mutating func readIdentifiers(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      let isPurl = key.equals("purl")
      guard let text = try reader.stringValue() else { continue }
      if isPurl {
        purl = text
      } else if id.isEmpty, key.starts(with: "cpe") {
        id = text
      }
    }
  }

  private static func isPurl(_ text: String) -> Bool {
    text.utf8.starts(with: "pkg:".utf8)
  }
}
