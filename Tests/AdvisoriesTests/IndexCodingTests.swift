// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import TestSupport
import Testing
import Versions

@testable import Advisories

/// How numbers, texts, claims and records lie in the file.
@Suite struct IndexCodingTests {
  // MARK: Bytes

  private func read<Value>(
    _ bytes: [UInt8], _ body: (inout ByteReader) throws(ByteCodingError) -> Value
  ) throws(ByteCodingError) -> Value {
    try bytes.withUnsafeBufferPointer { (bytes) throws(ByteCodingError) in
      var reader = ByteReader(bytes)
      return try body(&reader)
    }
  }

  @Test(
    arguments: [
      (0, [0]), (1, [1]), (0x7F, [0x7F]), (0x80, [0x80, 1]), (300, [0xAC, 2]),
      (UInt64(Int64.max), [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]),
      (UInt64.max, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
    ] as [(UInt64, [UInt8])])
  func `a number takes seven bits a byte, the lowest first`(number: UInt64, bytes: [UInt8]) throws {
    var writer = ByteWriter()
    writer.number(number)
    #expect(writer.bytes == bytes)
    #expect(try read(bytes) { (reader) throws(ByteCodingError) in try reader.number() } == number)
  }

  @Test(arguments: [
    [], [0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2],
    [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], [UInt8](repeating: 0x80, count: 50),
  ])
  func `a number that ends nowhere, or is too large, is an error`(bytes: [UInt8]) {
    #expect(throws: ByteCodingError.self) {
      try read(bytes) { (reader) throws(ByteCodingError) in try reader.number() }
    }
  }

  @Test(arguments: [1, 2, 1000, UInt64(Int.max), UInt64(Int.max) + 1, UInt64.max])
  func `a count of more than there is, is an error`(count: UInt64) {
    var writer = ByteWriter()
    writer.number(count)
    let bytes = writer.bytes
    #expect(throws: ByteCodingError.self) { try read(bytes) { (reader) throws(ByteCodingError) in try reader.text() } }
    #expect(throws: ByteCodingError.self) { try read(bytes) { (reader) throws(ByteCodingError) in try reader.texts() } }
  }

  @Test func `texts come back as they were, whatever is in them`() throws {
    let texts = ["", "a", "\u{0}", "é\u{301}\n", String(repeating: "x", count: 70_000)]
    var writer = ByteWriter()
    writer.texts(texts)
    writer.byte(7)
    let (again, last, isAtEnd) = try read(writer.bytes) { (reader) throws(ByteCodingError) in
      (try reader.texts(), try reader.byte(), reader.isAtEnd)
    }
    #expect(again.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
    #expect(last == 7)
    #expect(isAtEnd)
  }

  // MARK: Packing

  private func unpacked(_ bytes: [UInt8]) throws(ByteCodingError) -> [UInt8] {
    try bytes.withUnsafeBufferPointer { (bytes) throws(ByteCodingError) in
      try Packing.withUnpacked(bytes) { (plain) throws(ByteCodingError) in Array(plain) }
    }
  }

  @Test func `what is packed comes back, short or long, like advisories or like nothing`() throws {
    var random = SeededGenerator(seed: 5)
    let packer = Packer()
    for length in Array(0...100) + [1000, 70_000] {
      let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      let text = Array(String(repeating: "Malicious code in a (npm) ", count: 1 + length / 26).utf8.prefix(length))
      for plain in [noise, text] {
        let packed = packer.packed(plain)
        #expect(packed.count <= plain.count + 1)
        #expect(try unpacked(packed) == plain)
      }
    }
  }

  /// Packed by another implementation, with the dictionary as it is written in the source: a change of it would make every file unreadable.
  @Test func `the dictionary is what it was`() throws {
    let packed: [UInt8] = [
      1, 130, 1, 0xC3, 0x56, 0xD0, 0x90, 0x9D, 0xD4, 0xA0, 0x89, 0x41, 0x87, 0x24, 0xCF, 0x03, 0x00,
    ]
    let plain =
      "Prototype Pollution allows attackers to execute arbitrary code via a crafted package, "
      + "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    #expect(String(decoding: try unpacked(packed), as: UTF8.self) == plain)
  }

  @Test func `a packed text that is cut off, changed in length or not packed at all is an error`() {
    let packed = Packer().packed(Array("Malicious code in a package of that name, and in another one (npm)".utf8))
    #expect(packed[0] == 1)
    for length in 0..<packed.count {
      #expect(throws: ByteCodingError.self) { try unpacked(Array(packed[..<length])) }
    }
    for length in [UInt8(0), packed[1] - 1, packed[1] + 1, 127] {
      var other = packed
      other[1] = length
      #expect(throws: ByteCodingError.self) { try unpacked(other) }
    }
    #expect(throws: ByteCodingError.self) { try unpacked([1, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 3, 0]) }
    #expect(throws: ByteCodingError.self) { try unpacked([1, 4, 0xFF, 0xFF, 0xFF]) }
    #expect(throws: ByteCodingError.self) { try unpacked([]) }
  }

