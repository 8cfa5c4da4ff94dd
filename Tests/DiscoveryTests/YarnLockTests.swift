// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Discovery

@Suite struct YarnLockTests {
  // MARK: Patterns

  @Test(arguments: [
    ("a@^1.0.0", "a", "a", YarnPattern.Kind.registry), ("@s/a@1", "@s/a", "@s/a", .registry),
    ("a", "a", "a", .registry),
    ("a@", "a", "a", .registry), ("a@>= 1 < 2 || ^3", "a", "a", .registry), ("a@latest", "a", "a", .registry),
    ("talk@npm:node-ipc@9.2.3", "talk", "node-ipc", .registry), ("a@npm:@s/b@^1.0.0", "a", "@s/b", .registry),
    ("a@npm:b", "a", "b", .registry), ("a@npm:@s/b", "a", "@s/b", .registry), ("a@npm:^1.0.0", "a", "a", .registry),
    ("node-ipc@npm:other@1.0.0", "node-ipc", "other", .registry),
    ("a@file:../b", "a", "a", .folder), ("a@link:../b", "a", "a", .folder), ("a@./b", "a", "a", .folder),
    ("a@../b", "a", "a", .folder), ("a@/b", "a", "a", .folder), ("a@~/b", "a", "a", .folder),
    ("a@workspace:b", "a", "a", .folder), ("a@portal:b", "a", "a", .folder),
    ("a@file:b.tgz#0123", "a", "a", .address), ("a@./b.tar.gz", "a", "a", .address), ("a@team/b", "a", "a", .address),
    ("a@github:team/b", "a", "a", .address), ("a@https://files.example/b.tgz", "a", "a", .address),
    ("a@git@git.example:team/b.git", "a", "a", .address), ("https://files.example/b.tgz", "", "", .address),
    ("git+ssh://git@git.example/team/b.git", "", "", .address), ("team/b", "", "", .address),
    ("@s@1", "", "", .address),
    ("", "", "", .address),
  ])
  func `a pattern gives the name in the project, the real name and where it leads`(
    text: String, name: String, realName: String, kind: YarnPattern.Kind
  ) {
    var text = text
    text.withUTF8 { bytes in
      let pattern = YarnPattern(bytes, isClassic: true)
      #expect(pattern.name.string == name)
      #expect(pattern.realName.string == realName)
      #expect(pattern.kind == kind)
    }
  }

  @Test func `what yarn 1 takes for an alias is a tag for later yarns`() {
    var text = "node-gyp@npm:latest"
    text.withUTF8 { bytes in
      #expect(YarnPattern(bytes, isClassic: false).realName.string == "node-gyp")
      #expect(YarnPattern(bytes, isClassic: true).realName.string == "latest")
    }
  }

  // MARK: Locators

  @Test(arguments: [
    ("a@npm:1.0.0", "a", "1.0.0"), ("@s/a@npm:v1.0.0-rc.1+b", "@s/a", "1.0.0-rc.1+b"), ("a@1.0.0", "a", "1.0.0"),
    ("a@virtual:0123#npm:1.0.0", "a", "1.0.0"), ("talk@npm:node-ipc@9.2.3", "node-ipc", "9.2.3"),
    ("a@npm:1.0.0::__archiveUrl=https%3A%2F%2Fregistry.example%2Fa.tgz", "a", "1.0.0"),
    ("a@npm:@s/b@1.0.0#https%3A%2F%2Fregistry.example%2Fb.tgz", "@s/b", "1.0.0"),
    ("a@patch:a@npm%3A1.0.0#~/.yarn/patches/a.patch::version=2.0.0&hash=0", "a", "1.0.0"),
    ("talk@patch:node-ipc@npm%3A9.2.3#x", "node-ipc", "9.2.3"), ("a@patch:a@1.0.0#builtin<compat/a>", "a", "1.0.0"),
    ("a@patch:%40s%2Fb@npm%3A1.0.0#x", "@s/b", "1.0.0"),
    ("a@virtual:01#patch:b@virtual%3A2%23npm%3A1.0.0#x", "b", "1.0.0"),
  ])
  func `a locator of a registry gives the real name and the version`(text: String, name: String, version: String) {
    let locator = YarnLocator(text)
    #expect(locator.name == name)
    #expect(locator.version == version)
    #expect(locator.kind == .registry)
  }

