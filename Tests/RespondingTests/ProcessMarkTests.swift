// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

@Suite struct ProcessMarkTests {
  private func isIn(_ words: [String], _ mark: ProcessMark, environment: Bool = false) -> Bool {
    let bytes = Array(words.joined(separator: "\0").utf8) + [0]
    return bytes.withUnsafeBufferPointer {
      environment ? mark.isIn(environment: $0) : mark.isIn(commandLine: $0)
    }
  }

  @Test func `a variable is told whole, among prose`() throws {
    let mark = try #require(ProcessMark("node with __ntw=1 in its environment"))
    #expect(isIn(["PATH=/bin", "__ntw=1", "HOME=/home/anna"], mark, environment: true))
    #expect(!isIn(["PATH=/bin", "__ntw=10"], mark, environment: true))
    #expect(!isIn(["X=__ntw=1"], mark, environment: true))
    #expect(!isIn(["node", "__ntw=1"], mark))
  }

  @Test func `a script is told by its name, wherever it lies`() throws {
    let mark = try #require(ProcessMark("detached node running node-ipc.cjs"))
    #expect(isIn(["node", "/home/anna/shop/node_modules/node-ipc/node-ipc.cjs"], mark))
    #expect(!isIn(["node", "/home/anna/my-node-ipc.cjs"], mark))
    #expect(!isIn(["vim", "/home/anna/shop/node_modules/node-ipc/node-ipc.cjs"], mark))
  }

  @Test func `a program's options must be there too`() throws {
    let mark = try #require(ProcessMark("git-credential-manager --daemon"))
    #expect(isIn(["/home/anna/.local/share/gcm/git-credential-manager", "--daemon"], mark))
    #expect(!isIn(["/usr/bin/git-credential-manager", "get"], mark))
  }

  @Test func `a name far behind in the arguments is somebody's search for it`() throws {
    let mark = try #require(ProcessMark("pgmon"))
    #expect(isIn(["python3", "/home/anna/.local/share/pgmon"], mark))
    #expect(!isIn(["grep", "-r", "-i", "-n", "pgmon", "."], mark))
  }

  @Test func `prose without a name tells nothing`() {
    #expect(ProcessMark("ScreenConnect client that nobody in the firm installed") == nil)
  }
}
