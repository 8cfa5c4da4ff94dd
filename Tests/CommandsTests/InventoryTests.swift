// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite struct InventoryTests {
  @Test func `each sighting is a line of purl, kind and place`() throws {
    let folder = try TemporaryFolder()
    try folder.addLocked()
    expect(
      try run("inventory", "locked", in: folder),
      is: """
        exit 0
        | pkg:npm/node-ipc@9.2.3\tlocked\tlocked/package-lock.json:5
        | pkg:npm/vue-cli@1.0.0\tlocked\tlocked/package-lock.json:8

        """)
  }

  @Test func `what could not be read is told on standard error, and makes the exit status 2`() throws {
    let folder = try TemporaryFolder()
    try folder.addTruncated()
    expect(
      try run("inventory", "truncated", in: folder),
      is: """
        exit 2
        | pkg:npm/a@1.0.0\tlocked\ttruncated/package-lock.json:1
        ! What could not be read, and may hide something
        !   Ends in the middle (1)
        !     truncated/package-lock.json:1
        !     hint: restore it, or let the package manager write it anew

        """)
  }

  @Test func `an inventory does not judge`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    expect(
      try run("inventory", "bad", in: folder),
      is: """
        exit 0
        | pkg:npm/node-ipc@9.1.6\tinstalled\tbad/node_modules/node-ipc/package.json

        """)
  }

  @Test func `every line of NDJSON is an object of its own`() throws {
    let folder = try TemporaryFolder()
    try folder.addLocked()
    let outcome = try run("inventory", "locked", "--format", "ndjson", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.output.last == UInt8(ascii: "\n"))
    let lines = try outcome.output.split(separator: UInt8(ascii: "\n")).map {
      try #require(JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
    #expect(lines.map { $0["purl"] as? String } == ["pkg:npm/node-ipc@9.2.3", "pkg:npm/vue-cli@1.0.0"])
    #expect(lines.map { $0["name"] as? String } == ["node-ipc", "vue-cli"])
    #expect(lines.map { $0["version"] as? String } == ["9.2.3", "1.0.0"])
    #expect(lines.map { $0["ecosystem"] as? String } == ["npm", "npm"])
    #expect(lines.map { $0["path"] as? String } == ["locked/package-lock.json", "locked/package-lock.json"])
    #expect(lines.map { $0["line"] as? Int } == [5, 8])
    #expect(lines.map { $0["kind"] as? String } == ["locked", "locked"])
    #expect(lines.map { $0["confidence"] as? String } == ["exact", "exact"])
    #expect(lines.map { $0["via"] as? [String] } == [["vue-cli@1.0.0"], []])
  }

  @Test func `an inventory without a package takes away what the file held before`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("empty")
    let answer = try folder.write("an older answer", to: "answer")
    #expect(try run("inventory", "empty", "--output", "answer", in: folder).transcript == "exit 0\n")
    #expect(try Data(contentsOf: URL(filePath: answer)).isEmpty)
  }
}