  @Test(arguments: [
    ("a@workspace:packages/a", YarnLocator.Kind.folder, "packages/a" as String?), ("a@workspace:.", .folder, "."),
    ("a@link:../a::locator=b%40workspace%3A.", .folder, "../a"), ("a@portal:../a", .folder, "../a"),
    ("a@file:../a#../a::hash=0&locator=b", .folder, "../a"), ("a@file:./a.tgz::hash=0", .foreign, "file:./a.tgz"),
    ("a@https://git.example/a.git#commit=01", .foreign, "https://git.example/a.git#commit=01"),
    ("a@git@git.example:team/a.git#commit=01", .foreign, "git@git.example:team/a.git#commit=01"),
    ("a@https://files.example/a.tgz::hash=0", .foreign, "https://files.example/a.tgz"),
    ("a@exec:./a.js", .foreign, "exec:./a.js"),
    ("node@builtin:22.0.0", .runtime, nil), ("a@npm:1.0.0", .registry, nil),
    ("a", .unclear, nil), ("", .unclear, nil), ("@s/a", .unclear, nil), ("a@", .unclear, nil),
    ("a@virtual:0", .unclear, nil),
    ("a@patch:b", .unclear, nil), ("a@latest", .unclear, nil), ("a/b@npm:1.0.0", .unclear, nil),
  ])
  func `a locator tells what it stands for and where that is`(text: String, kind: YarnLocator.Kind, address: String?) {
    let locator = YarnLocator(text)
    #expect(locator.kind == kind)
    #expect(locator.address == address)
  }

  @Test func `patches of patches do not go deep`() {
    let text = "a@" + String(repeating: "virtual:0#", count: 100_000) + "npm:1.0.0"
    #expect(YarnLocator(text).kind == .unclear)
    #expect(YarnLocator("a@virtual:0#virtual:1#npm:1.0.0").version == "1.0.0")
  }

  @Test(arguments: [
    ("%6eode-ipc", "node-ipc"), ("a%2Fb", "a/b"), ("100%", "100%"), ("%zz%4", "%zz%4"), ("%25%32%35", "%25"),
  ])
  func `percent signs are decoded once, and stay where they mean nothing`(text: String, decoded: String) {
    #expect(YarnLocator.percentDecoded(text[...]) == decoded)
  }

  // MARK: Notations

  @Test(arguments: [
    ("# yarn lockfile v1\n\na@1:\n", YarnLock.Notation.classic), ("a@1:\n  __metadata: 1\n", .classic),
    ("\"__metadata@1\":\n  version \"1\"\n", .classic), ("", .classic),
    ("__metadata:\n  version: 8\n", .yaml(hasClassicHeader: false)),
    ("\"a@npm:1\":\n  version: 1\n\"__metadata\":\n", .yaml(hasClassicHeader: false)),
    ("# yarn lockfile v1\n__metadata:\n", .yaml(hasClassicHeader: true)),
    ("---\na: 1\n", .yaml(hasClassicHeader: false)),
    ("  {\n", .json),
  ])
  func `the text tells its notation`(text: String, notation: YarnLock.Notation) {
    var text = text
    #expect(text.withUTF8 { YarnLock.Notation(of: $0) } == notation)
  }

  // MARK: Yarn 1

  @Test func `a name in the entry that is none of its own is reported as well`() throws {
    let text = header + "harmless@^1.0.0:\n  name node-ipc\n  version \"9.2.3\"\n"
    let extraction = try extract(text)
    #expect(extraction.packages.map(\.title) == ["harmless@9.2.3", "node-ipc@9.2.3"])
    #expect(extraction.packages.map(\.confidence) == [.exact, .partial])
    let own = try extract(header + "\"talk@npm:node-ipc@9.2.3\":\n  name talk\n  version \"9.2.3\"\n")
    #expect(own.packages.map(\.title) == ["node-ipc@9.2.3"])
  }

