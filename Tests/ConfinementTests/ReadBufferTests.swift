// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Foundation
import TestSupport
import Testing

@Suite struct ReadBufferTests {
  private static let kept = ReadBuffer.keptBytes

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Bytes that tell where they stand.
  private func content(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
  }

  /// Whether all of a file was read, and what.
  private func read(
    _ bytes: [UInt8], expected: Int? = nil, limit: Int = 1 << 30, into buffer: ReadBuffer = ReadBuffer()
  ) throws -> (isWhole: Bool, bytes: [UInt8]) {
    let path = try folder.write(bytes, to: "file-\(UInt64.random(in: 0...UInt64.max))")
    let file = try SafeOpening.file(path.utf8.first == 0x2F ? String(path.dropFirst()) : path, below: root())
    let isWhole = try file.whileOpen { number throws(SystemError) in
      try buffer.fill(from: number, expected: expected ?? bytes.count, limit: limit)
    }
    return (isWhole, Array(buffer.bytes))
  }

  private func root() -> Int32 { Self.rootFolder }

  private static let rootFolder: Int32 = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)

  @Test(arguments: [0, 1, 7, 4096, kept - 1, kept, kept + 1, 2 * kept, 3 * kept + 5, 4 << 20, 5 << 20 | 1])
  func `a file of any size is read whole`(count: Int) throws {
    let bytes = content(count)
    let result = try read(bytes)
    #expect(result.isWhole)
    #expect(result.bytes.elementsEqual(bytes))
  }

  @Test(arguments: [-1, 0, 10, kept, 5 * kept, 100 * kept])
  func `a file that has grown or shrunk since it was measured is read to its end`(expected: Int) throws {
    let bytes = content(3 * Self.kept + 17)
    let result = try read(bytes, expected: expected)
    #expect(result.isWhole)
    #expect(result.bytes.elementsEqual(bytes))
  }

  @Test(arguments: [3 << 20, 5 << 20, 9 << 20])
  func `a large file that has grown or shrunk since it was measured is read to its end`(expected: Int) throws {
    let bytes = content(6 << 20 | 5)
    let result = try read(bytes, expected: expected)
    #expect(result.isWhole)
    #expect(result.bytes.elementsEqual(bytes))
  }

  @Test(arguments: [0, 1, 100, kept - 1, kept, kept + 1, 2 * kept])
  func `a file is read up to the limit, and one byte more is told`(limit: Int) throws {
    let whole = try read(content(limit), limit: limit)
    #expect(whole.isWhole)
    #expect(whole.bytes.count == limit)
    for (excess, expected) in [(1, nil), (1, 0), (Self.kept * 2, nil), (Self.kept * 2, 10)] as [(Int, Int?)] {
      let cut = try read(content(limit + excess), expected: expected, limit: limit)
      #expect(!cut.isWhole)
      #expect(cut.bytes.elementsEqual(content(limit)))
    }
  }

  @Test func `one buffer reads large and small files in turn, and nothing of one shows in the next`() throws {
    let buffer = ReadBuffer()
    for count in [10, 3 * Self.kept, 0, Self.kept, 5, 2 * Self.kept, 1] {
      let result = try read(content(count), into: buffer)
      #expect(result.isWhole)
      #expect(result.bytes.elementsEqual(content(count)))
    }
  }

  @Test func `what cannot be read is an error with its number`() throws {
    let place = try SafeOpening.folder(String(folder.path.dropFirst()), below: root())
    let number = place.number
    #expect(throws: SystemError(code: EISDIR)) { try ReadBuffer().fill(from: number, expected: 0, limit: 10) }
    #expect(throws: SystemError(code: EBADF)) { try ReadBuffer().fill(from: -1, expected: 0, limit: 10) }
    #expect(throws: SystemError(code: EISDIR)) {
      try ReadBuffer().fill(from: number, expected: 9 << 20, limit: 9 << 20)
    }
    withExtendedLifetime(place.number) {}
  }
}
