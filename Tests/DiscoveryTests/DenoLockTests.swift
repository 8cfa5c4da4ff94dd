// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Discovery

/// Points of `deno.lock` that its fixtures do not show.
struct DenoLockTests {
  private func read(_ text: String, limits: Limits = Limits()) -> Reading.Outcome {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      Reading.read(
        bytes,
        .init(extractor: DenoLock.self, place: FilePlace(path: "/project/deno.lock"), limits: limits, wantsPaths: true))
    }
  }

  @Test(arguments: [
    ("node-ipc@9.2.3", "node-ipc", "9.2.3"), ("@scope/name@1.0.0-rc.1+b", "@scope/name", "1.0.0-rc.1+b"),
    ("a@1.0.0_b@2.0.0__c@3.0.0", "a", "1.0.0"), ("with_underscore@1.0.0", "with_underscore", "1.0.0"),
    ("@scope/a@1.0.0_@other+b@2.0.0", "@scope/a", "1.0.0"),
  ])
  func `a key names package and version`(key: String, name: String, version: String) {
    let outcome = read(#"{ "version": "5", "npm": { "\#(key)": {} } }"#)
    #expect(outcome.packages.map(\.name) == [name])
    #expect(outcome.packages.map(\.version) == [version])
    #expect(outcome.problems.isEmpty)
  }

  @Test func `of endless odd entries a thousand are told, and that there are more`() {
    let odd = (0..<1500).map { "\"odd\($0)\": {}" }.joined(separator: ",\n")
    let outcome = read(#"{ "version": "5", "npm": { \#(odd), "node-ipc@9.2.3": {} } }"#)
    #expect(outcome.problems.count == 1001)
    #expect(outcome.problems.first?.reason == .entryNotUnderstood)
    #expect(outcome.problems.last?.reason == .tooMany)
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3"])
  }

  @Test(arguments: [
    (#"{ "os": ["linux"] }"#, true), (#"{ "cpu": ["x64"] }"#, true), (#"{ "bin": true }"#, false),
  ])
  func `a package for one system is optional`(entry: String, isOptional: Bool) {
    let outcome = read(#"{ "version": "5", "npm": { "node-ipc@9.2.3": \#(entry) } }"#)
    #expect(outcome.packages.map(\.isOptional) == [isOptional])
  }

  @Test(
    arguments: [
      ("https://esm.sh/node-ipc@9.2.3", "node-ipc", "9.2.3", nil),
      ("https://esm.sh/stable/node-ipc@9.2.3/x.mjs", "node-ipc", "9.2.3", nil),
      ("https://esm.sh/name", "name", nil, nil), ("https://esm.sh/name@~1.2", "name", nil, "~1.2"),
      ("https://esm.sh/hls.js@1.0.0", "hls.js", "1.0.0", nil),
      ("http://unpkg.com/name@v1.0.0/x.js", "name", "1.0.0", nil),
      ("https://unpkg.com/@scope/name@1.0.0-rc.1", "@scope/name", "1.0.0-rc.1", nil),
      ("https://fastly.jsdelivr.net/npm/name@1.0.0/x.js", "name", "1.0.0", nil),
      ("https://cdn.skypack.dev/name@1.0.0-rc.1?dts", "name", "1.0.0-rc.1", nil),
      ("https://cdn.skypack.dev/pin/name@v1.0.0-rc.1-0123456789abcdefghij/x.js", "name", "1.0.0-rc.1", nil),
      ("https://jspm.dev/npm:@scope/name@1.0.0!cjs", "@scope/name", "1.0.0", nil),
      ("https://jspm.dev/name@1", "name", nil, "1"),
      ("https://registry.example/any/@scope/name/-/name-1.0.0.tgz", "@scope/name", "1.0.0", nil),
    ] as [(String, String, String?, String?)])
  func `a server of packages names them in its addresses`(
    address: String, name: String, version: String?, requirement: String?
  ) throws {
    let outcome = read(#"{ "version": "4", "remote": { "\#(address)": "aa" } }"#)
    let package = try #require(outcome.packages.first)
    #expect(outcome.packages.count == 1)
    #expect(package.name == name)
    #expect(package.version == version)
    #expect(package.requirement == requirement)
    #expect(package.confidence == .partial)
    #expect(outcome.problems.isEmpty)
  }

  @Test(arguments: [
    "https://deno.land/std@0.140.0/node-ipc@9.2.3.ts", "https://esm.sh/gh/team/node-ipc@9.2.3",
    "https://esm.sh/node/process.mjs", "https://esm.sh/v135/node_process.js", "https://esm.sh/", "https://unpkg.com",
    "https://cdn.jsdelivr.net/gh/team/node-ipc@9.2.3/x.js", "https://jspm.dev/gh:team/node-ipc@9.2.3",
    "https://esm.sh.example/node-ipc@9.2.3", "https://files.example/esm.sh/node-ipc@9.2.3", "data:text/javascript,1",
    "file:///esm.sh/node-ipc@9.2.3",
  ])
  func `an address of no registry is understood and left out`(address: String) {
    let outcome = read(#"{ "version": "4", "remote": { "\#(address)": "aa" } }"#)
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems.isEmpty)
  }

  @Test(arguments: [
    "https://unpkg.com/@scope", "https://cdn.jsdelivr.net/combine/npm/node-ipc@9.2.3", "odd:node-ipc@9.2.3",
  ])
  func `an address that cannot be understood is named`(address: String) {
    let outcome = read(#"{ "version": "4", "remote": { "\#(address)": "aa" } }"#)
    #expect(outcome.problems == [.init(.entryNotUnderstood, arguments: [address], line: 1)])
  }

  @Test func `a JSR package is no npm package of the same name`() {
    let outcome = read(#"{ "version": "4", "jsr": { "@std/path@1.0.6": {} }, "npm": { "@std/path@1.0.6": {} } }"#)
    #expect(outcome.packages.map(\.ecosystem) == [.jsr, .npm])
  }

  @Test(arguments: [
    (#"{ "version": "4" }"#, true), (#"{ "version": "4", "workspace": { "dependencies": [] } }"#, true),
    (#"{ "https://files.example/x.ts": "aa" }"#, true), (#"{}"#, false),
    (#"{ "version": "4", "elsewhere": {} }"#, false), (#"{ "version": "3", "packages": { "elsewhere": {} } }"#, false),
  ])
  func `a list without packages is right only where the file is understood`(text: String, isRight: Bool) {
    let outcome = read(text)
    #expect(outcome.packages.isEmpty)
    #expect(outcome.problems == (isRight ? [] : [.init(.nothingRecognised)]))
  }

  @Test func `in the list of version 1 a key that is no address is named`() {
    let outcome = read(#"{ "https://esm.sh/node-ipc@9.2.3": "aa", "stray": "bb" }"#)
    #expect(outcome.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(outcome.problems == [.init(.entryNotUnderstood, arguments: ["stray"], line: 1)])
  }

  @Test func `a specifier for any version is found with its star and without`() {
    let outcome = read(
      #"""
      { "version": "4", "specifiers": { "npm:outer": "1.0.0", "npm:node-ipc@9": "9.2.3" },
        "npm": { "outer@1.0.0": { "dependencies": ["node-ipc"] }, "node-ipc@9.2.3": {} },
        "workspace": { "members": { "web": { "dependencies": ["npm:outer@*", "npm:node-ipc@9"] } } } }
      """#)
    #expect(outcome.paths == [["web"], ["web"]])
  }

  @Test func `more entries than the limit are a problem`() {
    let outcome = read(
      #"{ "version": "5", "npm": { "a@1.0.0": {}, "node-ipc@9.2.3": {} } }"#, limits: Limits(entriesPerFile: 1))
    #expect(outcome.packages.map(\.name) == ["a"])
    #expect(outcome.problems == [.init(.tooMany, arguments: ["1"], line: 1)])
  }

  @Test func `no cut goes unnoticed`() {
    let text = #"{ "version": "4", "specifiers": { "npm:node-ipc@9": "9.2.3" }, "npm": { "node-ipc@9.2.3": {} } }"#
    for length in 1..<text.utf8.count {
      let outcome = read(String(decoding: text.utf8.prefix(length), as: UTF8.self))
      #expect(!outcome.problems.isEmpty, "cut after \(length) bytes")
    }
  }
}
