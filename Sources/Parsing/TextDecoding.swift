// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// How a text file is encoded, told by its first bytes.
public enum TextEncoding: String, Sendable {
  case utf8 = "UTF-8"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"

  /// UTF-16 with a byte order mark, or, as every format read here begins with an ASCII character, with a zero in the first two bytes.
  static func detect(_ bytes: Bytes) -> (encoding: TextEncoding, markLength: Int) {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { return (.utf8, 3) }
    guard bytes.count >= 2 else { return (.utf8, 0) }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): return (.utf16LittleEndian, 2)
    case (0xFE, 0xFF): return (.utf16BigEndian, 2)
    case (0x09...0x7E, 0): return (.utf16LittleEndian, 0)
    case (0, 0x09...0x7E): return (.utf16BigEndian, 0)
    default: return (.utf8, 0)
    }
  }
}

/// Calls `body` with the text of a file as UTF-8 without a byte order mark.
///
/// - Parameter body: Gets the text, and whether all of the file was well-formed. Ill-formed UTF-8 is passed on as it is
///   (strings made of it are repaired); an ill-formed UTF-16 unit becomes U+FFFD.
/// - Complexity: O(bytes). UTF-8 is not copied.
public func withDecodedText<Result, Failure: Error>(
  _ bytes: Bytes, _ body: (_ text: Bytes, _ isWellFormed: Bool) throws(Failure) -> Result
) throws(Failure) -> Result {
  let (encoding, markLength) = TextEncoding.detect(bytes)
  let content = bytes[slice: markLength..<bytes.count]
  if encoding == .utf8 {
    return try body(content, isWellFormedUTF8(content))
  }
  let (text, isWellFormed) = transcode(content, isBigEndian: encoding == .utf16BigEndian)
  return try text.withUnsafeBufferPointer { (buffer) throws(Failure) -> Result in
    try body(buffer, isWellFormed)
  }
}

private func transcode(_ bytes: Bytes, isBigEndian: Bool) -> (text: [UInt8], isWellFormed: Bool) {
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count / 2 + 16)
  var isWellFormed = bytes.count.isMultiple(of: 2)
  let units = (0..<(bytes.count / 2)).lazy.map { index -> UInt16 in
    let (first, second) = (UInt16(bytes[index * 2]), UInt16(bytes[index * 2 + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }
  let hadError = Swift.transcode(
    units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: false, into: { text.append($0) })
  if hadError { isWellFormed = false }
  return (text, isWellFormed)
}

/// Whether all of `bytes` is well-formed UTF-8.
/// - Complexity: O(bytes); ASCII goes eight bytes at a time.
public func isWellFormedUTF8(_ bytes: Bytes) -> Bool {
  guard let base = bytes.baseAddress else { return true }
  let raw = UnsafeRawPointer(base)
  var index = 0
  while index < bytes.count {
    index = endOfASCII(raw, from: index, count: bytes.count)
    guard index < bytes.count else { return true }
    if bytes[index] < 0x80 {
      index &+= 1
    } else if let length = sequenceLength(bytes, at: index) {
      index &+= length
    } else {
      return false
    }
  }
  return true
}

/// The first offset at or after `start`, a multiple of eight bytes further, where the next eight bytes are not all ASCII or not all there.
@inline(__always)
private func endOfASCII(_ raw: UnsafeRawPointer, from start: Int, count: Int) -> Int {
  func word(_ offset: Int) -> UInt64 { raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
  var index = start
  while index &+ 32 <= count {
    let bits = word(index) | word(index &+ 8) | word(index &+ 16) | word(index &+ 24)
    guard bits & Word.high == 0 else { break }
    index &+= 32
  }
  while index &+ 8 <= count, word(index) & Word.high == 0 { index &+= 8 }
  return index
}

/// The length of the well-formed multi-byte sequence at `index`; nil where it is ill-formed (overlong, surrogate, beyond U+10FFFF, cut off).
private func sequenceLength(_ bytes: Bytes, at index: Int) -> Int? {
  let lead = bytes[index]
  let length: Int
  var secondRange: ClosedRange<UInt8> = 0x80...0xBF
  switch lead {
  case 0xC2...0xDF: length = 2
  case 0xE0: (length, secondRange) = (3, 0xA0...0xBF)
  case 0xED: (length, secondRange) = (3, 0x80...0x9F)
  case 0xE1...0xEF: length = 3
  case 0xF0: (length, secondRange) = (4, 0x90...0xBF)
  case 0xF1...0xF3: length = 4
  case 0xF4: (length, secondRange) = (4, 0x80...0x8F)
  default: return nil
  }
  guard index + length <= bytes.count, secondRange.contains(bytes[index + 1]) else { return nil }
  for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return nil }
  return length
}
