// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The values of TOML that stand without quotes or brackets: numbers, truth values, dates and times.
enum TOMLWord {
  /// What kind of word stands at `start`, and where it ends.
  static func scan(_ bytes: Bytes, at start: Int) throws(ParseError) -> (kind: TOMLReader.Kind, end: Int) {
    let end = end(of: bytes, from: start)
    guard end > start else { throw ParseError(.unexpectedByte, at: start) }
    let word = bytes[slice: start..<end]
    if let kind = kind(of: word) { return (kind, end) }
    let isNumeric = isDigit(word[0]) || word[0] == UInt8(ascii: "+") || word[0] == UInt8(ascii: "-")
    if end == bytes.count, isNumeric || isBeginning(word) { throw ParseError(.unexpectedEnd, at: end) }
    throw ParseError(isNumeric ? .invalidNumber : .unexpectedByte, at: start)
  }

  /// The end of the letters, digits and signs that hang together; between a date and a time there may be a blank.
  private static func end(of bytes: Bytes, from start: Int) -> Int {
    func skip(_ index: Int) -> Int {
      var index = index
      while index < bytes.count, isPart(bytes[index]) { index += 1 }
      return index
    }
    let end = skip(start)
    guard end - start == 10, end + 1 < bytes.count, bytes[end] == 0x20, isDigit(bytes[end + 1]),
      isDate(bytes[slice: start..<end])
    else { return end }
    return skip(end + 1)
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    TOMLKey.isBare(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Whether more letters could make a value of this.
  private static func isBeginning(_ word: Bytes) -> Bool {
    let words: [StaticString] = ["true", "false", "inf", "nan"]
    return words.contains { full in
      word.count < full.utf8CodeUnitCount && (0..<word.count).allSatisfy { word[$0] == full.utf8Start[$0] }
    }
  }

  private static func kind(of word: Bytes) -> TOMLReader.Kind? {
    if word.equals("true") || word.equals("false") { return .bool }
    if isInteger(word) { return .integer }
    if isFloat(word) { return .float }
    return dateTimeKind(of: word)
  }

  // MARK: Numbers

  /// The value, where it fits.
  static func integer(_ word: Bytes) -> Int? {
    let digits = String(decoding: word.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    guard let radix = radix(of: word) else { return Int(digits) }
    return Int(digits.dropFirst(2), radix: radix)
  }

  private static func radix(of word: Bytes) -> Int? {
    if word.starts(with: "0x") { return 16 }
    if word.starts(with: "0o") { return 8 }
    return word.starts(with: "0b") ? 2 : nil
  }

  private static func isInteger(_ word: Bytes) -> Bool {
    if let radix = radix(of: word) {
      return isDigits(word[slice: 2..<word.count]) { hexadecimalValue($0).map { Int($0) < radix } ?? false }
    }
    return isDecimal(unsigned(word))
  }

  private static func unsigned(_ word: Bytes) -> Bytes {
    let isSigned = word[0] == UInt8(ascii: "+") || word[0] == UInt8(ascii: "-")
    return word[slice: (isSigned ? 1 : 0)..<word.count]
  }

  /// Digits without a zero in front.
  private static func isDecimal(_ word: Bytes) -> Bool {
    isDigits(word, isDigit) && (word.count == 1 || word[0] != UInt8(ascii: "0"))
  }

  /// One digit or more, with single underscores between them.
  private static func isDigits(_ word: Bytes, _ isDigit: (UInt8) -> Bool) -> Bool {
    var wasDigit = false
    for byte in word {
      guard isDigit(byte) || (byte == UInt8(ascii: "_") && wasDigit) else { return false }
      wasDigit = isDigit(byte)
    }
    return wasDigit
  }

  private static func isFloat(_ word: Bytes) -> Bool {
    let word = unsigned(word)
    if word.equals("inf") || word.equals("nan") { return true }
    let exponent = word.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? word.count
    let point = word[slice: 0..<exponent].firstOffset(of: UInt8(ascii: ".")) ?? exponent
    guard exponent < word.count || point < exponent, isDecimal(word[slice: 0..<point]) else { return false }
    if point < exponent, !isDigits(word[slice: (point + 1)..<exponent], isDigit) { return false }
    guard exponent < word.count else { return true }
    let power = word[slice: (exponent + 1)..<word.count]
    return !power.isEmpty && isDigits(unsigned(power), isDigit)
  }

  // MARK: Dates and times

  private static func dateTimeKind(of word: Bytes) -> TOMLReader.Kind? {
    guard word.count >= 10, isDate(word[slice: 0..<10]) else { return isTime(word) ? .localTime : nil }
    guard word.count > 10 else { return .localDate }
    guard word[10] == 0x20 || word[10] | 0x20 == UInt8(ascii: "t") else { return nil }
    let time = word[slice: 11..<word.count]
    if isTime(time) { return .localDateTime }
    if let last = time.last, last | 0x20 == UInt8(ascii: "z"), isTime(time[slice: 0..<(time.count - 1)]) {
      return .offsetDateTime
    }
    guard time.count > 6, isTime(time[slice: 0..<(time.count - 6)]) else { return nil }
    return isOffset(time[slice: (time.count - 6)..<time.count]) ? .offsetDateTime : nil
  }

  /// `1979-05-27`, of a day that the month has.
  private static func isDate(_ word: Bytes) -> Bool {
    guard word.count == 10, word[4] == UInt8(ascii: "-"), word[7] == UInt8(ascii: "-"),
      let year = number(word, 0, 4), let month = number(word, 5, 2), let day = number(word, 8, 2)
    else { return false }
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...days[month - 1]).contains(day)
  }

  /// `07:32`, `07:32:00` or `07:32:00.5`; a minute may have a leap second.
  private static func isTime(_ word: Bytes) -> Bool {
    guard word.count >= 5, isClock(word[slice: 0..<5]) else { return false }
    guard word.count > 5 else { return true }
    guard word.count >= 8, word[5] == UInt8(ascii: ":"), let second = number(word, 6, 2), second <= 60 else {
      return false
    }
    guard word.count > 8 else { return true }
    return word[8] == UInt8(ascii: ".") && word.count > 9 && word[slice: 9..<word.count].allSatisfy(isDigit)
  }

  private static func isOffset(_ word: Bytes) -> Bool {
    (word[0] == UInt8(ascii: "+") || word[0] == UInt8(ascii: "-")) && isClock(word[slice: 1..<6])
  }

  private static func isClock(_ word: Bytes) -> Bool {
    guard word.count == 5, word[2] == UInt8(ascii: ":"), let hour = number(word, 0, 2), let minute = number(word, 3, 2)
    else { return false }
    return hour <= 23 && minute <= 59
  }

  /// The value of `count` digits, where they are there and digits.
  private static func number(_ word: Bytes, _ start: Int, _ count: Int) -> Int? {
    guard start + count <= word.count else { return nil }
    var value = 0
    for byte in word[slice: start..<(start + count)] {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}