  // MARK: Claims

  private func claims(_ bytes: [UInt8]) throws(ByteCodingError) -> NamedClaims {
    try bytes.withUnsafeBufferPointer { (bytes) throws(ByteCodingError) in try ClaimCoding.decoded(bytes) }
  }

  @Test func `claims come back as they were`() throws {
    var records = GeneratedRecords(seed: 1)
    let packer = Packer()
    for _ in 0..<2000 {
      let original = records.claims()
      let again = try claims(ClaimCoding.encoded(original, packer: packer))
      #expect(String(reflecting: again) == String(reflecting: original))
    }
  }

  @Test func `a record that condemns a name takes a few bytes more than the name`() throws {
    var affected = AffectedPackage()
    (affected.ecosystem, affected.name) = (.npm, "left-pad")
    var range = AffectedPackage.Range()
    (range.type, range.events) = ("SEMVER", [.introduced("0")])
    affected.ranges = [range]
    var claims = NamedClaims()
    claims.claims = [AdvisoryClaim(kind: .malicious, score: nil, severity: .critical, affected: affected)]
    // Not packed, no flags, one claim, malicious and critical, no score, npm, the name, whole in SemVer's order.
    #expect(ClaimCoding.encoded(claims, packer: Packer()) == [0, 0, 1, 0, 255, 0, 8] + Array("left-pad".utf8) + [2])
  }

  @Test func `claims that are cut off or go on are an error`() {
    var records = GeneratedRecords(seed: 2)
    for _ in 0..<60 {
      let plain = plainBytes(ClaimCoding.encoded(records.claims(), packer: Packer()))
      for length in 0..<plain.count {
        #expect(throws: ByteCodingError.self) { try claims([0] + plain[..<length]) }
      }
      #expect(throws: ByteCodingError.self) { try claims([0] + plain + [0]) }
    }
  }

  @Test func `bytes at random are claims, a record or an error, and nothing worse`() {
    var random = SeededGenerator(seed: 3)
    var records = GeneratedRecords(seed: 4)
    var errors = 0
    for turn in 0..<20_000 {
      var bytes =
        turn.isMultiple(of: 2)
        ? [0] + plainBytes(ClaimCoding.encoded(records.claims(), packer: Packer()))
        : [0] + plainBytes(RecordCoding.encoded(records.record(), packer: Packer()))
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      if (try? claims(bytes)) == nil { errors += 1 }
      if (try? record(bytes)) == nil { errors += 1 }
    }
    #expect(errors > 10_000)
  }

  // MARK: Records

  private func record(_ bytes: [UInt8]) throws(ByteCodingError) -> AdvisoryRecord {
    try bytes.withUnsafeBufferPointer { (bytes) throws(ByteCodingError) in try RecordCoding.decoded(id: "X", bytes) }
  }

  @Test func `records come back as they were`() throws {
    var records = GeneratedRecords(seed: 6)
    let packer = Packer()
    for _ in 0..<2000 {
      var original = records.record()
      original.id = "X"
      let again = try record(RecordCoding.encoded(original, packer: packer))
      #expect(String(reflecting: again) == String(reflecting: original))
    }
  }

  @Test func `times before 1970 are none, and change no other time`() throws {
    var original = AdvisoryRecord()
    (original.modified, original.published, original.withdrawn) = (-5_000_000_000_000_000_001, -6_000_000_000, -7)
    let again = try record(RecordCoding.encoded(original, packer: Packer()))
    #expect(again.modified == 0)
    #expect(again.published == -6_000_000_000)
    #expect(again.withdrawn == 0)
  }

  @Test func `the summary of malware is not written out`() throws {
    var original = AdvisoryRecord()
    original.names = [AdvisoryRecord.Name(ecosystem: .npm, name: "left-pad")]
    original.summary = "Malicious code in left-pad (npm)"
    original.modified = 1_000_000_000
    // Not packed; no summary and short; one second, no fraction; one name: npm, left-pad; no alias.
    #expect(RecordCoding.encoded(original, packer: Packer()) == [0, 12, 2, 1, 0, 8] + Array("left-pad".utf8) + [0])
  }

  @Test func `a record that is cut off or goes on is an error`() {
    var records = GeneratedRecords(seed: 7)
    for _ in 0..<60 {
      let plain = plainBytes(RecordCoding.encoded(records.record(), packer: Packer()))
      for length in 0..<plain.count {
        #expect(throws: ByteCodingError.self) { try record([0] + plain[..<length]) }
      }
      #expect(throws: ByteCodingError.self) { try record([0] + plain + [0]) }
    }
  }

  private func plainBytes(_ packed: [UInt8]) -> [UInt8] {
    do {
      return try unpacked(packed)
    } catch {
      Issue.record("what was packed is not unpacked")
      return []
    }
  }
}
