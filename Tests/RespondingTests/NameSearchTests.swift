// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Responding

@Suite struct NameSearchTests {
  private func mayBe(_ text: String, _ packages: Package...) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { NameSearch(packages).mayBeIn($0) }
  }

  private let npm = Package(ecosystem: .npm, name: "node-ipc", version: nil)
  private let pypi = Package(ecosystem: .pypi, name: "some-thing", version: nil)

  @Test func `a lockfile without the name is told apart without being read`() {
    #expect(mayBe(#"{"node_modules/node-ipc": {}}"#, npm))
    #expect(!mayBe(#"{"node_modules/event-pubsub": {}}"#, npm))
  }

  @Test(arguments: ["Some_Thing==1.0", "some.thing==1.0", "SOME-THING==1.0"])
  func `Python's names are found in every spelling`(text: String) {
    #expect(mayBe(text, pypi))
  }

  @Test func `a Python package of another name is not`() {
    #expect(!mayBe("requests==2.0", pypi))
  }

  @Test func `a name that may be escaped may be anywhere`() {
    #expect(mayBe(#"{"node_modules/node\u002dipc": {}}"#, npm))
    #expect([UInt8]([0xFF, 0xFE, 0x6E, 0x00]).withUnsafeBufferPointer { NameSearch([npm]).mayBeIn($0) })
  }

  @Test func `of many names none is looked for first`() {
    let many = (0..<40).map { Package(ecosystem: .npm, name: "p\($0)", version: nil) }
    #expect(Array("nothing".utf8).withUnsafeBufferPointer { NameSearch(many).mayBeIn($0) })
  }
}
