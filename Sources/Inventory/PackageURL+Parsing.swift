// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension PackageURL {
  /// Reads a purl.
  ///
  /// Slashes behind `pkg:` and doubled ones are passed over, as the specification asks. The version begins at the last `@`
  /// that is not the first character of a segment with others behind it: `pkg:npm/@scope/name` has none.
  /// - Throws: ``PackageURLError`` with the part that is wrong.
  /// - Complexity: O(length), and a sort of the qualifiers where they are not in order.
  public init(parsing text: String, _ reading: Reading = .strict) throws(PackageURLError) {
    var text = text
    let result = text.withUTF8 { bytes in
      do throws(PackageURLError) {
        return Result<PackageURL, PackageURLError>.success(
          try PackageURLReader(bytes: bytes, reading: reading).read())
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }

  /// Puts a purl together.
  ///
  /// - Parameters:
  ///   - namespace: Segments joined by `/`; empty ones are dropped.
  ///   - qualifiers: In any order; those without a value are dropped.
  ///   - subpath: Segments joined by `/`; empty ones, `.` and `..` are dropped.
  /// - Throws: ``PackageURLError`` where the parts make no purl of that type.
  public init(
    type: String, namespace: String? = nil, name: String, version: String? = nil,
    qualifiers: [Qualifier] = [], subpath: String? = nil, _ reading: Reading = .strict
  ) throws(PackageURLError) {
    guard !type.isEmpty else { throw PackageURLError(.noType) }
    guard Self.isType(type.utf8) else { throw PackageURLError(.invalidType, part: type) }
    for qualifier in qualifiers where !Self.isKey(qualifier.key.utf8) {
      throw PackageURLError(.invalidQualifier, part: qualifier.key)
    }
    self.init(
      type: type.lowercased(), namespace: Self.joined(namespace ?? ""), name: name,
      version: version?.isEmpty == true ? nil : version,
      unchecked: qualifiers.filter { !$0.value.isEmpty },
      subpath: Self.joined(subpath ?? "", droppingDots: true))
    try settle(reading)
  }

  /// The segments without the empty ones; nil where none is left. A text that has none of them is returned as it is.
  static func joined(_ segments: String, droppingDots: Bool = false) -> String? {
    guard !segments.isEmpty else { return nil }
    let slash = UInt8(ascii: "/")
    var result: [UInt8] = []
    result.reserveCapacity(segments.utf8.count)
    var start = 0
    for byte in segments.utf8 {
      if byte == slash { close(&result, from: &start, droppingDots) } else { result.append(byte) }
    }
    close(&result, from: &start, droppingDots)
    if result.last == slash { result.removeLast() }
    guard result.count < segments.utf8.count else { return segments }
    return result.isEmpty ? nil : String(decoding: result, as: UTF8.self)
  }

  /// Ends the segment that begins at `start`, or takes it back.
  private static func close(_ segments: inout [UInt8], from start: inout Int, _ droppingDots: Bool) {
    let length = segments.count - start
    if droppingDots, length == 1 || length == 2, segments[start...].allSatisfy({ $0 == UInt8(ascii: ".") }) {
      segments.removeLast(length)
    } else if length > 0 {
      segments.append(UInt8(ascii: "/"))
    }
    start = segments.count
  }

  static func isType(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, !isDigit(first) else { return false }
    return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2E || $0 == 0x2B || $0 == 0x2D }
  }

  static func isKey(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, !isDigit(first) else { return false }
    return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    let small = byte | 0x20
    return small >= UInt8(ascii: "a") && small <= UInt8(ascii: "z")
  }
}

