// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension Vers {
  /// Reads a range.
  ///
  /// The order of the constraints is checked, or made, where the order of the type is known; of another type they stay as they are.
  /// - Throws: ``VersError`` with the part that is wrong.
  /// - Complexity: O(length), and a sort.
  public init(parsing text: String, _ reading: Reading = .strict) throws(VersError) {
    let isStrict = reading == .strict
    var text = text
    if let blank = text.utf8.first(where: Self.isBlank) {
      guard !isStrict else { throw VersError(.whiteSpace, part: String(decoding: [blank], as: UTF8.self)) }
      text = String(decoding: text.utf8.filter { !Self.isBlank($0) }, as: UTF8.self)
    }
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw VersError(.notASCII, part: text) }
    let (type, rest) = try Self.type(of: text, isStrict)
    let constraints = try Self.constraints(rest, isStrict)
    if isStrict { try Self.checkSpelling(of: constraints, type) }
    self.init(type: type, sorted: isStrict ? constraints : try Self.sorted(constraints, type: type))
    if isStrict { try checkOrder() }
  }

  /// Puts a range together, its constraints in any order.
  ///
  /// - Throws: ``VersError`` where the type is none, or a version cannot be ordered among the others.
  public init(type: String, _ constraints: [Constraint]) throws(VersError) {
    try Self.checkType(type)
    guard !constraints.isEmpty else { throw VersError(.noConstraint) }
    if constraints.count > 1, constraints.contains(where: { $0.comparator == .any }) {
      throw VersError(.misplacedAsterisk)
    }
    self.init(type: type, sorted: try Self.sorted(constraints, type: type))
  }

  // MARK: The parts

  private static func type(of text: String, _ isStrict: Bool) throws(VersError) -> (type: String, rest: Substring) {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw VersError(.noScheme) }
    let scheme = text[..<colon]
    guard scheme == "vers" || (!isStrict && scheme.lowercased() == "vers") else { throw VersError(.noScheme) }
    let specifier = text[text.utf8.index(after: colon)...]
    guard let slash = specifier.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      throw VersError(specifier.isEmpty ? .noType : .noConstraint)
    }
    let type = String(specifier[..<slash])
    let canonical = isStrict ? type : type.lowercased()
    try checkType(canonical)
    return (canonical, specifier[specifier.utf8.index(after: slash)...])
  }

  private static func checkType(_ type: String) throws(VersError) {
    guard let first = type.utf8.first else { throw VersError(.noType) }
    guard isSmallLetter(first), type.utf8.allSatisfy({ isSmallLetter($0) || isDigit($0) || $0 == 0x2E || $0 == 0x2D })
    else { throw VersError(.invalidType, part: type) }
    guard type != "invalid" else { throw VersError(.reservedType, part: type) }
  }

  private static func constraints(_ text: Substring, _ isStrict: Bool) throws(VersError) -> [Constraint] {
    guard !text.isEmpty else { throw VersError(.noConstraint) }
    guard text != "*" else { return [Constraint(.any, "")] }
    var result: [Constraint] = []
    for part in text.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: !isStrict) {
      guard !part.isEmpty else { throw VersError(.emptyConstraint, part: String(text)) }
      result.append(try constraint(Substring(part), isStrict))
    }
    guard !result.isEmpty else { throw VersError(.noConstraint) }
    return result
  }

  private static let comparators: [Comparator] = [.greaterOrEqual, .lessOrEqual, .notEqual, .less, .greater]

  private static func constraint(_ text: Substring, _ isStrict: Bool) throws(VersError) -> Constraint {
    var version = text
    let comparator = comparators.first { text.utf8.starts(with: $0.rawValue.utf8) } ?? .equal
    if comparator != .equal {
      version = version.dropFirst(comparator.rawValue.count)
    } else if version.utf8.first == UInt8(ascii: "=") {
      guard !isStrict else { throw VersError(.leadingEquals, part: String(text)) }
      version = version.dropFirst()
    }
    guard !version.isEmpty else { throw VersError(.noVersion, part: String(text)) }
    guard !version.utf8.contains(UInt8(ascii: "*")) else { throw VersError(.misplacedAsterisk, part: String(text)) }
    return Constraint(comparator, try decoded(version, isStrict))
  }

  // MARK: Text

  private static func decoded(_ version: Substring, _ isStrict: Bool) throws(VersError) -> String {
    var bytes: [UInt8] = []
    var rest = version.utf8
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        if isStrict, isEncoded(byte) { throw VersError(.needlessEncoding, part: String(version)) }
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else {
        throw VersError(.invalidEncoding, part: String(version))
      }
      bytes.append(high.value << 4 | low.value)
      if isStrict, !high.isCanonical || !low.isCanonical || !isEncoded(high.value << 4 | low.value) {
        throw VersError(.needlessEncoding, part: String(version))
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw VersError(.invalidEncoding, part: String(version))
    }
    return text
  }

  private static func hexadecimal(_ byte: UInt8) -> (value: UInt8, isCanonical: Bool)? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): (byte - UInt8(ascii: "0"), true)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): (byte - UInt8(ascii: "A") + 10, true)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): (byte - UInt8(ascii: "a") + 10, false)
    default: nil
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private static func isSmallLetter(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
