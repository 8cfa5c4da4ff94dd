// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// One dependency as poetry and Pipenv write it: a name with a constraint, or with a table of what is known of it.
///
/// - Source: https://python-poetry.org/docs/dependency-specification/ and https://pipenv.pypa.io/en/latest/pipfile.html (read 2026-11-25)
struct PythonEntry {
  let name: String
  /// 1-based.
  let line: Int
  /// `version`, `git`, `url` and what else the table holds as text; truth values as `true` and `false`.
  var fields: [String: String] = [:]

  /// nil for a folder, which is found where it lies.
  func package() -> ExtractedPackage? {
    let isOptional = fields["optional"] == "true" || fields["markers"] != nil || fields["platform"] != nil
    if let address = archive { return foreign(address, isOptional: isOptional) }
    if let path = fields["path"] {
      let isArchive = PythonArchive.isArchive(path) || PythonArchive(address: path) != nil
      return isArchive ? foreign(path, isOptional: isOptional) : nil
    }
    let constraint = fields["version"] ?? "*"
    return .declaredPython(
      name, version: Self.pinned(constraint), requirement: constraint, line: line, isOptional: isOptional)
  }

  private var archive: String? {
    for system in PythonRepository.systems {
      guard let address = fields[system] else { continue }
      let revision = fields["rev"] ?? fields["ref"] ?? fields["tag"] ?? fields["branch"]
      return PythonRepository.address(system, address, commit: revision)
    }
    return fields["url"] ?? fields["file"]
  }

  private func foreign(_ address: String, isOptional: Bool) -> ExtractedPackage {
    .declaredPython(
      name, version: PythonArchive(address: address)?.version, source: address, line: line, isOptional: isOptional)
  }

  /// The one version that a constraint allows: `1.2.3`, `==1.2.3`, `=1.2.3`. A caret, a tilde, a star or a choice allows several.
  static func pinned(_ constraint: String) -> String? {
    let text = ArraySlice(constraint.utf8).trimmed
    let version = text.drop { $0 == UInt8(ascii: "=") }.trimmed
    let isVersion =
      version.first?.isDigit == true && version.allSatisfy { $0.isAlphanumeric || ".+!_-".utf8.contains($0) }
    return isVersion ? version.string : nil
  }
}

extension PythonEntry {
  /// Reads the value of an entry: a constraint, a table, or a list of either. What is none of them leaves the name.
  static func read(
    _ name: String, line: Int, _ reader: inout TOMLReader
  ) throws(ParseError) -> [PythonEntry] {
    switch try reader.peek() {
    case .string: return [PythonEntry(name: name, line: line, fields: ["version": try reader.stringValue() ?? "*"])]
    case .inlineTable:
      var entry = PythonEntry(name: name, line: line)
      _ = try reader.enterInlineTableOrSkip()
      while let key = try reader.nextKey() { try entry.readField(key.string, &reader) }
      return [entry]
    case .array:
      var entries: [PythonEntry] = []
      _ = try reader.enterArrayOrSkip()
      while try reader.nextElement() {
        // One level: a list in a list means nothing.
        if try reader.peek() == .array {
          try reader.skip()
          entries.append(PythonEntry(name: name, line: line))
        } else {
          entries += try read(name, line: line, &reader)
        }
      }
      return entries.isEmpty ? [PythonEntry(name: name, line: line)] : entries
    default:
      try reader.skip()
      return [PythonEntry(name: name, line: line)]
    }
  }

  mutating func readField(_ key: String, _ reader: inout TOMLReader) throws(ParseError) {
    switch try reader.peek() {
    case .string: fields[key] = try reader.stringValue()
    case .bool: fields[key] = try reader.boolValue() == true ? "true" : "false"
    default: try reader.skip()
    }
  }
}
