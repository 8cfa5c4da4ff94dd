// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

@testable import History

@Suite struct PNPMStoreTests {
  private static let scoped = Package(ecosystem: .npm, name: "@acme/tool", version: "1.0.0")
  private static let store = ".local/share/pnpm/store/"

  private func packages(_ bytes: some Sequence<UInt8>, _ path: String) throws -> [Package] {
    let home = try TraceHome()
    try home.folder.write(bytes, to: Self.store + path)
    let traces = home.traces(of: [TraceHome.nodeIPC, Self.scoped])
    #expect(traces.reading(.pnpmStore)?.state == .read)
    #expect(traces.sightings.allSatisfy { $0.degree == .onDisk && $0.to == nil })
    return traces.sightings.map(\.package)
  }

  @Test func `generation 3 has the name in each index`() throws {
    let path = "v3/files/ab/0123abcd-index.json"
    #expect(
      try packages(Array("{\"name\":\"node-ipc\",\"version\":\"9.1.6\",\"files\":{}}".utf8), path) == [
        TraceHome.nodeIPC
      ])
    #expect(try packages(Array("{\"name\":\"node-ipc\",\"version\":\"9.1.5\",\"files\":{}}".utf8), path).isEmpty)
    #expect(try packages(Array("{\"files\":{\"node-ipc\":{\"version\":\"9.1.6\"}}}".utf8), path).isEmpty)
    #expect(try packages(Array("{\"name\":\"node-ipc\",\"vers".utf8), path).isEmpty)
  }

  @Test func `generation 10 has it in the index's name`() throws {
    #expect(try packages([], "v10/index/ab/0123abcd-node-ipc@9.1.6.json") == [TraceHome.nodeIPC])
    #expect(try packages([], "v10/index/ab/0123abcd-@acme+tool@1.0.0.json") == [Self.scoped])
    #expect(try packages([], "v10/index/ab/0123abcd-node-ipc-x@9.1.6.json").isEmpty)
    #expect(try packages([], "v10/index/ab/0123abcd-node-ipc@9.1.5.json").isEmpty)
    #expect(try packages([], "v10/index/ab/node-ipc@9.1.6.json").isEmpty)
  }

  @Test func `generation 11 has it in the keys of a database`() throws {
    func row(_ name: String) -> [UInt8] { [0x81, 0x10] + Array("sha512-abc==\t\(name)".utf8) + [0xD4, 0x72, 0x40] }
    #expect(
      try packages(row("node-ipc@9.1.6") + row("@acme/tool@1.0.0"), "v11/index.db") == [TraceHome.nodeIPC, Self.scoped])
    #expect(try packages(row("node-ipc@9.1.6"), "v11/index.db-wal") == [TraceHome.nodeIPC])
    #expect(
      try packages(
        row("node-ipc@9.1.60") + row("node-ipc-x@9.1.6") + Array("sha512-abc==\tnode-ipc@9.1.6".utf8), "v11/index.db"
      ).isEmpty)
  }
}
