// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

@Suite struct TracePatternTests {
  @Test(arguments: ["node_modules/node-ipc/node-ipc.cjs", "setup.js", "~/.bashrc", "~/.zshrc", "$TMPDIR/.<random>"])
  func `what lies anywhere, what everybody has and what has no name of its own is no trace by its path`(text: String) {
    #expect(TracePattern(text) == nil)
  }

  @Test func `a folder that is made for each run is looked for itself`() throws {
    let pattern = try #require(TracePattern("$TMPDIR/nt-<pid>/<machine-id>.tar.gz"))
    #expect(
      pattern.signs == [
        Sign(kind: .file, path: "$TMPDIR/nt-*/*.tar.gz"), Sign(kind: .folder, path: "$TMPDIR/nt-*/*.tar.gz"),
        Sign(kind: .folder, path: "$TMPDIR/nt-*"),
      ])
  }

  @Test(arguments: [
    ("/tmp/nt-4711", true), ("/tmp/nt-4711/abc.tar.gz", true), ("/tmp/nt-build", false), ("/tmp/nt-", false),
    ("/tmp/nt-47a", false),
  ])
  func `where the record has a process's number, only digits fit`(path: String, fits: Bool) throws {
    let pattern = try #require(TracePattern("$TMPDIR/nt-<pid>/<machine-id>.tar.gz"))
    #expect(pattern.takes(path) == fits)
  }

  @Test func `a path with a slash at its end is a folder alone`() throws {
    let pattern = try #require(TracePattern("~/.truffler-cache/"))
    #expect(pattern.signs == [Sign(kind: .folder, path: "~/.truffler-cache")])
  }
}
