// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Foundation
import Inventory
import TestSupport
import Testing

@testable import History

@Suite struct HostileTracesTests {
  private static let texts = [
    (
      ".npm/_cacache/index-v5/ab/cd/ef01",
      "\n0\t{\"key\":\"make-fetch-happen:request-cache:https://r.example/node-ipc/-/node-ipc-9.1.6.tgz\",\"integrity\":\"sha512-ab\",\"time\":1}"
    ),
    (
      ".npm/_logs/2026-05-14T15_02_11_123Z-debug-0.log",
      "1 silly placeDep ROOT node-ipc@9.1.6 OK for: a\n2 silly ADD node_modules/node-ipc\n3 http fetch GET 200 https://r.example/node-ipc/-/node-ipc-9.1.6.tgz 1ms\n4 verbose cwd /x"
    ),
    (".bash_history", "#1778770931\nnpm --prefix x i 'node-ipc@9.1.6' && python -m pip install \\\n a==1\n: 1:0;x"),
    (".local/share/fish/fish_history", "- cmd: npm i node-ipc\\n\n  when: 1778770931\n"),
    (".pip/pip.log", "2026-05-14T15:02:13,123 Successfully installed a-1.0\n  Downloading a-1.0-py3-none-any.whl"),
    (".local/share/pnpm/store/v11/index.db", "\u{1}sha512-x\tnode-ipc@9.1.6\u{81}"),
    (".local/share/pnpm/store/v3/files/ab/0-index.json", "{\"name\":\"node-ipc\",\"version\":\"9.1.6\"}"),
  ]

  @Test(arguments: texts.map(\.0))
  func `no bytes trap`(path: String) throws {
    let text = try #require(Self.texts.first { $0.0 == path }?.1)
    var generator = SeededGenerator(seed: 7, name: path)
    let home = try TraceHome()
    for _ in 0..<150 {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
      try home.folder.write(bytes, to: path)
      let traces = home.traces(of: [TraceHome.nodeIPC, Package(ecosystem: .pypi, name: "a", version: "1.0")])
      #expect(traces.readings.contains { $0.state == .read })
    }
  }

  @Test func `a folder that may not be read is told`() throws {
    // The superuser may read everything.
    guard getuid() != 0 else { return }
    let home = try TraceHome()
    let path = try home.folder.makeFolder(".npm/_cacache/index-v5/ab")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    #expect(home.traces().problems.map(\.reason) == [.permissionDenied])
  }

  @Test(arguments: ["..", ".", "a/..", "a/../b", "a//b", "/b", "", "a/./b", "a\0b", "link", "link/b"])
  func `a path that leads elsewhere than it says opens nothing`(path: String) throws {
    let home = try TraceHome()
    try home.folder.makeFolder("a/b")
    try home.folder.makeFolder("b")
    try home.folder.link("link", to: "a")
    let folder = TraceFolder(
      path: home.folder.path, descriptor: Descriptor(owning: open(home.folder.path, O_RDONLY | O_DIRECTORY)))
    #expect(throws: SystemError.self) { try folder.folder(Array(path.utf8)) }
    #expect(throws: Never.self) { try folder.folder(Array("a/b".utf8)) }
  }

  @Test func `nothing wanted is nothing read`() throws {
    let home = try TraceHome()
    try home.folder.write("npm i x", to: ".bash_history")
    #expect(home.traces(of: []).readings.isEmpty)
  }

  @Test func `a home outside of what may be read is told of every place`() throws {
    let home = try TraceHome()
    let traces = Traces(of: WantedPackages([TraceHome.nodeIPC]), in: home.roots, home: "/elsewhere", now: TraceHome.now)
    #expect(!traces.readings.isEmpty)
    #expect(Set(traces.readings.map(\.state)) == [.outside])
  }
}