/// Takes a purl apart, from both ends, without copies of what is not a part.
private struct PackageURLReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let reading: PackageURL.Reading

  private static let slash = UInt8(ascii: "/")
  private static let percent = UInt8(ascii: "%")

  func read() throws(PackageURLError) -> PackageURL {
    guard bytes.count >= 4, bytes[0] | 0x20 == UInt8(ascii: "p"), bytes[1] | 0x20 == UInt8(ascii: "k"),
      bytes[2] | 0x20 == UInt8(ascii: "g"), bytes[3] == UInt8(ascii: ":")
    else { throw PackageURLError(.noScheme) }
    var rest = 4..<bytes.count
    let subpath = try cutSubpath(from: &rest)
    let qualifiers = try cutQualifiers(from: &rest)
    rest = trimmed(rest)
    let type = try cutType(from: &rest)
    let version = try cutVersion(from: &rest)
    let (namespace, name) = try path(rest, of: type)
    var purl = PackageURL(
      type: type, namespace: namespace, name: name, version: version, unchecked: qualifiers, subpath: subpath)
    try purl.settle(reading)
    return purl
  }

  // MARK: The parts, in the order in which they come off

  private func cutSubpath(from rest: inout Range<Int>) throws(PackageURLError) -> String? {
    guard let mark = last(UInt8(ascii: "#"), in: rest) else { return nil }
    let subpath = try decoded(mark + 1..<rest.upperBound)
    rest = rest.lowerBound..<mark
    return PackageURL.joined(subpath, droppingDots: true)
  }

  /// The first question mark parts: one in a value, which ought to be encoded, is then still read as the writer meant it.
  private func cutQualifiers(from rest: inout Range<Int>) throws(PackageURLError) -> [PackageURL.Qualifier] {
    guard let mark = first(UInt8(ascii: "?"), in: rest) else { return [] }
    var start = mark + 1
    let end = rest.upperBound
    rest = rest.lowerBound..<mark
    var result: [PackageURL.Qualifier] = []
    if start < end { result.reserveCapacity(4) }
    while start < end {
      let next = first(UInt8(ascii: "&"), in: start..<end) ?? end
      if let qualifier = try qualifier(start..<next) { result.append(qualifier) }
      start = next + 1
    }
    return result
  }

  private func qualifier(_ range: Range<Int>) throws(PackageURLError) -> PackageURL.Qualifier? {
    guard let equals = first(UInt8(ascii: "="), in: range),
      PackageURL.isKey(bytes[range.lowerBound..<equals])
    else { throw PackageURLError(.invalidQualifier, part: text(range)) }
    guard equals + 1 < range.upperBound else { return nil }
    let key = text(range.lowerBound..<equals)
    return PackageURL.Qualifier(key: key, value: try decoded(equals + 1..<range.upperBound))
  }

  private func cutType(from rest: inout Range<Int>) throws(PackageURLError) -> String {
    let slash = first(Self.slash, in: rest) ?? rest.upperBound
    let range = rest.lowerBound..<slash
    guard !range.isEmpty else { throw PackageURLError(.noType) }
    guard PackageURL.isType(bytes[range]) else { throw PackageURLError(.invalidType, part: text(range)) }
    rest = min(slash + 1, rest.upperBound)..<rest.upperBound
    let type = text(range)
    return PackageURL.small(type)
  }

  private func cutVersion(from rest: inout Range<Int>) throws(PackageURLError) -> String? {
    guard let mark = last(UInt8(ascii: "@"), in: rest) else { return nil }
    let version = mark + 1..<rest.upperBound
    let startsSegment = mark == rest.lowerBound || bytes[mark - 1] == Self.slash
    if startsSegment, first(Self.slash, in: version) != nil { return nil }
    rest = rest.lowerBound..<mark
    guard version.isEmpty else { return try decoded(version) }
    if reading == .strict, !rest.isEmpty { throw PackageURLError(.emptyVersion) }
    return nil
  }

  private func path(_ rest: Range<Int>, of type: String) throws(PackageURLError) -> (namespace: String?, name: String) {
    let start = leadingSlashesTrimmed(rest)
    // The host of a repository is all of its namespace.
    let isRepository = type == "git"
    let slash = isRepository ? first(Self.slash, in: start) : last(Self.slash, in: start)
    let name = try decoded((slash.map { $0 + 1 } ?? start.lowerBound)..<start.upperBound)
    guard !name.isEmpty else { throw PackageURLError(.noName) }
    guard let slash else { return (nil, name) }
    return (try namespace(start.lowerBound..<slash), name)
  }

  private func namespace(_ range: Range<Int>) throws(PackageURLError) -> String? {
    let namespace = try decoded(range)
    if reading == .strict, first(Self.percent, in: range) != nil,
      namespace.utf8.count(where: { $0 == Self.slash }) != bytes[range].count(where: { $0 == Self.slash })
    {
      throw PackageURLError(.encodedSlash, part: text(range))
    }
    return PackageURL.joined(namespace)
  }

  // MARK: Text

  // Loops by hand: those of slices cost half of the time.

  private func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    var place = range.lowerBound
    while place < range.upperBound {
      if bytes[place] == byte { return place }
      place += 1
    }
    return nil
  }

  private func last(_ byte: UInt8, in range: Range<Int>) -> Int? {
    var place = range.upperBound
    while place > range.lowerBound {
      place -= 1
      if bytes[place] == byte { return place }
    }
    return nil
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var range = leadingSlashesTrimmed(range)
    while let last = range.last, bytes[last] == Self.slash { range = range.lowerBound..<last }
    return range
  }

  private func leadingSlashesTrimmed(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, bytes[first] == Self.slash { range = first + 1..<range.upperBound }
    return range
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  private func decoded(_ range: Range<Int>) throws(PackageURLError) -> String {
    guard first(Self.percent, in: range) != nil else { return text(range) }
    var result: [UInt8] = []
    result.reserveCapacity(range.count)
    var place = range.lowerBound
    while place < range.upperBound {
      if bytes[place] != Self.percent {
        result.append(bytes[place])
        place += 1
        continue
      }
      guard place + 2 < range.upperBound, let high = digit(place + 1), let low = digit(place + 2) else {
        throw PackageURLError(.invalidEncoding, part: text(range))
      }
      result.append(high << 4 | low)
      place += 3
    }
    guard let decoded = String(validating: result, as: UTF8.self) else {
      throw PackageURLError(.invalidEncoding, part: text(range))
    }
    return decoded
  }

  private func digit(_ place: Int) -> UInt8? {
    switch bytes[place] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): bytes[place] - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): bytes[place] - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): bytes[place] - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
