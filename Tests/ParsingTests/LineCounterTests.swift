// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import TestSupport
import Testing

@Suite struct LineCounterTests {
  private func lines(_ bytes: [UInt8], _ offsets: [Int]) -> [Int] {
    bytes.withUnsafeBufferPointer { buffer in
      var counter = LineCounter(buffer)
      return offsets.map { counter.line(at: $0) }
    }
  }

  @Test func `lines are counted from one, and a line feed belongs to the line it ends`() {
    #expect(lines(Array("a\nb\n\nc".utf8), [0, 1, 2, 3, 4, 5]) == [1, 1, 2, 2, 3, 4])
  }

  @Test func `a carriage return makes no line of its own`() {
    #expect(lines(Array("a\r\nb\rc\n".utf8), [0, 1, 2, 3, 5, 7]) == [1, 1, 1, 2, 2, 3])
  }

  @Test func `offsets outside of the text are taken for its ends`() {
    #expect(lines(Array("a\nb".utf8), [-5, 3, 4, Int.max, Int.min]) == [1, 2, 2, 2, 1])
    #expect(lines([], [0, 1, -1]) == [1, 1, 1])
  }

  @Test func `every line is what a naive count says, in any order of asking`() {
    var random = SeededGenerator(seed: 10)
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...100, using: &random)).map { _ -> UInt8 in
        // Neighbours of the line feed, and bytes whose high bit is set, are where arithmetic on words goes wrong.
        [0x0A, 0x0A, 0x0B, 0x09, 0x8A, 0x00, 0xFF, 0x0D, 0x61].randomElement(using: &random) ?? 0x0A
      }
      let offsets = (0..<20).map { _ in Int.random(in: 0...bytes.count, using: &random) }
      let naive = offsets.map { offset in 1 + bytes[..<offset].count { $0 == 0x0A } }
      #expect(lines(bytes, offsets) == naive)
      let ascending = offsets.sorted()
      #expect(lines(bytes, ascending) == ascending.map { offset in 1 + bytes[..<offset].count { $0 == 0x0A } })
    }
  }
}
