// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Inventory
import Parsing
import TestSupport
import Testing

@testable import Discovery

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Signs of attacks, looked for in real folders.
@Suite struct SignWalkTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func walk(
    _ signs: [Sign], digests: [String] = [], hashesEverything: Bool = false, home: String? = nil,
    roots: [String] = [], signPlaces: [String] = []
  ) throws -> WalkResult {
    var options = DiscoveryOptions()
    options.signs = SignList(
      signs: signs, digests: digests.map { SignList.KnownDigest($0) }, hashesEverything: hashesEverything,
      machine: MachinePlaces(home: home.map { folder.path($0) }))
    return try WalkResult(folder, roots: roots, signPlaces: signPlaces, options: options)
  }

  private func digest(_ text: String) -> String {
    Array(text.utf8).withUnsafeBufferPointer { SHA256.digest(of: $0).text }
  }

  // MARK: By name

  @Test func `a file, a folder and a branch are told by name and place, and nothing that only looks like them`() throws
  {
    for path in [
      ".github/workflows/worm.yml", "a/b/.github/workflows/worm.yml", "workflows/worm.yml", ".github/worm.yml",
      ".github/workflows/worm.yml.md", "notes/about worm.yml", "node_modules/bad/index.js", "bad/index.js",
      ".git/refs/heads/worm", ".git/refs/remotes/origin/worm", ".git/refs/tags/worm", ".git/refs/heads/worm-hole",
    ] {
      try folder.write("x", to: path)
    }
    try folder.makeFolder("c/.github/workflows/worm.yml")
    let result = try walk([
      Sign(kind: .file, path: ".github/workflows/worm.yml"), Sign(kind: .folder, path: "node_modules/bad"),
      Sign(kind: .branch, path: "worm"),
    ])
    #expect(
      result.signs == [
        ".git/refs/heads/worm sign 2", ".git/refs/remotes/origin/worm sign 2", ".github/workflows/worm.yml sign 0",
        "a/b/.github/workflows/worm.yml sign 0", "node_modules/bad sign 1",
      ])
    #expect(result.problems.isEmpty)
  }

  @Test func `branches are read from packed refs, with their lines`() throws {
    try folder.write(
      "# pack-refs with: peeled fully-peeled sorted \n0a1b refs/heads/main\n0a1c refs/heads/fix/worm/1\n^0a1d\n"
        + "0a1e refs/remotes/origin/fix/worm/2\n0a1f refs/tags/fix/worm/3\n0a20 refs/heads/fix/worm\n",
      to: ".git/packed-refs")
    try folder.write("0a1c refs/heads/fix/worm/1\n", to: "notes/refs.txt")
    let result = try walk([Sign(kind: .branch, path: "fix/worm/*")])
    #expect(result.signs == [".git/packed-refs:3 sign 0", ".git/packed-refs:5 sign 0"])
  }

  @Test func `a list of many branches is read to its end`() throws {
    let many = (0..<10_000).map { "0a1b refs/heads/feature/number-\($0)\n" }.joined()
    #expect(many.utf8.count > ReadBuffer.keptBytes)
    try folder.write(many + "0a1c refs/heads/worm\n", to: ".git/packed-refs")
    #expect(try walk([Sign(kind: .branch, path: "worm")]).signs == [".git/packed-refs:10001 sign 0"])
  }

  @Test func `a sign of a home is in place in a home, and elsewhere in a copy of one`() throws {
    for path in ["home/.config/evil/run.sh", "home/.evil", "copy/.config/evil/run.sh", "copy/.evil"] {
      try folder.write("x", to: path)
    }
    let signs = [Sign(kind: .file, path: "~/.config/evil/run.sh"), Sign(kind: .file, path: "~/.evil")]
    let expected = [
      "copy/.config/evil/run.sh sign 0 elsewhere", "home/.config/evil/run.sh sign 0", "home/.evil sign 1",
    ]
    #expect(try walk(signs, home: "home").signs == expected)
    // The same where the home itself is the root, and a folder in it.
    #expect(try walk(signs, home: "home", roots: ["home"]).signs == Array(expected.dropFirst()))
    #expect(try walk(signs, home: "home", roots: ["home/.config"]).signs == ["home/.config/evil/run.sh sign 0"])
  }

  @Test func `what lies in a folder for temporary files is told there alone`() throws {
    for path in ["tmp/x-1/secrets.tgz", "tmp/.state", "src/x-1/secrets.tgz", "src/.state"] {
      try folder.write("x", to: path)
    }
    let signs = [Sign(kind: .file, path: "$TMPDIR/x-*/*.tgz"), Sign(kind: .file, path: "$TMPDIR/.state")]
    #expect(
      try walk(signs).signs
        == ["tmp/.state sign 1", "tmp/x-1/secrets.tgz sign 0"])
  }

  // MARK: By content

  @Test func `texts decide where a name does not, and all of them must be there`() throws {
    try folder.write("on: push\nrun: steal-it --to evil.example\n", to: "a/.github/workflows/ci.yml")
    try folder.write("on: push\nrun: steal-it\n", to: "b/.github/workflows/ci.yml")
    try folder.write("run: steal-it --to evil.example\n", to: "c/workflows/ci.yml")
    try folder.write("steal-it evil.example", to: "notes/report.md")
    let sign = Sign(kind: .file, path: ".github/workflows/*.yml", contains: ["steal-it", "evil.example"])
    #expect(try walk([sign]).signs == ["a/.github/workflows/ci.yml sign 0"])
  }

  @Test func `a text is found at the end of a large file, and one too large to search is a problem`() throws {
    let texts = "steal-it evil.example"
    let sign = Sign(kind: .file, path: "dist/*.js", contains: ["steal-it", "evil.example"])
    try folder.write(String(repeating: "#", count: 2 * ReadBuffer.keptBytes) + texts, to: "a/dist/bundle.js")
    try folder.write(texts, to: "b/dist/bundle.js")
    let tooMany = SignReader.searchedBytes + 1
    try #require(truncate(folder.path("b/dist/bundle.js"), tooMany) == 0)
    let result = try walk([sign])
    #expect(result.signs == ["a/dist/bundle.js sign 0"])
    #expect(result.problems == ["b/dist/bundle.js too-big \(tooMany) \(SignReader.searchedBytes)"])
  }

  @Test func `a line is told with its number, and a whole one only where it is the whole line`() throws {
    try folder.write("export A=1\n\nsource ~/.evil/run && true\r\n", to: "home/.bashrc")
    try folder.write("alias off='shutdown -h 0'\n", to: "home/.zshrc")
    try folder.write("x\n  shutdown -h 0 \r\n", to: "home/.profile")
    let signs = [
      Sign(kind: .line, path: "~/.bashrc", contains: ["~/.evil/run"]),
      Sign(kind: .line, path: "~/.zshrc", equals: "shutdown -h 0"),
      Sign(kind: .line, path: "~/.profile", equals: "shutdown -h 0"),
      Sign(kind: .line, path: "~/.bashrc", contains: ["export A=1", "~/.evil/run"]),
    ]
    #expect(try walk(signs, home: "home").signs == ["home/.bashrc:3 sign 0", "home/.profile:2 sign 2"])
  }

  @Test func `a file is told by its digest, whatever folder it lies in, and by its size first`() throws {
    let payload = String(repeating: "bad ", count: 200_000)
    try folder.write(payload, to: "deep/er/payload.cjs")
    try folder.write(payload + " ", to: "longer/payload.cjs")
    try folder.write(String(payload.dropLast()) + "!", to: "other/payload.cjs")
    try folder.write(payload, to: "other/name.cjs")
    let known = digest(payload)
    let signs = [
      Sign(kind: .file, path: "payload.cjs", digests: [digest("x"), known]),
      Sign(kind: .file, path: "payload.cjs", digests: [known], size: payload.utf8.count),
      Sign(kind: .file, path: "payload.cjs", digests: [known], size: 7),
    ]
    #expect(
      try walk(signs, digests: [known]).signs == ["deep/er/payload.cjs sign 0", "deep/er/payload.cjs sign 1"])
    // With every content looked at, the name does not matter; what a sign has told is not told twice.
    #expect(
      try walk([signs[0]], digests: [digest("y"), known], hashesEverything: true).signs
        == ["deep/er/payload.cjs sign 0", "other/name.cjs digest 1"])
  }

  @Test func `where a sign has texts and a digest, both must hold`() throws {
    let payload = "marker-of-it " + String(repeating: "x", count: 600_000)
    try folder.write(payload, to: "a/run.js")
    try folder.write("y", to: "b/run.js")
    try folder.write("marker-of-it", to: "c/run.js")
    let signs = [
      Sign(kind: .file, path: "run.js", contains: ["marker-of-it"], digests: [digest(payload), digest("y")])
    ]
    #expect(try walk(signs).signs == ["a/run.js sign 0"])
  }

  @Test func `a link to a file below the root is read through it, one that leads out is listed`() throws {
    let outside = try TemporaryFolder()
    try outside.write("source ~/.evil/run\n", to: "zshrc")
    try folder.write("source ~/.evil/run\n", to: "home/dotfiles/bashrc")
    try folder.link("home/.bashrc", to: "dotfiles/bashrc")
    try folder.link("home/.zshrc", to: outside.path("zshrc"))
    let signs = [".bashrc", ".zshrc"].map { Sign(kind: .line, path: "~/\($0)", contains: ["~/.evil/run"]) }
    let result = try walk(signs, home: "home")
    #expect(result.signs == ["home/.bashrc:1 sign 0"])
    #expect(result.skipped == ["home/.zshrc link-outside-root \(outside.path("zshrc"))"])
  }

  @Test func `a link to nowhere is no sign and no problem`() throws {
    try folder.makeFolder("home")
    try folder.link("home/.zshrc", to: "gone")
    let result = try walk([Sign(kind: .line, path: "~/.zshrc", contains: ["~/.evil/run"])], home: "home")
    #expect(result.signs.isEmpty && result.problems.isEmpty)
  }

  @Test func `what may not be read is a problem, for it may be a sign`() throws {
    try folder.write("x", to: "payload.cjs")
    try folder.write("x", to: "other.cjs")
    for name in ["payload.cjs", "other.cjs"] { chmod(folder.path(name), 0) }
    chmod(folder.path, 0o755)
    let result = try withoutPrivileges {
      try walk([Sign(kind: .file, path: "payload.cjs", digests: [digest("x")])])
    }
    #expect(result.signs.isEmpty)
    #expect(result.problems == ["payload.cjs permission-denied"])
  }

  // MARK: In places of the machine

  @Test func `in a place for signs no packages are read, and only folders on the way to a sign`() throws {
    try folder.write("{\"name\":\"node-ipc\",\"version\":\"9.1.6\"}", to: "tmp/node_modules/node-ipc/package.json")
    try folder.write("x", to: "tmp/x-1/a.tgz")
    try folder.write("x", to: "tmp/y/x-1/a.tgz")
    try folder.makeFolder("project")
    let result = try walk(
      [Sign(kind: .file, path: "$TMPDIR/x-*/*.tgz"), Sign(kind: .folder, path: "node_modules/node-ipc")],
      roots: ["project"], signPlaces: ["tmp", "missing", "project"])
    #expect(result.signs == ["tmp/x-1/a.tgz sign 0"])
    #expect(result.packages.isEmpty && result.files.isEmpty && result.problems.isEmpty && result.skipped.isEmpty)
  }

  // MARK: Pinned by lockfiles

  @Test(arguments: [true, false])
  func `a lockfile of many megabytes is read as a small one is, digests and encoding too`(isWellFormed: Bool) throws {
    let sri = "sha512-" + String(repeating: "A", count: 86) + "=="
    let padding = String(repeating: "x", count: 5 << 20)
    var text = Array(
      #"{"lockfileVersion": 3, "packages": {"node_modules/alias": {"version": "2.0.0", "integrity": "\#(sri)"}}, "x": "\#(padding)"#
        .utf8)
    if !isWellFormed { text.append(0xFF) }
    try folder.write(text + Array("\"}\n".utf8), to: "package-lock.json")
    let result = try walk([], digests: [sri])
    #expect(result.packages == ["package-lock.json alias@2.0.0 locked"])
    #expect(result.signs == ["package-lock.json:1 pinned 0 alias@2.0.0"])
    #expect(result.problems == (isWellFormed ? [] : ["package-lock.json wrong-encoding"]))
  }

  @Test func `a digest that a lockfile pins is told with the package that it stands by, whatever its name`() throws {
    let sri = "sha512-" + String(repeating: "A", count: 86) + "=="
    let other = "sha512-" + String(repeating: "A", count: 85) + "B=="
    let hexadecimal = digest("wheel")
    try folder.write(
      """
      {"lockfileVersion": 3, "packages": {"": {"dependencies": {"fine": "1"}},
      "node_modules/fine": {"version": "1.0.0", "integrity": "\(other)"},
      "node_modules/alias": {"version": "2.0.0",
        "integrity": "\(sri)"}}}
      """, to: "web/package-lock.json")
    try folder.write(
      "fine@1:\n  version \"1.0.0\"\n  resolved \"https://registry.example/fine/-/fine-1.0.0.tgz#0\"\n  integrity \(sri)\n",
      to: "old/yarn.lock")
    try folder.write(
      "{\"_meta\": {\"pipfile-spec\": 6}, \"default\": {\"pkg\": {\"hashes\": [\"sha256:\(hexadecimal)\"], \"version\": \"==1.0\"}}}",
      to: "py/notes.json")
    try folder.write("pkg==1.0 \\\n    --hash=sha256:\(hexadecimal)\n", to: "py/requirements.txt")
    try folder.write(sri + " " + hexadecimal, to: "notes.md")
    let result = try walk([], digests: [hexadecimal, sri])
    #expect(
      result.signs == [
        "old/yarn.lock:4 pinned 1 fine@1.0.0", "py/requirements.txt:2 pinned 0 pkg@1.0",
        "web/package-lock.json:4 pinned 1 alias@2.0.0",
      ])
  }
}

/// Names with stars.
@Suite struct NamePatternTests {
  @Test(arguments: [
    ("a.yml", "a.yml"), ("*.yml", "a.yml"), ("*.yml", ".yml"), ("main.*.js", "main.0a.js"), ("main.*.js", "main..js"),
    ("*", ""), ("*", "anything"), ("*b*d*", "abcde"), ("a*a", "aa"), ("*ab*ab", "abab"), ("@*", "@scope"),
  ])
  func `a name that the pattern describes matches`(pattern: String, name: String) {
    #expect(NamePattern(pattern.utf8).matches(Array(name.utf8)[...]))
  }

  @Test(arguments: [
    ("a.yml", "b.yml"), ("a.yml", "a.yml "), ("*.yml", "a.yaml"), ("main.*.js", "main.js"), ("a*a", "a"),
    ("*b*d*", "adbc"), ("*ab*ab", "ab"), ("@*", "scope"), ("a*bc", "abcb"),
  ])
  func `a look-alike does not`(pattern: String, name: String) {
    #expect(!NamePattern(pattern.utf8).matches(Array(name.utf8)[...]))
  }
}