  @Test func `an entry for several names is a sighting of each`() throws {
    let extraction = try extract(header + "harmless@^9.0.0, node-ipc@^9.2.1, node-ipc@^9.2.0:\n  version \"9.2.3\"\n")
    #expect(extraction.packages.map(\.title) == ["harmless@9.2.3", "node-ipc@9.2.3"])
  }

  @Test func `a folder with an address is no folder`() throws {
    let text =
      header
      + "\"a@file:../a\":\n  version \"1.0.0\"\n  resolved \"https://registry.example/node-ipc/-/node-ipc-9.2.3.tgz\"\n"
    let extraction = try extract(text)
    #expect(extraction.packages.map(\.title) == ["a@1.0.0", "node-ipc@9.2.3"])
    #expect(try extract(header + "\"a@file:../a\":\n  version \"1.0.0\"\n").packages.isEmpty)
    let both = header + "\"a@file:../a\", a@^1.0.0:\n  version \"1.0.0\"\n"
    #expect(try extract(both).packages.map(\.title) == ["a@1.0.0"])
  }

  @Test func `a nameless address without a name in its entry is told`() throws {
    let extraction = try extract(header + "\"https://user:secret@files.example/a.tgz\":\n  version \"1.0.0\"\n")
    #expect(extraction.packages.isEmpty)
    #expect(
      extraction.problems == [.init(.entryNotUnderstood, arguments: ["\"https://files.example/a.tgz\":"], line: 4)])
  }

  @Test func `the last of two values counts, as it does for yarn`() throws {
    let extraction = try extract(header + "node-ipc@^9.2.1:\n  version \"9.2.1\"\n  version \"9.2.3\"\n")
    #expect(extraction.packages.map(\.version) == ["9.2.3"])
  }

  @Test(arguments: [
    "a@1 \"x\":", "a@1: \"x\"", "'a@1':", "a@1,:", "\"a@1:", "a@1\"b:", "a\tb@1:", "a@1", ",:", ":", "\u{1}a@1:",
    "a@1\rb@2:",
  ])
  func `a key that yarn would not write is told`(key: String) throws {
    let extraction = try extract(header + key + "\n  version \"1.0.0\"\n")
    #expect(extraction.problems.first?.reason == .entryNotUnderstood)
    #expect(extraction.problems.first?.line == 4)
  }

  @Test(arguments: [
    "  version \"1\" resolved \"2\"", "  resolved", "  resolved \"", "   version \"1\"", "      a \"1\"", "    a \"1\"",
    "\tversion \"1\"",
    "  integrity \"a\"b\"", "  \"", "  a b c",
  ])
  func `a field that yarn would not write is told`(field: String) throws {
    let extraction = try extract(header + "a@1:\n  version \"1.0.0\"\n\(field)\n")
    #expect(extraction.problems.map(\.reason) == [.entryNotUnderstood])
    #expect(extraction.packages.map(\.title) == ["a@1.0.0"])
  }

  @Test func `a file of nothing but bad lines is told in a hundred of them`() throws {
    let extraction = try extract(String(repeating: "<html>\n", count: 5000))
    #expect(extraction.problems.count == 100)
    #expect(extraction.packages.isEmpty)
    #expect(try extract(String(repeating: "a@1:\n\n", count: 500)).problems.count == 100)
  }

  @Test(arguments: [
    "  version \"1.0.0\"", "  version \"1.0.0\"\n  integrity sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "  version \"1.0.0\"\n  resolved \"https://registry.example/a/-/a-1.0.0.tgz\"",
    "  version \"1.0.0\"\n  dependencies:\n    a \"1\"", "  version \"1.0.0\"\n",
  ])
  func `a last line without a line break is whole where it cannot have lost anything`(body: String) throws {
    #expect(try extract(header + "a@1:\n" + body).problems.isEmpty)
  }

  @Test(arguments: [
    "  version 1.0.", "  version \"1.0.0\"\n  integrity sha1-AAAA", "  version \"1.0.0\"\n  ",
    "  version \"1.0.0\"\n# comm",
    "  version \"1.0.0\"\n  dependencies:\n    a lat", "  version \"1.0.0\"\n  dependencies:",
    "  version \"1.0.0\"\n  dependencies:\n",
    "  version \"1.0.0\"\n  depend", "  version \"1.0", "  resolved \"https://registry.example/a/-/a-1.0.0.tgz\"\n", "",
    "  version \"1.0.0\"\n\nb@",
  ])
  func `a last line that may have lost something is told`(body: String) throws {
    #expect(try extract(header + "a@1:\n" + body).problems.map(\.reason).contains(.truncated))
  }

  @Test func `only what would come behind the last entry is missed`() throws {
    func text(_ name: String) -> String { header + "m@1:\n  version \"1.0.0\"\n  dependencies:\n    \(name) \"1\"\n" }
    #expect(try extract(text("member")).problems.map(\.reason) == [.truncated])
    #expect(try extract(text("member")).problems.map(\.line) == [7])
    #expect(try extract(text("\"@scope/z\"")).problems.isEmpty)
    #expect(try extract(text("m")).problems.isEmpty)
  }

  @Test func `what can be done without is optional unless somebody needs it`() throws {
    let text =
      header
        + """
        a@1:
          version "1.0.0"
          optionalDependencies:
            b "1"
            c "1"

        b@1:
          version "1.0.0"
          dependencies:
            c "1"

        c@1:
          version "1.0.0"

        d@1:
          version "1.0.0"
          optionalDependencies:
            c "1"

        """
    #expect(try extract(text).packages.map(\.isOptional) == [false, true, false, false])
  }

  @Test func `a package asked for by the project and by others needs no chain`() throws {
    let text =
      header
        + """
        a@1:
          version "1.0.0"
          dependencies:
            b "^1.0.0"

        b@^1.0.0, b@~1.0.0:
          version "1.0.0"

        c@^1.0.0:
          version "1.0.0"

        "d@npm:c@^1.0.0":
          version "1.0.0"
          dependencies:
            c "^2.0.0"

        """
    let graph = try extract(text).graph
    #expect(graph.shortestPaths(titles: ["a", "b", "c", "d"]) == [[], [], [], []])
    let withoutTilde = text.replacing(", b@~1.0.0", with: "")
    #expect(try extract(withoutTilde).graph.shortestPaths(titles: ["a", "b", "c", "d"])[1] == ["a"])
  }

  @Test func `name and range are told apart`() throws {
    let text =
      header + "ab@1:\n  version \"1.0.0\"\n\nx@1:\n  version \"1.0.0\"\n  dependencies:\n    a \"b1\"\n"
    #expect(try extract(text).graph.shortestPaths(titles: ["ab", "x"]) == [[], []])
  }

  @Test func `a package from an address has that as its source, be it a registry's`() throws {
    let address = "https://registry.example/a/-/a-1.0.0.tgz"
    let classic = header + "\"a@\(address)\":\n  version \"1.0.0\"\n  resolved \"\(address)\"\n"
    #expect(try extract(classic).packages.map(\.source) == [address])
    let berry = metadata + "\"a@\(address)\": {version: 1.0.0, resolution: \"a@\(address)\", linkType: hard}\n"
    #expect(try extract(berry).packages.map(\.source) == [address])
    let plain = header + "a@1:\n  version \"1.0.0\"\n  resolved \"\(address)\"\n"
    #expect(try extract(plain).packages.map(\.source) == [nil])
  }

  @Test func `without a wish for the graph there is none, and the rest is the same`() throws {
    let text = header + "a@1:\n  version \"1.0.0\"\n  dependencies:\n    a \"1\"\n"
    #expect(try extract(text, wantsGraph: false).graph.roots.isEmpty)
    #expect(try extract(text, wantsGraph: false).packages == extract(text).packages)
  }

  @Test func `a project without dependencies is rightly empty, and one cut off in its head is not`() throws {
    #expect(try extract(header).isRightlyEmpty)
    #expect(try extract("# THIS IS AN AUTOGENERATED FILE.\n# yarn lockfile v1\n").isRightlyEmpty)
    for text in ["# THIS IS AN AUTOGENERATED FILE.\n", "# yarn lockfile v1", "\n", "[]\n"] {
      #expect(try !extract(text).isRightlyEmpty)
    }
  }

  @Test(arguments: ["1", "2"])
  func `the version in the head counts`(version: String) throws {
    let extraction = try extract("# yarn lockfile v\(version)\n\na@1:\n  version \"1.0.0\"\n")
    #expect(extraction.problems == (version == "1" ? [] : [.init(.unknownFormatVersion, arguments: ["2"], line: 1)]))
    #expect(extraction.packages.map(\.confidence) == [version == "1" ? .exact : .partial])
  }

  // MARK: Later yarns

  @Test func `the metadata may come last, and spelled otherwise`() throws {
    for key in ["__metadata", "\"__metadata\"", "'__metadata'"] {
      let text =
        "\"talk@npm:node-ipc@9.2.3\": {resolution: \"node-ipc@npm:9.2.3\", linkType: hard}\n\(key): {version: 8}\n"
      let extraction = try extract(text)
      #expect(extraction.packages.map(\.title) == ["node-ipc@9.2.3"])
      #expect(extraction.problems.isEmpty)
    }
  }

  @Test func `packages behind an alias or a merge are not silently left out`() {
    for hidden in ["\"a@npm:1\": *hidden\n", "\"a@npm:1\":\n  <<: *hidden\n"] {
      let text = "__metadata: {version: 8}\nhidden: &hidden {resolution: \"node-ipc@npm:9.2.3\"}\n" + hidden
      #expect(throws: ParseError.self) { try extract(text) }
    }
  }

  @Test func `a second document is read, and told`() throws {
    let entry = "\"node-ipc@npm:^9.2.1\": {version: 9.2.3, resolution: \"node-ipc@npm:9.2.3\", linkType: hard}\n"
    let extraction = try extract("__metadata: {version: 8}\n---\n" + entry)
    #expect(extraction.packages.map(\.title) == ["node-ipc@9.2.3"])
    #expect(extraction.problems.map(\.reason) == [.entryNotUnderstood])
  }

  @Test func `what was read before the grammar broke is kept`() throws {
    var extraction = Extraction()
    let text =
      metadata + "\"node-ipc@npm:^9.2.1\":\n  version: 9.2.3\n  resolution: \"node-ipc@npm:9.2.3\"\n  dependencies: [\n"
    #expect(throws: ParseError.self) { try extract(text, into: &extraction) }
    #expect(extraction.packages.map(\.title) == ["node-ipc@9.2.3"])
    var other = Extraction()
    let json =
      "{\"entries\": {\"a@npm:1\": {\"resolution\": {\"resolution\": \"node-ipc@npm:9.2.3\", "
    #expect(throws: ParseError.self) { try extract(json, into: &other) }
    #expect(other.packages.map(\.title) == ["node-ipc@9.2.3"])
  }

  @Test func `packages for some systems, and what can be done without, are optional`() throws {
    let text =
      metadata
        + """
        "a@npm:1":
          version: 1.0.0
          resolution: "a@npm:1.0.0"
          dependencies:
            b: "npm:1"
            c: "npm:1"
          dependenciesMeta:
            b:
              optional: true
            c:
              built: true
          linkType: hard

        "b@npm:1":
          version: 1.0.0
          resolution: "b@npm:1.0.0"
          linkType: hard

        "c@npm:1":
          version: 1.0.0
          resolution: "c@npm:1.0.0"
          linkType: hard

        "d@npm:1":
          version: 1.0.0
          resolution: "d@npm:1.0.0"
          conditions: os=darwin
          linkType: hard

        """
    #expect(try extract(text).packages.map(\.isOptional) == [false, true, false, true])
  }

  @Test func `a patch takes the place of what it patches, and another range that of the one asked for`() throws {
    let text =
      metadata
        + """
        "other@npm:2.0.0":
          version: 2.0.0
          resolution: "other@npm:2.0.0"
          linkType: hard

        "project@workspace:.":
          resolution: "project@workspace:."
          dependencies:
            tool: ^1.0.0
          linkType: soft

        "resolve@npm:^1.0.0":
          version: 1.0.0
          resolution: "resolve@npm:1.0.0"
          linkType: hard

        "resolve@npm:^2.0.0":
          version: 2.0.0
          resolution: "resolve@npm:2.0.0"
          linkType: hard

        "resolve@patch:resolve@npm%3A^1.0.0#~builtin<compat/resolve>":
          version: 1.0.0
          resolution: "resolve@patch:resolve@npm%3A1.0.0#~builtin<compat/resolve>::version=1.0.0&hash=0"
          linkType: hard

        "tool@npm:^1.0.0":
          version: 1.0.0
          resolution: "tool@npm:1.0.0"
          dependencies:
            other: ^1.0.0
            resolve: ^1.0.0
          linkType: hard

        """
    let extraction = try extract(text)
    let titles = extraction.packages.map(\.title)
    #expect(titles == ["other@2.0.0", "resolve@1.0.0", "resolve@2.0.0", "resolve@1.0.0", "tool@1.0.0"])
    // Nothing asks for resolve 2: the project is in the file, so it does not either.
    let chains = extraction.graph.shortestPaths(titles: titles)
    #expect(chains == [["tool@1.0.0"], ["tool@1.0.0"], nil, ["tool@1.0.0"], []])
  }

  @Test(arguments: [
    ("1.0.0", Sighting.Confidence.exact), ("1.0.0-rc.1", .exact), ("1.0", .partial), ("latest", .partial),
  ])
  func `what is no whole version is partial`(version: String, confidence: Sighting.Confidence) throws {
    let text = metadata + "\"a@npm:1\": {resolution: \"a@npm:\(version)\", linkType: hard}\n"
    let extraction = try extract(text)
    #expect(extraction.packages.map(\.version) == [version])
    #expect(extraction.packages.map(\.confidence) == [confidence])
  }

  @Test func `what a key says of its place is no part of what is asked for`() throws {
    let text =
      metadata
        + """
        "a@file:./a.tgz::locator=project%40workspace%3A.":
          version: 1.0.0
          resolution: "a@file:./a.tgz::hash=0&locator=project%40workspace%3A."
          linkType: hard

        "a@npm:^2.0.0":
          version: 2.0.0
          resolution: "a@npm:2.0.0"
          linkType: hard

        "project@workspace:.":
          resolution: "project@workspace:."
          dependencies:
            a: "file:./a.tgz"
          linkType: soft

        """
    let extraction = try extract(text)
    #expect(extraction.graph.shortestPaths(titles: extraction.packages.map(\.title)) == [[], nil])
  }

  @Test func `a resolution within a resolution's resolution is none`() throws {
    let text =
      #"{"__metadata": {"version": 9}, "a@npm:1": {"resolution": {"resolution": {"resolution": "a@npm:1.0.0"}}}}"#
    let extraction = try extract(text)
    #expect(extraction.problems.map(\.reason) == [.entryNotUnderstood])
    #expect(extraction.packages.map(\.title) == ["a"])
  }

  @Test(arguments: [
    ("3", true), ("8", true), ("9", true), ("10", false), ("0", false), ("x", false), ("99999999999999999999", false),
  ])
  func `a version of the format that nobody knows is told`(version: String, isKnown: Bool) throws {
    let extraction = try extract("__metadata:\n  version: \(version)\n")
    #expect(extraction.problems == (isKnown ? [] : [.init(.unknownFormatVersion, arguments: [version], line: 2)]))
  }

  @Test func `without metadata there is no version to know`() throws {
    let entry = "\"a@npm:1\": {version: 1.0.0, resolution: \"a@npm:1.0.0\", linkType: hard}\n"
    #expect(try extract("---\n" + entry).problems.map(\.reason) == [.unknownFormatVersion])
    #expect(
      try extract("{\"entries\": {\"a@npm:1\": {\"resolution\": \"a@npm:1.0.0\"}}}").problems.map(\.reason) == [
        .unknownFormatVersion
      ])
  }

  @Test(arguments: [
    "{}", "[]", "{\"__metadata\": {\"version\": 9}}", "{\"entries\": {}}", "__metadata: {version: 8}\n", "---\n",
    "--- []\n",
    "{\"__metadata\": {\"version\": 9}, \"entries\": {}, \"workspaces\": {}}",
  ])
  func `a document without the structure of the format is not rightly empty`(text: String) {
    let extraction = try? extract(text)
    #expect(extraction?.isRightlyEmpty != true)
    #expect(extraction?.packages.isEmpty != false)
  }

  @Test func `JSON in the order of earlier yarns hides nothing`() throws {
    let text =
      #"{"__metadata": {"version": 8}, "talk@npm:1": {"r\u0065solution": "node-ipc@npm:9.2.3"}}"#
    #expect(try extract(text).packages.map(\.title) == ["node-ipc@9.2.3"])
  }

  @Test func `values of the wrong type in JSON are told`() throws {
    let text =
      """
      {"__metadata": {"version": 9}, "entries": {
        "a@npm:1": 1, "b@npm:1": {"resolution": {"resolution": "b@npm:1.0.0", "dependencies": {"c": 1}}}
      }}
      """
    let extraction = try extract(text)
    #expect(extraction.problems.map(\.reason) == [.entryNotUnderstood, .entryNotUnderstood])
    #expect(extraction.problems.map(\.arguments) == [["a@npm:1"], ["c"]])
    #expect(try extract("{\"entries\": 1}").problems.map(\.arguments) == [["entries"]])
  }

  @Test func `secrets in keys are not shown`() throws {
    let entry = "\"a@https://user:secret@files.example/a.tgz?token=secret\": 1\n"
    let extraction = try extract(metadata + entry)
    #expect(extraction.problems.map(\.arguments) == [["a@https://files.example/a.tgz"]])
  }

  @Test func `more entries than allowed are told`() throws {
    let classic = header + (1...3).map { "a@\($0):\n  version \"\($0).0.0\"\n\n" }.joined()
    let berry =
      metadata + (1...3).map { "\"a@npm:\($0)\": {resolution: \"a@npm:\($0).0.0\", linkType: hard}\n" }.joined()
    for text in [classic, berry] {
      let extraction = try extract(text, limit: 2)
      #expect(extraction.packages.map(\.title) == ["a@1.0.0", "a@2.0.0"])
      #expect(extraction.problems.map(\.reason) == [.tooMany])
      #expect(try extract(text, limit: 3).problems.isEmpty)
    }
    let json =
      "{\"entries\": {\"a@npm:1\": {\"resolution\": \"a@npm:1.0.0\"}, \"a@npm:2\": {\"resolution\": \"a@npm:2.0.0\"}}}"
    #expect(throws: ParseError(.tooMany, at: 55)) { try extract(json, limit: 1) }
  }

  // MARK: Tools

  private let header = "# yarn lockfile v1\n\n\n"
  private let metadata = "__metadata:\n  version: 8\n\n"

  private func extract(_ text: String, wantsGraph: Bool = true, limit: Int = 1000) throws -> Extraction {
    var extraction = Extraction()
    try extract(text, wantsGraph: wantsGraph, limit: limit, into: &extraction)
    return extraction
  }

  private func extract(
    _ text: String, wantsGraph: Bool = true, limit: Int = 1000, into extraction: inout Extraction
  ) throws {
    var limits = Limits()
    limits.entriesPerFile = limit
    var text = text
    try text.withUTF8 { bytes in
      let file = SourceFile(
        text: bytes, place: FilePlace(path: "/project/yarn.lock"), limits: limits, wantsGraph: wantsGraph)
      try YarnLock.extract(file, into: &extraction)
    }
  }
}
