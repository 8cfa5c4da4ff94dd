// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension Vers {
  /// Tells a range in the words of a type's own tools.
  ///
  /// The conversion of the public test suite: each comparator becomes a constraint, alternatives and conditions alike, and a
  /// version keeps its text. It is a notation, not the meaning: where conditions of one alternative exclude each other, or
  /// a tool treats pre-releases apart, ask the scheme's own ``VersionScheme/range(_:)``.
  /// An empty range of Conan becomes one without constraints, of which nobody can tell what is in it.
  /// - Throws: ``VersError`` where the type has no notation that is known here, or the text is not in it.
  /// - Source: https://github.com/package-url/vers-spec, `tests/*_range_from_native_test.json` (read 2026-11-25)
  public init(native text: String, type: String) throws(VersError) {
    guard let notation = Self.notations[type] else { throw VersError(.noNativeNotation, part: type) }
    guard let constraints = notation(text) else { throw VersError(.notARange, part: text) }
    guard !constraints.isEmpty else {
      self.init(type: type, sorted: [])
      return
    }
    if constraints.contains(where: { $0.comparator == .any }) {
      try self.init(type: type, [Constraint(.any, "")])
    } else {
      try self.init(type: type, constraints)
    }
  }

  private static let notations: [String: @Sendable (String) -> [Constraint]?] = [
    "conan": VersConan.constraints, "gem": VersGem.constraints, "maven": VersIntervals.maven,
    "nginx": VersNginx.constraints, "npm": VersNPM.constraints, "nuget": VersIntervals.nuget,
    "openssl": VersList.constraints, "pypi": VersPyPI.constraints,
  ]

  /// The comparator with which a condition begins and what stands behind it, without blanks between; nil where that is nothing.
  static func condition(
    _ text: Substring, among comparators: [(String, Comparator)]
  ) -> (comparator: Comparator?, version: Substring)? {
    let found = comparators.first { text.hasPrefix($0.0) }
    let version = text.dropFirst(found?.0.count ?? 0).drop { $0 == " " }
    return version.isEmpty ? nil : (found?.1, version)
  }

  /// A version's text holds a digit, and nothing that ranges are written with.
  static func isWord(_ text: Substring) -> Bool {
    text.utf8.contains(where: isDigit)
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !isEncoded($0) && $0 != 0x2C }
  }

  /// The number one higher than a text of digits; nil for anything else, however long it is.
  static func successor(of number: Substring) -> String? {
    guard !number.isEmpty, number.utf8.allSatisfy(isDigit) else { return nil }
    var digits = Array(number.utf8)
    var place = digits.count
    while place > 0 {
      place -= 1
      if digits[place] < UInt8(ascii: "9") {
        digits[place] += 1
        return String(decoding: digits, as: UTF8.self)
      }
      digits[place] = UInt8(ascii: "0")
    }
    return "1" + String(decoding: digits, as: UTF8.self)
  }

  static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
    return text
  }
}

/// Versions with commas between them, as advisories of OpenSSL list them.
enum VersList {
  static func constraints(_ text: String) -> [Vers.Constraint]? {
    let versions = text.split(separator: ",").map { Vers.trimmed($0) }
    guard !versions.isEmpty, versions.allSatisfy({ Vers.isWord($0) }) else { return nil }
    return versions.map { Vers.Constraint(.equal, String($0)) }
  }
}
