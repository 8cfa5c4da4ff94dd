// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import TestSupport
import Testing

@testable import Feed

@Suite struct ZipArchiveTests {
  private static let text = Array("hello hello hello hello hello".utf8)
  /// `zlib.compressobj(9, zlib.DEFLATED, -15)` of Python 3.11 on the text above.
  private static let packed: [UInt8] = [0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0xC0, 0x4E, 0x02, 0x00]

  private func files(_ bytes: [UInt8], _ limits: ZipLimits = ZipLimits()) throws -> [String] {
    let folder = try TemporaryFolder()
    let file = try #require(try OpenFile.reading(try folder.write(bytes, to: "all.zip")))
    var found: [String] = []
    try ZipArchive(file, limits: limits).forEachFile { (name, content) throws(FeedError) -> Void in
      found.append("\(name.string)=\(content.string)")
    }
    return found
  }

  private func code(_ bytes: [UInt8], _ limits: ZipLimits = ZipLimits()) -> FeedError.Code? {
    do {
      _ = try files(bytes, limits)
      return nil
    } catch {
      return (error as? FeedError)?.code
    }
  }

  private func zip(
    _ name: String = "a.json", _ method: ZipBuilder.Method = .stored, _ odds: ZipBuilder.Odds = .init(),
    isWide: Bool = false
  ) -> [UInt8] {
    var builder = ZipBuilder()
    builder.add(name, Self.text, method, odds)
    return builder.finished(isWide: isWide)
  }

  @Test func `stored and deflated entries come in the order of the directory, and folders are passed over`() throws {
    var builder = ZipBuilder()
    builder.add("b/", [])
    builder.add("b/two.json", Self.text, .packed(Self.packed, size: Self.text.count))
    builder.add("one.json", Array("1".utf8), .deflated)
    builder.add("three.json", Array("3".utf8))
    #expect(
      try files(builder.finished()) == ["b/two.json=hello hello hello hello hello", "one.json=1", "three.json=3"])
  }

  @Test func `an empty zip has no files`() throws {
    #expect(try files(ZipBuilder().finished()).isEmpty)
  }

  @Test func `numbers in the wide form are read`() throws {
    #expect(try files(zip("a.json", .stored, .init(isWide: true), isWide: true)).count == 1)
  }

  @Test func `sizes may stand behind the content`() throws {
    #expect(try files(zip("a.json", .deflated, .init(hasDescriptor: true))).count == 1)
  }

  @Test func `a zip that ends anywhere before its end is refused`() throws {
    let whole = ZipBuilder.zip([("a.json", "{}"), ("b.json", "{}")])
    for length in 0..<whole.count {
      #expect([.zipTruncated, .zipUnreadable].contains(code(Array(whole.prefix(length)))), "\(length) bytes")
    }
    #expect(code(whole) == nil)
  }

  @Test func `a zip that lost a piece in the middle is refused`() throws {
    let whole = ZipBuilder.zip([("a.json", String(repeating: "x", count: 200)), ("b.json", "{}")])
    #expect(code(Array(whole[..<50] + whole[80...])) != nil)
  }

  @Test func `content that does not have its checksum is refused`() {
    #expect(code(zip("a.json", .stored, .init(checksum: 1))) == .zipChecksum)
  }

  @Test func `content that is shorter or longer than it says is refused`() {
    let count = Self.text.count
    #expect(code(zip("a.json", .packed(Self.packed, size: count - 1))) == .zipChecksum)
    #expect(code(zip("a.json", .packed(Self.packed, size: count + 1))) == .zipChecksum)
    #expect(code(zip("a.json", .packed(Self.packed + [0], size: count))) == .zipChecksum)
    #expect(code(zip("a.json", .packed(Array(Self.packed.dropLast()), size: count))) == .zipChecksum)
  }

  @Test(arguments: [
    "../a.json", "/a.json", "a/../../b.json", "a\\b.json", "..", "C:a.json", "C:/a.json", "a/..", "a\0b.json", "",
  ])
  func `a name that climbs out is refused`(name: String) {
    #expect(code(zip(name)) == .zipName)
  }

  @Test(arguments: ["a..json", "..a.json", "a/b/c.json", "RHSA-2024:1.json", "...json"])
  func `a name that only looks like it is taken`(name: String) {
    #expect(code(zip(name)) == nil)
  }

  @Test func `two views that differ are refused`() {
    #expect(code(zip("a.json", .stored, .init(localName: "b.json"))) == .zipDisagrees)
    #expect(code(zip("a.json", .stored, .init(localName: "aa.json"))) == .zipDisagrees)
    #expect(code(zip("a.json", .stored, .init(localSize: 3))) == .zipDisagrees)
  }

  @Test func `entries that share their bytes are refused`() {
    var builder = ZipBuilder()
    builder.add("a.json", Self.text)
    builder.add("a.json", Self.text, .stored, .init(overlaps: true))
    #expect(code(builder.finished()) == .zipDisagrees)
  }

  @Test func `an encrypted entry is refused`() {
    #expect(code(zip("a.json", .stored, .init(flags: 1))) == .zipUnreadable)
  }

  @Test func `an entry beyond the limits is refused before it is unpacked`() {
    #expect(code(zip("a.json", .stored), ZipLimits(entryBytes: 10)) == .zipExpands)
    #expect(
      code(zip("a.json", .packed(Self.packed, size: Self.text.count)), ZipLimits(ratio: 2, freeBytes: 0)) == .zipExpands
    )
    #expect(code(zip("a.json", .packed(Self.packed, size: 1 << 30))) == .zipExpands)
  }

  @Test func `bytes behind the end are refused`() {
    #expect(code(zip() + [0]) != nil)
  }

  @Test func `a byte that changes anywhere is noticed or does not matter, and never traps`() throws {
    var builder = ZipBuilder()
    builder.add("a.json", Self.text, .packed(Self.packed, size: Self.text.count))
    builder.add("b.json", Self.text, .stored, .init(isWide: true))
    let whole = builder.finished(isWide: true)
    let sound = try files(whole)
    for offset in whole.indices {
      for change in [UInt8(1), 0x80, 0xFF] {
        var bytes = whole
        bytes[offset] ^= change
        // Names may differ (they have no checksum, but stand twice); content may not.
        if let found = try? files(bytes) { #expect(found == sound, "byte \(offset)") }
      }
    }
  }
}
