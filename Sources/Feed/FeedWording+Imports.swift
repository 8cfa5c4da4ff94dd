// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories

/// What is said of imports.
extension FeedWording {
  // MARK: Faults

  /// `bad.txt:3: 'left-pad' has no version; * stands for all of them`
  static func sentence(_ fault: ImportFault) -> String {
    let place = plain(fault.path) + (fault.line.map { ":\($0)" } ?? "")
    let what = fault.text.isEmpty ? nil : quoted(fault.text)
    switch fault.reason {
    case .entry(let code): return "\(place): \(sentence(code, what))"
    case .file(let code): return "\(place): \(sentence(code))"
    case .refused(let code): return "\(place): \(refusal(code, what ?? "the record"))"
    }
  }

  private static func sentence(_ code: ImportProblem.Code, _ text: String?) -> String {
    let what = text ?? "this entry"
    switch code {
    case .noName: return "\(what) names no package"
    case .invalidName: return "\(what): no package of this ecosystem can have this name"
    case .noVersion: return "\(what) has no version; * stands for all of them"
    case .notAVersion: return "\(what) does not name one exact version"
    case .notOnlyAll: return "\(what) has * beside single versions"
    case .noEcosystem: return "\(what) does not say its ecosystem; --ecosystem can"
    case .unknownEcosystem: return "\(what) is of an ecosystem whose packages are not looked for"
    case .invalidPurl: return "\(what) is not a valid package URL"
    case .missingField: return "\(text ?? "this row") has fewer fields than the table has columns"
    case .invalidQuote: return "\(text ?? "this row") has a quotation mark where none may stand, or one too few"
    case .noID: return "\(what) has no id"
    case .exceptionIgnored: return "\(what) is an exception, and what is imported can only add"
    case .noProduct: return "the statement about \(text ?? "nothing") names no product"
    case .unknownStatus: return "\(what) has a status that OpenVEX does not know"
    case .unknownJustification: return "\(what) has a justification that OpenVEX does not know"
    case .noReason: return "\(what) is said not to matter, without a reason"
    case .unexpectedType: return "\(what) is not written as its format wants it"
    }
  }

  private static func sentence(_ code: ImportError.Code) -> String {
    switch code {
    case .empty: "the file is empty"
    case .unknownFormat: "the file is of no format that can be imported"
    case .invalidJSON: "the file is not valid JSON"
    case .nothingUsable: "nothing in the file can be taken"
    case .tooMany: "the file has too many entries"
    }
  }

  /// Why the index does not take a record.
  private static func refusal(_ code: String, _ what: String) -> String {
    switch code {
    case "id-of-a-public-record": "\(what) has the id of a public record, which nothing imported can change"
    case "id-not-usable": "\(what) has an id that cannot be used"
    case "too-large": "\(what) is too large"
    default: "\(what) cannot be read (\(plain(code)))"
    }
  }

  // MARK: At the end

  static func summary(_ imported: UpdateReport.Imported, isNew: Bool, _ time: String) -> String {
    var things: [String] = []
    if imported.records > 0 { things.append(counted(imported.records, "private record")) }
    if imported.statements > 0 { things.append(counted(imported.statements, "statement")) }
    let head = "\(things.joined(separator: " and ")) \(isNew ? "imported" : "already there") in \(time)\n"
    var rest: [String] = []
    if imported.gone > 0 { rest.append("\(counted(imported.gone, "record")) no longer named, and taken out") }
    if imported.goneDocuments > 0 { rest.append("\(counted(imported.goneDocuments, "document")) replaced") }
    if imported.leftOut > 0 { rest.append("\(grouped(imported.leftOut)) left out") }
    if imported.inPart > 0 { rest.append("\(grouped(imported.inPart)) taken in part") }
    return rest.isEmpty ? head : "\(head)\(rest.joined(separator: "; "))\n"
  }

  static func summary(_ forgotten: UpdateReport.Forgotten, _ time: String) -> String {
    var things: [String] = []
    if forgotten.records > 0 { things.append(counted(forgotten.records, "private record")) }
    if forgotten.documents > 0 { things.append(counted(forgotten.documents, "OpenVEX document")) }
    return "\(things.joined(separator: " and ")) forgotten in \(time)\n"
  }
}
