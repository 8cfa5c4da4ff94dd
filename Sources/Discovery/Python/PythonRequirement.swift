// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// One dependency as Python's tools write it: `name[extra] >= 1.0, < 2 ; marker`, or `name @ address`.
///
/// As lenient as pip: parentheses around the versions, spaces anywhere, a comma too many. What has a name and goes on in a way that
/// nobody understands is kept, with ``isUnderstood`` false.
/// - Source: https://packaging.python.org/en/latest/specifications/dependency-specifiers/ (read 2026-11-25)
struct PythonRequirement {
  /// As it is written, not normalised.
  private(set) var name: String
  /// `>=1.0,<2`, without parentheses and spaces; empty where any version will do.
  private(set) var specifier = ""
  /// Where it is to be fetched from, behind the `@`.
  private(set) var address: String?
  /// Whether there is a marker: then it is wanted in some environments only.
  private(set) var hasMarker = false
  private(set) var isUnderstood = true
  /// The one version that will do.
  private(set) var pinned: String?

  /// nil where the text does not begin with a name.
  /// - Complexity: O(bytes).
  init?(_ text: String) {
    var rest = ArraySlice(text.utf8).trimmed
    let name = rest.prefix { Self.isOfName($0) }
    guard let first = name.first, let last = name.last, first.isAlphanumeric else { return nil }
    self.name = name.string
    if !last.isAlphanumeric { isUnderstood = false }
    rest = rest[name.endIndex...].trimmed
    if rest.first == UInt8(ascii: "[") { skipExtras(&rest) }
    if rest.first == UInt8(ascii: "@") { readAddress(rest.dropFirst()) } else { readSpecifier(rest) }
  }

  private mutating func skipExtras(_ rest: inout ArraySlice<UInt8>) {
    guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else {
      isUnderstood = false
      return
    }
    let isList = rest[..<end].dropFirst().allSatisfy { Self.isOfName($0) || $0 == UInt8(ascii: ",") || $0.isBlank }
    if !isList { isUnderstood = false }
    rest = rest[(end + 1)...].trimmed
  }

  /// An address ends at a space; behind it comes a marker, if anything.
  private mutating func readAddress(_ text: ArraySlice<UInt8>) {
    let text = text.trimmed
    let address = text.prefix { !$0.isBlank }
    self.address = address.string
    let rest = text[address.endIndex...].trimmed
    hasMarker = rest.first == UInt8(ascii: ";")
    if address.isEmpty || !(rest.isEmpty || hasMarker) { isUnderstood = false }
  }

  private mutating func readSpecifier(_ text: ArraySlice<UInt8>) {
    let end = text.firstIndex(of: UInt8(ascii: ";")) ?? text.endIndex
    hasMarker = end < text.endIndex
    var list = text[..<end].trimmed
    if list.first == UInt8(ascii: "(") {
      if list.last != UInt8(ascii: ")") { isUnderstood = false }
      list = list.dropFirst().prefix { $0 != UInt8(ascii: ")") }
    }
    let clauses = list.split(separator: UInt8(ascii: ",")).map(\.trimmed).filter { !$0.isEmpty }
    for clause in clauses { read(clause) }
    specifier = clauses.map { clause in clause.filter { !$0.isBlank }.string }.joined(separator: ",")
  }

  private mutating func read(_ clause: ArraySlice<UInt8>) {
    let sign = clause.prefix { "=<>!~".utf8.contains($0) }
    let version = clause[sign.endIndex...].trimmed
    guard !version.isEmpty, ["==", "===", "!=", "~=", "<=", ">=", "<", ">"].contains(sign.string) else {
      isUnderstood = false
      return
    }
    if sign.elementsEqual("===".utf8) {
      if version.contains(where: \.isBlank) { isUnderstood = false }
      pinned = pinned ?? version.string
    } else if !version.allSatisfy({ $0.isAlphanumeric || ".*+!_-${}".utf8.contains($0) }) {
      isUnderstood = false
    } else if sign.elementsEqual("==".utf8), !version.contains(where: { "*${}".utf8.contains($0) }) {
      pinned = pinned ?? version.string
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "._-".utf8.contains(byte) }
}

extension PythonRequirement {
  /// What a project asks for with it. An archive's name tells its version; any other address does not.
  func package(line: Int, isOptional: Bool = false) -> ExtractedPackage {
    guard let address else {
      return .declaredPython(
        name, version: pinned, requirement: specifier, line: line, isOptional: isOptional || hasMarker)
    }
    return .declaredPython(
      name, version: PythonArchive(address: address)?.version, source: address, line: line,
      isOptional: isOptional || hasMarker)
  }
}

extension ExtractedPackage {
  /// A package that a Python project asks for: exact with a version, partial without one.
  static func declaredPython(
    _ name: String, version: String?, requirement: String = "", source: String? = nil, line: Int,
    isOptional: Bool = false
  ) -> ExtractedPackage {
    let source = source.map(PackageSource.redacted)
    // What was not understood may be an address as well, with a password in it.
    let requirement = PackageSource.redacted(requirement)
    return ExtractedPackage(
      ecosystem: .pypi, name: PyPIName.normalised(name), version: version, kind: .declared,
      confidence: version == nil ? .partial : .exact, line: line,
      requirement: source ?? (requirement.isEmpty ? "*" : requirement), source: source, isOptional: isOptional)
  }
}

/// What the name of a wheel or of a source archive tells.
///
/// - Source: https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention and
///   https://packaging.python.org/en/latest/specifications/source-distribution-format/ (read 2026-11-25)
struct PythonArchive {
  let name: String
  let version: String
  /// Only a wheel must be named so: the archives that code hosts make bear the names of branches.
  let isWheel: Bool

  private static let endings = [".tar.gz", ".zip", ".tar.bz2", ".tgz", ".tar.xz", ".tbz", ".tar"]

  /// - Parameter address: An address or a path; what stands behind its name is left out.
  init?(address: String) {
    let path = address.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let file = path.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }.last ?? path
    let name = ArraySlice(file).percentDecoded.string
    if name.hasSuffix(".whl") {
      let parts = name.dropLast(4).utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      guard parts.count == 5 || parts.count == 6, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
      self.init(String(Substring(parts[0])), String(Substring(parts[1])), isWheel: true)
    } else if let ending = Self.endings.first(where: name.hasSuffix) {
      self.init(stem: String(name.dropLast(ending.count)))
    } else {
      return nil
    }
  }

  /// `name-1.0`: the version begins behind the first hyphen that a digit follows.
  init?(stem: String) {
    let bytes = Array(stem.utf8)
    let hyphen = bytes.indices.dropFirst().dropLast().first {
      bytes[$0] == UInt8(ascii: "-") && bytes[$0 + 1].isDigit
    }
    guard let hyphen else { return nil }
    self.init(bytes[..<hyphen].string, bytes[(hyphen + 1)...].string, isWheel: false)
  }

  private init(_ name: String, _ version: String, isWheel: Bool) {
    self.name = name
    self.version = version
    self.isWheel = isWheel
  }

  /// Whether `path` ends as an archive that pip installs.
  static func isArchive(_ path: String) -> Bool {
    path.hasSuffix(".whl") || endings.contains(where: path.hasSuffix)
  }
}
