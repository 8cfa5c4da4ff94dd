// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Discovery

/// Points of `bun.lock` that its fixtures do not show.
struct BunLockTests {
  private func read(_ text: String, limits: Limits = Limits()) -> Reading.Outcome {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      Reading.read(
        bytes,
        .init(extractor: BunLock.self, place: FilePlace(path: "/project/bun.lock"), limits: limits, wantsPaths: true))
    }
  }

  private func lockfile(_ entries: String) -> String {
    #"{ "lockfileVersion": 1, "workspaces": { "": { "dependencies": { "node-ipc": "*" } } }, "packages": { \#(entries) } }"#
  }

  @Test(arguments: [
    (#"["node-ipc@9.2.3", "", { "os": "linux" }, ""]"#, true),
    (#"["node-ipc@9.2.3", "", { "cpu": ["x64", "arm64"] }, ""]"#, true),
    (#"["node-ipc@9.2.3", "", { "bin": "x.js" }, ""]"#, false),
  ])
  func `a package for one system is optional`(entry: String, isOptional: Bool) {
    let outcome = read(lockfile(#""node-ipc": \#(entry)"#))
    #expect(outcome.packages.map(\.isOptional) == [isOptional])
    #expect(outcome.problems.isEmpty)
  }

  @Test(arguments: [
    ("node-ipc@npm:real@9.2.3", "real", "9.2.3"), ("x@npm:@scope/real@1.0.0-rc.1", "@scope/real", "1.0.0-rc.1"),
    ("@scope/name@v1.2.3+build", "@scope/name", "1.2.3+build"),
    ("node-ipc@file:x/node-ipc-9.1.6.tgz", "node-ipc", "9.1.6"),
    ("@scope/name@./scope-name-1.0.0.tar.gz", "@scope/name", "1.0.0"),
    ("name@https://registry.example/name/-/name-2.0.0.tgz", "name", "2.0.0"), ("name@./other-1.0.0.tgz", "name", nil),
    ("name@gitlab:team/project#abc", "name", nil), ("name@git@git.example:team/project.git#abc", "name", nil),
  ])
  func `an entry's first element names package and version`(text: String, name: String, version: String?) {
    let outcome = read(lockfile(#""key": ["\#(text)"]"#))
    #expect(outcome.packages.map(\.name) == [name])
    #expect(outcome.packages.map(\.version) == [version])
    #expect(outcome.problems.isEmpty)
  }

  @Test(arguments: [
    "", "node-ipc", "@", "@scope/name", "node-ipc@", "node-ipc@latest", "node-ipc@^9.2.3", "@1.0.0", "x@npm:",
  ])
  func `an entry without a version is named`(text: String) {
    let outcome = read(lockfile(#""key": ["\#(text)"]"#))
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems == [.init(.entryNotUnderstood, arguments: ["key"], line: 1)])
  }

  @Test func `escapes in names are decoded`() {
    let outcome = read(lockfile(#""node\u002dipc": ["node\u002dipc@9.2.3", "", {}, ""]"#))
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(outcome.paths == [[]])
  }

  @Test func `more entries than the limit are a problem`() {
    let outcome = read(
      lockfile(#""a": ["a@1.0.0"], "b": ["b@1.0.0"], "node-ipc": ["node-ipc@9.2.3"]"#),
      limits: Limits(entriesPerFile: 2))
    #expect(outcome.packages.map(\.name) == ["a", "b"])
    #expect(outcome.packages.allSatisfy { $0.confidence == .partial })
    #expect(outcome.problems == [.init(.tooMany, arguments: ["2"], line: 1)])
  }

  /// The member's name is a path of `depth - 1` names, below which lies what only the member sees.
  @Test(arguments: [(2, ["deep"]), (256, ["deep"]), (257, [])])
  func `a key nested deeper than the limit is a package whose origin is not known`(depth: Int, via: [String]) {
    let name = Array(repeating: "a", count: depth - 1).joined(separator: "/")
    let outcome = read(
      #"""
      { "lockfileVersion": 1, "workspaces": { "deep": { "name": "\#(name)", "dependencies": { "node-ipc": "*" } } },
        "packages": { "\#(name)/node-ipc": ["node-ipc@9.2.3", "", {}, ""] } }
      """#)
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(outcome.paths == [via])
    #expect(outcome.problems.isEmpty)
  }

  @Test func `a missing version of the format is a problem`() {
    let outcome = read(#"{ "packages": { "node-ipc": ["node-ipc@9.2.3"] } }"#)
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(outcome.problems == [.init(.entryNotUnderstood, arguments: ["lockfileVersion"])])
  }

  @Test(arguments: [
    (#"{ "lockfileVersion": 1, "workspaces": { "": { "name": "app" } } }"#, true),
    (#"{ "lockfileVersion": 1, "workspaces": { "": { "peerDependencies": { "x": "*" } } }, "packages": {} }"#, true),
    (#"{ "lockfileVersion": 1, "workspaces": { "": { "devDependencies": { "x": "*" } } }, "packages": {} }"#, false),
    (#"{ "lockfileVersion": 1, "workspaces": { "": {} }, "elsewhere": {} }"#, false),
    (#"{ "lockfileVersion": 1 }"#, false),
  ])
  func `a list without packages is right only where nothing is asked for`(text: String, isRight: Bool) {
    let outcome = read(text)
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems == (isRight ? [] : [.init(.nothingRecognised)]))
  }

  @Test func `no cut goes unnoticed`() {
    let text = lockfile(#""node-ipc": ["node-ipc@9.2.3", "", {}, ""], "x": ["x@1.0.0", "", {}, ""]"#)
    for length in 1..<text.utf8.count {
      let outcome = read(String(decoding: text.utf8.prefix(length), as: UTF8.self))
      #expect(!outcome.problems.isEmpty, "cut after \(length) bytes")
    }
  }
}
