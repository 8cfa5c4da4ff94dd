// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// The few settings that say how a repository's own files are to be read. Everything else, includes above all, is
/// passed over.
///
/// - Source: https://git-scm.com/docs/git-config#_syntax, https://git-scm.com/docs/repository-version (read 2026-11-25)
struct GitConfiguration {
  private(set) var version = "0"
  /// `extensions.*`, names in small letters.
  private(set) var extensions: [String: String] = [:]
  /// Whether some objects were left where they came from.
  private(set) var isPartial = false

  init(_ bytes: [UInt8] = []) {
    var section = ""
    var continued: [UInt8]?
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      var text = (continued ?? []) + Self.trimmed(line)
      continued = nil
      if text.last == UInt8(ascii: "\\") {
        text.removeLast()
        if text.count <= 4096 { continued = text }
        continue
      }
      read(text, &section)
    }
  }

  private mutating func read(_ line: [UInt8], _ section: inout String) {
    var rest = line[...]
    if rest.first == UInt8(ascii: "[") {
      let end = rest.firstIndex(of: UInt8(ascii: "]")) ?? rest.endIndex
      section = Self.lowered(rest[(rest.startIndex + 1)..<end])
      // A setting may stand behind the section's name.
      rest = Self.trimmed(rest[end...].dropFirst())[...]
    }
    guard section == "core" || section == "extensions" || section.hasPrefix("remote "), let first = rest.first,
      first != 0x23, first != 0x3B
    else {
      return
    }
    let equals = rest.firstIndex(of: UInt8(ascii: "="))
    let name = Self.lowered(Self.trimmed(rest[..<(equals ?? rest.endIndex)])[...])
    let value = equals.map { Self.value(rest[($0 + 1)...]) } ?? "true"
    if section == "extensions" { extensions[name] = value }
    if name == "partialclone" || (name == "promisor" && value.lowercased() != "false") { isPartial = true }
    if section == "core", name == "repositoryformatversion" { version = value }
  }

  /// Without quotes and what a comment says.
  private static func value(_ bytes: ArraySlice<UInt8>) -> String {
    var isQuoted = false
    var result: [UInt8] = []
    for byte in trimmed(bytes) {
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
        continue
      }
      if !isQuoted, byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") { break }
      result.append(byte)
    }
    return String(decoding: trimmed(result[...]), as: UTF8.self)
  }

  private static func lowered(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    let start = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
    let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return Array(bytes[start..<max(start, end)])
  }

  /// Extensions that change nothing for one who only reads objects and refs.
  private static let harmless: Set<String> = [
    "noop", "noop-v1", "preciousobjects", "partialclone", "worktreeconfig", "relativeworktrees",
    "compatobjectformat", "submodulepathconfig",
  ]

  /// How names and refs are kept.
  /// - Throws: `unknown-format-version` for what this reader does not know; git refuses to read on as well.
  func layout() throws(GitFault) -> (hashBytes: Int, isReftable: Bool) {
    guard version == "0" || version == "1" else { throw GitFault(.unknownFormatVersion, [version]) }
    var (hashBytes, isReftable) = (20, false)
    for (name, value) in extensions.sorted(by: { $0.key < $1.key }) {
      switch (name, value.lowercased()) {
      case ("objectformat", "sha1"), ("refstorage", "files"): continue
      case ("objectformat", "sha256"): hashBytes = 32
      case ("refstorage", "reftable"): isReftable = true
      default:
        let isKnown = Self.harmless.contains(name)
        // Repositories of version 0 are from before there were extensions that must be understood.
        if isKnown || (version == "0" && name != "objectformat" && name != "refstorage") { continue }
        throw GitFault(.unknownFormatVersion, ["extensions.\(name)=\(value)"])
      }
    }
    return (hashBytes, isReftable)
  }
}
