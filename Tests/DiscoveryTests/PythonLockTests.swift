// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Parsing
import Testing

@testable import Discovery

/// Points of the lockfiles of Python's package managers that their fixtures do not show.
struct PythonLockTests {
  private func read(_ text: String, _ extractor: any Extractor.Type, limits: Limits = Limits()) -> Reading.Outcome {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      Reading.read(
        bytes, .init(extractor: extractor, place: FilePlace(path: "/project/lock"), limits: limits, wantsPaths: true))
    }
  }

  // MARK: Names of files

  @Test(
    arguments: [
      ("https://files.example/a/litellm-1.82.7-py3-none-any.whl", "litellm", "1.82.7", true),
      ("https://files.example/Lite_LLM-1.82.7-1-cp39-abi3-linux_x86_64.whl?x=1#y-2.tar.gz", "lite-llm", "1.82.7", true),
      ("file:torch-2.0%2Bcpu-py3-none-any.whl", "torch", "2.0+cpu", true),
      ("..\\wheels\\a-1!2.0-py3-none-any.whl", "a", "1!2.0", true),
      ("dist/zope.interface-7.0.tar.gz", "zope-interface", "7.0", false), ("a-b-1.0.zip", "a-b", "1.0", false),
      ("https://code.example/team/a/archive/release-1.0.tar.gz", "release", "1.0", false),
    ])
  func `the name of a published file tells package and version`(
    address: String, name: String, version: String, isWheel: Bool
  ) throws {
    let archive = try #require(PythonArchiveName(address: address))
    #expect(archive.name == name)
    #expect(archive.version == version)
    #expect(archive.isWheel == isWheel)
  }

  @Test(arguments: [
    "", "/", "a.whl", "a-1.0.whl", "a-1.0-py3-none.whl", "a-1.0-1-py3-none-any-more.whl", "-1.0-py3-none-any.whl",
    "a-b-py3-none-any.whl",
    "a-1.0-py3-none-any.whl/", "https://code.example/team/a.git", "v1.0.tar.gz", "a-main.zip", "-1.0.zip", "a-.zip",
    "a-1.0.exe",
  ])
  func `any other name tells nothing`(address: String) {
    #expect(PythonArchiveName(address: address) == nil)
  }

  @Test func `only a wheel of another name is another package`() {
    let text = """
      { "_meta": {}, "default": { "a": { "file": "https://code.example/litellm-1.82.7.tar.gz", "version": "==1.0" },
        "b": { "file": "https://code.example/litellm-1.82.7-py3-none-any.whl", "version": "==1.0" } } }
      """
    #expect(read(text, PipfileLock.self).packages.map(\.title) == ["a@1.0", "b@1.0", "litellm@1.82.7"])
  }

  // MARK: Requests

  @Test(
    arguments: [
      ("idna", "idna", nil, false), ("idna>=2.8", "idna", nil, false),
      (" Typing.Extensions >= 4 ", "typing-extensions", nil, false),
      ("litellm==1.82.7", "litellm", "1.82.7", false),
      ("litellm[proxy,x] == 1.82.7 ; python_version < '3'", "litellm", "1.82.7", true),
      ("litellm==1.*", "litellm", nil, false), ("litellm==1.0,>0", "litellm", nil, false),
      ("litellm===1.0", "litellm", nil, false),
      ("a @ https://files.example/a-1.0.zip ; os_name == 'nt'", "a", nil, true), ("a<1;b", "a", nil, true),
      ("", "", nil, false), ("==1", "", "1", false),
      ("a[", "a", nil, false), ("a[x==1", "a", nil, false),
    ] as [(String, String, String?, Bool)])
  func `a request names a package and maybe its version`(
    specifier: String, name: String, version: String?, isOptional: Bool
  ) {
    let request = PythonLockEntry.Request(specifier: specifier, line: 1)
    #expect(request.name == name)
    #expect(request.version == version)
    #expect(request.isOptional == isOptional)
  }

  @Test func `who asks for itself, or in a circle, is asked for by nobody`() {
    let text = """
      [metadata]
      lock_version = "4.5"
      content_hash = "00"
      [[package]]
      name = "a"
      version = "1"
      dependencies = ["a", "b"]
      summary = ""
      [[package]]
      name = "b"
      version = "1"
      dependencies = ["c"]
      summary = ""
      [[package]]
      name = "c"
      version = "1"
      dependencies = ["b"]
      summary = ""
      """
    let outcome = read(text, PDMLock.self)
    #expect(outcome.problems.isEmpty)
    #expect(outcome.paths == [[], ["a@1"], ["a@1", "b@1"]])
  }

  @Test func `as many requests as versions take no square of either`() {
    let count = 3_000
    let package = (0..<count).map { "[[package]]\nname = \"a\"\nversion = \"\($0)\"\nsummary = \"\"\n" }.joined()
    let asking = (0..<count).map {
      "[[package]]\nname = \"b\($0)\"\nversion = \"1\"\nsummary = \"\"\ndependencies = [\"a\"]\n"
    }.joined()
    let text = "[metadata]\nlock_version = \"4.5\"\ncontent_hash = \"00\"\n\(package)\(asking)"
    let outcome = read(text, PDMLock.self)
    #expect(outcome.packages.count == 2 * count)
    #expect(outcome.problems.isEmpty)
    #expect(outcome.paths[0] == ["b0@1"])
    #expect(outcome.paths[count - 1] == [])
  }

  // MARK: Optional packages

  @Test(arguments: [
    ("optional = true", true), ("optional = false", false), ("markers = \"os_name == 'nt'\"", true),
    ("marker = \"os_name == 'nt'\"", true),
    ("markers = {main = \"os_name == 'nt'\"}", true), ("category = \"dev\"", false),
  ])
  func `Poetry says what may rightly be missing from disk`(field: String, isOptional: Bool) {
    let text = "[[package]]\nname = \"a\"\nversion = \"1\"\n\(field)\n[metadata]\ncontent-hash = \"00\"\n"
    #expect(read(text, PoetryLock.self).packages.map(\.isOptional) == [isOptional])
  }

  @Test(arguments: [
    ("resolution-markers = [\"os_name == 'nt'\"]\n", true), ("", false),
  ])
  func `what uv has for some interpreters only may be missing from disk`(field: String, isOptional: Bool) {
    let text =
      "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\n\(field)source = {registry = \"r\"}\nwheels = []\n"
    let outcome = read(text, UVLock.self)
    #expect(outcome.problems.isEmpty)
    #expect(outcome.packages.map(\.isOptional) == [isOptional])
  }

  @Test func `a marker says that a package may be missing from disk`() {
    let entry = "name = \"a\"\nversion = \"1\"\nmarker = \"os_name == 'nt'\"\n"
    #expect(read("lock-version = \"1.0\"\n[[packages]]\n\(entry)", PyLock.self).packages.map(\.isOptional) == [true])
    let pdm = "[metadata]\nlock_version = \"4.5\"\ncontent_hash = \"00\"\n[[package]]\n\(entry)summary = \"\"\n"
    #expect(read(pdm, PDMLock.self).packages.map(\.isOptional) == [true])
    let pipfile =
      #"{"_meta": {}, "default": {"a": {"version": "==1", "markers": "os_name == 'nt'"}, "b": {"version": "==1"}}}"#
    #expect(read(pipfile, PipfileLock.self).packages.map(\.isOptional) == [true, false])
  }

  // MARK: Versions of the formats

  @Test(
    arguments: [
      (
        PoetryLock.self, "[metadata]\ncontent-hash = \"00\"\nlock-version = VERSION\n[[package]]\n",
        "\"1.0\" \"1.1\" \"2.0\" \"2.1\" \"2.99\" 2.0", "\"3.0\" \"0.9\" \"\" \"x\" true 3"
      ),
      (
        PDMLock.self, "[metadata]\ncontent_hash = \"00\"\nlock_version = VERSION\n[[package]]\nsummary = \"\"\n",
        "\"0.1.0\" \"2\" \"3.1\" \"4.5.1\" 4.5", "\"5\" \"-1\" \"\" \"v4\" []"
      ),
      (UVLock.self, "version = VERSION\n[[package]]\nwheels = []\nsource = {registry = \"r\"}\n", "1", "2 0 1_0 {}"),
      (PyLock.self, "lock-version = VERSION\n[[packages]]\n", "\"1.0\" \"1.1\" \"1\"", "\"2.0\" \"0.1\" \"\" false"),
    ] as [(any Extractor.Type, String, String, String)])
  func `a version of the format is known by its first number`(
    extractor: any Extractor.Type, text: String, known: String, unknown: String
  ) {
    func outcome(_ version: String) -> Reading.Outcome {
      read(text.replacing("VERSION", with: version) + "name = \"a\"\nversion = \"1\"\n", extractor)
    }
    for version in known.split(separator: " ").map(String.init) {
      #expect(outcome(version).problems.isEmpty, "\(version)")
      #expect(outcome(version).packages.map(\.confidence) == [.exact], "\(version)")
    }
    for version in unknown.split(separator: " ").map(String.init) {
      #expect(outcome(version).problems.map(\.reason) == [.unknownFormatVersion], "\(version)")
      #expect(outcome(version).packages.map(\.confidence) == [.partial], "\(version)")
    }
  }

  @Test(arguments: [
    ("0", true), ("6", true), ("7", false), ("-1", false), ("\"6\"", false), ("6.5", false), ("null", false),
  ])
  func `a specification of Pipenv's is known up to the sixth`(version: String, isKnown: Bool) {
    let outcome = read(
      #"{"_meta": {"pipfile-spec": \#(version)}, "default": {"a": {"version": "==1"}}}"#, PipfileLock.self)
    #expect(outcome.packages.map(\.confidence) == [isKnown ? .exact : .partial])
    #expect(outcome.problems.map(\.reason) == (isKnown ? [] : [.unknownFormatVersion]))
  }

  @Test func `a value in the place of the entries is named once`() {
    let text = "package = 1\n[package.more]\nname = \"a\"\n[metadata]\ncontent-hash = \"00\"\n"
    #expect(read(text, PoetryLock.self).problems == [.init(.entryNotUnderstood, arguments: ["package"], line: 1)])
  }

  @Test func `what breaks the grammar keeps what was read before`() {
    let text =
      "version = 1\n[[package]]\nname = \"litellm\"\nversion = \"1.82.7\"\nsource = {registry = \"r\"}\nwheels = []\n]\n"
    let outcome = read(text, UVLock.self)
    #expect(outcome.packages.map(\.title) == ["litellm@1.82.7"])
    #expect(outcome.packages.map(\.confidence) == [.partial])
    #expect(outcome.problems == [.init(.malformed, arguments: ["unexpected-byte"], line: 7)])
  }
}
