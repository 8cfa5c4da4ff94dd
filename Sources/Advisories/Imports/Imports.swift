// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Parsing

/// Reads files that somebody imports beside the public advisories. Which format a file has is told by what stands in it.
public enum Imports {
  /// Reads one file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file: UTF-8, or UTF-16 that can be told as such.
  ///   - limit: How many lines, rows or versions at most a list or a table may have.
  /// - Returns: What could be taken, and what could not: see ``ImportedFile/problems``.
  /// - Throws: ``ImportError`` where the file is of none of the formats, is broken, or where nothing of it can be taken.
  /// - Complexity: O(bytes).
  public static func read(
    _ bytes: Bytes, _ options: ImportOptions, limit: Int = Limits().entriesPerFile
  ) throws(ImportError) -> ImportedFile {
    let file = try withDecodedText(bytes) { (text, isWellFormed) throws(ImportError) -> ImportedFile in
      guard isWellFormed, let first = firstByte(text) else {
        throw ImportError(isWellFormed ? .empty : .unknownFormat)
      }
      switch first {
      case UInt8(ascii: "{"): return try object(text, options)
      // JSON of another shape, and markup.
      case UInt8(ascii: "["), UInt8(ascii: "<"): throw ImportError(.unknownFormat)
      default: return try lines(text, options, limit: limit)
      }
    }
    guard !file.records.isEmpty || !file.statements.isEmpty else {
      throw ImportError(.nothingUsable, format: file.format, problems: file.problems)
    }
    return file
  }

  /// The first byte that is not white space.
  private static func firstByte(_ text: Bytes) -> UInt8? {
    text.first { $0 > 0x20 }
  }

  // MARK: JSON

  private static func object(_ text: Bytes, _ options: ImportOptions) throws(ImportError) -> ImportedFile {
    var format: ImportFormat?
    let file: ImportedFile?
    do throws(ParseError) {
      format = try objectFormat(text)
      file = try format.map { (format) throws(ParseError) in try read(text, as: format, options) }
    } catch {
      var lines = LineCounter(text)
      throw ImportError(.invalidJSON, line: lines.line(at: error.offset), format: format)
    }
    guard let file else { throw ImportError(.unknownFormat) }
    return file
  }

  private static func read(
    _ text: Bytes, as format: ImportFormat, _ options: ImportOptions
  ) throws(ParseError) -> ImportedFile {
    var file = ImportedFile(format)
    switch format {
    case .bumblebee:
      let catalog = try ExposureCatalog(text, options)
      (file.records, file.problems) = (catalog.records, catalog.problems)
    case .openVEX:
      let document = try OpenVEXDocument(text)
      (file.statements, file.problems) = (document.statements, document.problems)
    case .osv: file.records = [try OSVRecord(json: text)]
    case .list, .table: break  // No JSON.
    }
    return file
  }

  /// Told by the keys of the outermost object, which is read to its end.
  private static func objectFormat(_ text: Bytes) throws(ParseError) -> ImportFormat? {
    var reader = JSONReader(text)
    var keys = KnownKeys()
    try reader.enterObject()
    while let key = try reader.nextKey() {
      keys.note(key)
      if key.equals("@context") {
        keys.isOpenVEX = try reader.stringOrSkip()?.string.utf8.starts(with: "https://openvex.dev/ns".utf8) ?? false
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
    return keys.format
  }

  private struct KnownKeys {
    var isOpenVEX = false
    private var found: Set<String> = []

    private static let names: [StaticString] = ["statements", "schema_version", "entries", "id", "affected"]

    mutating func note(_ key: JSONString) {
      for name in Self.names where key.equals(name) { found.insert(name.description) }
    }

    var format: ImportFormat? {
      if isOpenVEX && found.contains("statements") { return .openVEX }
      if found.isSuperset(of: ["schema_version", "entries"]) { return .bumblebee }
      return found.isSuperset(of: ["id", "affected"]) ? .osv : nil
    }
  }

  // MARK: Text

  private static func lines(
    _ text: Bytes, _ options: ImportOptions, limit: Int
  ) throws(ImportError) -> ImportedFile {
    // A control character stands in no list: an archive, a program, a picture.
    guard !text.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else {
      throw ImportError(.unknownFormat)
    }
    var rows = DelimitedRows(text, separator: separator(text))
    if let first = rows.next(), first.isSound, let columns = PackageTable.Columns(first.fields) {
      let table = try PackageTable(&rows, columns, options, limit: limit)
      var file = ImportedFile(.table)
      (file.records, file.problems) = (table.records, table.problems)
      return file
    }
    let list = try PackageList(text, options, limit: limit)
    guard list.count > 0 else { throw ImportError(.empty) }
    guard !list.records.isEmpty || list.looksLikeOne else { throw ImportError(.unknownFormat) }
    var file = ImportedFile(.list)
    (file.records, file.problems) = (list.records, list.problems)
    return file
  }

  /// A tab where one stands in the first line that is no comment, else a comma.
  private static func separator(_ text: Bytes) -> UInt8 {
    var offset = 0
    while offset < text.count {
      let end = text.firstOffset(of: UInt8(ascii: "\n"), from: offset) ?? text.count
      let line = text[slice: offset..<end]
      if line.contains(where: { $0 > 0x20 }), line[0] != UInt8(ascii: "#") {
        return line.contains(UInt8(ascii: "\t")) ? UInt8(ascii: "\t") : UInt8(ascii: ",")
      }
      offset = end + 1
    }
    return UInt8(ascii: ",")
  }
}
