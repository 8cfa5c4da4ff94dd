// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// A list of bad packages: `name@version` or a purl in each line.
///
/// `@*` stands for all versions; a name without a version is an error, not a package that is bad altogether. What stands
/// behind `#` at the beginning of a line or behind a blank is a comment.
struct PackageList {
  private let options: ImportOptions
  private var collected: PrivateRecords
  private(set) var problems: [ImportProblem] = []
  /// How many lines hold more than a comment.
  private(set) var count = 0

  var records: [OSVRecord] { collected.records }

  /// Whether a file of which no line could be taken may be meant as a list: its lines are single words.
  var looksLikeOne: Bool {
    problems.allSatisfy { !$0.text.utf8.contains(0x20) && !$0.text.utf8.contains(0x09) }
  }

  /// - Parameter limit: How many lines at most are taken.
  init(_ bytes: Bytes, _ options: ImportOptions, limit: Int) throws(ImportError) {
    self.options = options
    collected = PrivateRecords(options)
    var line = 0
    var offset = 0
    while offset < bytes.count {
      let end = bytes.firstOffset(of: UInt8(ascii: "\n"), from: offset) ?? bytes.count
      line += 1
      try add(bytes[slice: offset..<end], line: line, limit: limit)
      offset = end + 1
    }
  }

  private mutating func add(_ bytes: Bytes, line: Int, limit: Int) throws(ImportError) {
    let text = ImportedNames.trimmed(Self.withoutComment(bytes).string)
    guard !text.isEmpty else { return }
    count += 1
    guard count <= limit else { throw ImportError(.tooMany, line: line, format: .list) }
    do throws(ImportProblem) {
      for package in try packages(text, line: line) { try add(package, line: line, text: text) }
    } catch {
      problems.append(error)
    }
  }

  private static func withoutComment(_ bytes: Bytes) -> Bytes {
    for offset in 0..<bytes.count where bytes[offset] == UInt8(ascii: "#") {
      if offset == 0 || bytes[offset - 1] == 0x20 || bytes[offset - 1] == 0x09 { return bytes[slice: 0..<offset] }
    }
    return bytes
  }

  private mutating func add(_ package: Package, line: Int, text: String) throws(ImportProblem) {
    let version = package.version ?? ""
    let flaw =
      ImportedNames.flaw(inName: package.name, of: package.ecosystem) ?? ImportedNames.flaw(inVersion: version)
    if let flaw { throw ImportProblem(flaw, line: line, text: text) }
    collected.add(package, versions: [version])
  }

  /// The packages that a line means: one, but where a purl may stand for several.
  private func packages(_ text: String, line: Int) throws(ImportProblem) -> [Package] {
    if text.utf8.prefix(4).map({ $0 | 0x20 }).elementsEqual("pkg:".utf8) {
      guard let packages = Self.packages(purl: text) else { throw ImportProblem(.invalidPurl, line: line, text: text) }
      guard !packages.isEmpty else { throw ImportProblem(.unknownEcosystem, line: line, text: text) }
      return packages
    }
    guard let ecosystem = options.ecosystem else { throw ImportProblem(.noEcosystem, line: line, text: text) }
    // A scope begins with the same sign.
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")), at > text.startIndex else {
      throw ImportProblem(.noVersion, line: line, text: text)
    }
    let version = String(text[text.utf8.index(after: at)...])
    return [Package(ecosystem: ecosystem, name: String(text[..<at]), version: version)]
  }

  /// nil for a text that is no purl; nothing for one of a type that no ecosystem stands for.
  private static func packages(purl text: String) -> [Package]? {
    guard let purl = try? PackageURL(parsing: text, .asWritten) else { return nil }
    return purl.packages
  }
}
