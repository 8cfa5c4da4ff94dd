// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Foundation
import Inventory
import Parsing
import Synchronization
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

private let stealer = "{\"name\":\"node-ipc\",\"version\":\"9.1.6\"}"

/// The walk over real folders.
@Suite struct WalkTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  // MARK: What is found

  @Test func `packages are found at any depth, in hidden folders too`() throws {
    try folder.write(stealer, to: "node_modules/node-ipc/package.json")
    try folder.write(
      stealer, to: "web/.hidden/a/b/c/d/node_modules/.pnpm/node-ipc@9.1.6/node_modules/node-ipc/package.json")
    try folder.write("node_modules\n", to: ".gitignore")
    let result = try WalkResult(folder)
    #expect(
      result.packages == [
        "node_modules/node-ipc/package.json node-ipc@9.1.6 installed",
        "web/.hidden/a/b/c/d/node_modules/.pnpm/node-ipc@9.1.6/node_modules/node-ipc/package.json node-ipc@9.1.6 installed",
      ])
    #expect(result.problems.isEmpty)
    #expect(result.skipped.isEmpty)
    // node_modules, node-ipc, package.json; web and the nine folders below it, package.json; .gitignore.
    #expect(result.entries == 3 + 12 + 1)
  }

  @Test func `a broken lockfile or manifest deep inside an installed package is listed, anywhere else it is a problem`()
    throws
  {
    for path in [
      "node_modules/a/test/yarn.lock", "lib/site-packages/jupyter/tests/yarn.lock",
      "lib/dist-packages/a/requirements.txt",
      "node_modules/a/package.json", "web/yarn.lock", "lib/site-packages/a-1.0.dist-info/METADATA",
      "lib/site-packages/a/_vendor/b-1.0.dist-info/METADATA", "lib/site-packages/poetry.lock",
    ] {
      try folder.write("", to: path)
    }
    let result = try WalkResult(folder)
    #expect(
      result.skipped == [
        "lib/site-packages/jupyter/tests/yarn.lock fixture-inside-package empty",
        "node_modules/a/test/yarn.lock fixture-inside-package empty",
      ])
    #expect(
      result.problems == [
        "lib/site-packages/a-1.0.dist-info/METADATA empty",
        "lib/site-packages/a/_vendor/b-1.0.dist-info/METADATA empty",
        "lib/site-packages/poetry.lock empty", "node_modules/a/package.json empty", "web/yarn.lock empty",
      ])
  }

  @Test func `an empty folder is complete`() throws {
    let result = try WalkResult(folder)
    #expect(result.entries == 0)
    #expect(result.files.isEmpty && result.problems.isEmpty && result.skipped.isEmpty)
  }

  @Test func `lockfiles are read by their names, the hidden one only in node_modules`() throws {
    let lockfile = "{\"lockfileVersion\":3,\"packages\":{\"node_modules/node-ipc\":{\"version\":\"9.1.6\"}}}"
    for name in ["package-lock.json", "npm-shrinkwrap.json", "node_modules/.package-lock.json", ".package-lock.json"] {
      try folder.write(lockfile, to: name)
    }
    try folder.write(lockfile, to: "package-lock.json.bak")
    #expect(
      try WalkResult(folder).packages == [
        "node_modules/.package-lock.json node-ipc@9.1.6 installed",
        "npm-shrinkwrap.json node-ipc@9.1.6 locked",
        "package-lock.json node-ipc@9.1.6 locked",
      ])
  }

  @Test func `a distribution's packages are installed and declare nothing`() throws {
    let manifest = "{\"name\":\"messaging\",\"version\":\"2.1.0\",\"dependencies\":{\"node-ipc\":\"9.1.6\"}}"
    try folder.write(manifest, to: "usr/share/nodejs/messaging/package.json")
    #expect(try WalkResult(folder).packages == ["usr/share/nodejs/messaging/package.json messaging@2.1.0 installed"])
  }

  @Test func `a private project's manifest declares and is no package`() throws {
    try folder.write(
      "{\"name\":\"node-ipc\",\"version\":\"9.1.6\",\"private\":true,\"dependencies\":{\"node-ipc\":\"12.0.1\"}}",
      to: "package.json")
    #expect(try WalkResult(folder).packages == ["package.json node-ipc@12.0.1 declared"])
  }

  @Test func `what lies in a package manager's cache is cached, and declares nothing`() throws {
    let manifest = "{\"name\":\"node-ipc\",\"version\":\"9.1.6\",\"dependencies\":{\"js-queue\":\"2.0.2\"}}"
    try folder.write(manifest, to: ".bun/install/cache/node-ipc@9.1.6/package.json")
    #expect(
      try WalkResult(folder).packages == [".bun/install/cache/node-ipc@9.1.6/package.json node-ipc@9.1.6 cached"])
  }

  @Test func `an editor's extension is no package of npm`() throws {
    try folder.write(
      "{\"name\":\"node-ipc\",\"publisher\":\"Shop\",\"version\":\"9.1.6\",\"engines\":{\"vscode\":\"*\"}}",
      to: ".vscode/extensions/shop.node-ipc-9.1.6/package.json")
    let sink = RecordingSink()
    _ = discover(try ScanRoots(paths: [folder.path]), options: DiscoveryOptions(), sink: sink)
    let packages = sink.found.withLock { $0.files.flatMap(\.packages) }
    #expect(packages.map(\.ecosystem) == [.vscode])
    #expect(packages.map(\.name) == ["shop.node-ipc"])
  }

  // MARK: Manifests that say little

  @Test func `a manifest without a name is a problem only directly in a package's folder`() throws {
    let nameless = "{\"type\":\"module\"}"
    for name in [
      "dist/package.json", "node_modules/a/dist/esm/package.json", "node_modules/@s/a/lib/package.json",
      "node_modules/.cache/x/package.json",
    ] {
      try folder.write(nameless, to: name)
    }
    #expect(try WalkResult(folder).problems.isEmpty)
    try folder.write(nameless, to: "node_modules/a/package.json")
    try folder.write(nameless, to: "node_modules/@s/a/package.json")
    #expect(
      try WalkResult(folder).problems == [
        "node_modules/@s/a/package.json missing-name", "node_modules/@s/a/package.json missing-version",
        "node_modules/a/package.json missing-name", "node_modules/a/package.json missing-version",
      ])
  }

  @Test func `a broken manifest deep inside a package is a fixture of its tests, elsewhere a problem`() throws {
    try folder.write(stealer, to: "node_modules/a/package.json")
    try folder.write("{", to: "node_modules/a/test/broken/package.json")
    try folder.write("", to: "node_modules/@s/a/test/empty/package.json")
    try folder.write("{", to: "test/broken/package.json")
    try folder.write("", to: "node_modules/b/package.json")
    let result = try WalkResult(folder)
    #expect(
      result.skipped == [
        "node_modules/@s/a/test/empty/package.json fixture-inside-package empty",
        "node_modules/a/test/broken/package.json fixture-inside-package truncated",
      ])
    #expect(result.problems == ["node_modules/b/package.json empty", "test/broken/package.json truncated"])
  }

  // MARK: Links

  @Test func `a package behind a link inside the root is found once`() throws {
    try folder.write(stealer, to: "store/node-ipc/package.json")
    try folder.makeFolder("node_modules")
    try folder.link("node_modules/node-ipc", to: "../store/node-ipc")
    let result = try WalkResult(folder)
    #expect(result.packages == ["store/node-ipc/package.json node-ipc@9.1.6 installed"])
    #expect(result.problems.isEmpty && result.skipped.isEmpty)
  }

  @Test func `a link out of the root is not followed, and that is said`() throws {
    try folder.write(stealer, to: "outside/node-ipc/package.json")
    try folder.makeFolder("root/node_modules")
    try folder.makeFolder("root/linked")
    try folder.link("root/node_modules/node-ipc", to: "../../outside/node-ipc")
    try folder.link("root/linked/package.json", to: "../../outside/node-ipc/package.json")
    try folder.link("root/linked/readme", to: "../../outside/node-ipc/package.json")
    try folder.link("root/linked/folder", to: "../../outside")
    let result = try WalkResult(folder, roots: ["root"])
    #expect(result.packages.isEmpty)
    #expect(result.skipped == ["root/linked/folder link-outside-root \(folder.path)/outside"])
  }

  @Test(arguments: ["node_modules/node-ipc", "node_modules/@scope/tool", "node_modules", "package.json", "yarn.lock"])
  func `a link out of the root in the place of packages is a problem`(link: String) throws {
    try folder.write(stealer, to: "outside/package.json")
    try folder.makeFolder("root")
    let parent = link.split(separator: "/").dropLast().joined(separator: "/")
    if !parent.isEmpty { try folder.makeFolder("root/\(parent)") }
    let target = link.hasSuffix(".json") || link.hasSuffix(".lock") ? "outside/package.json" : "outside"
    try folder.link("root/\(link)", to: "\(folder.path)/\(target)")
    let result = try WalkResult(folder, roots: ["root"])
    #expect(result.packages.isEmpty && result.skipped.isEmpty)
    #expect(result.problems == ["root/\(link) link-leads-out \(folder.path)/\(target)"])
  }

  @Test(arguments: ["node_modules/.bin", "node_modules/.cache", "node_modules/node-ipc/lib"])
  func `a link out of the root where no package is expected is listed only`(link: String) throws {
    try folder.makeFolder("outside")
    let parent = link.split(separator: "/").dropLast().joined(separator: "/")
    try folder.makeFolder("root/\(parent)")
    try folder.link("root/\(link)", to: "\(folder.path)/outside")
    let result = try WalkResult(folder, roots: ["root"])
    #expect(result.problems.isEmpty)
    #expect(result.skipped == ["root/\(link) link-outside-root \(folder.path)/outside"])
  }

  @Test func `a sibling whose name begins like the root's lies outside`() throws {
    try folder.write(stealer, to: "tree-2/node_modules/node-ipc/package.json")
    try folder.makeFolder("tree")
    try folder.link("tree/link", to: "../tree-2")
    let result = try WalkResult(folder, roots: ["tree"])
    #expect(result.packages.isEmpty)
    #expect(result.skipped == ["tree/link link-outside-root \(folder.path)/tree-2"])
  }

  @Test func `a link between two roots is no link to the outside`() throws {
    try folder.write(stealer, to: "b/node_modules/node-ipc/package.json")
    try folder.makeFolder("a")
    try folder.link("a/link", to: "../b")
    let result = try WalkResult(folder, roots: ["a", "b"])
    #expect(result.packages == ["b/node_modules/node-ipc/package.json node-ipc@9.1.6 installed"])
    #expect(result.skipped.isEmpty && result.problems.isEmpty)
  }

  @Test(arguments: [
    ("home/.npm/_cacache", "npm"), ("web/.yarn/cache", "yarn"), ("home/.yarn/berry/cache", "yarn"),
    ("home/.local/share/pnpm/store/v10/files", "pnpm"), ("disk/.pnpm-store/v3/files", "pnpm"),
    ("home/.cache/pip/http-v2", "pip"), ("home/.cache/pip/wheels", "pip"),
    ("home/.cache/pypoetry/artifacts", "poetry"), ("home/miniconda3/pkgs", "conda"), ("home/.conda/pkgs", "conda"),
  ])
  func `a cache whose archives are not read is listed`(path: String, owner: String) throws {
    try folder.makeFolder(path)
    let result = try WalkResult(folder)
    #expect(result.problems.isEmpty)
    #expect(result.skipped == ["\(path) package-cache \(owner)"])
  }

  @Test(arguments: ["web/cache", "web/files", "store/files", "web/v2/files", "home/_cacache-old"])
  func `a folder that is only named like a part of a cache is not`(path: String) throws {
    try folder.makeFolder(path)
    #expect(try WalkResult(folder).skipped.isEmpty)
  }

  @Test func `loops of links end`() throws {
    try folder.write(stealer, to: "a/node_modules/node-ipc/package.json")
    try folder.link("a/up", to: "..")
    try folder.link("a/self", to: "self")
    try folder.link("a/there", to: "back")
    try folder.link("a/back", to: "there")
    try folder.link("package-lock.json", to: "package-lock.json")
    let result = try WalkResult(folder)
    #expect(result.packages == ["a/node_modules/node-ipc/package.json node-ipc@9.1.6 installed"])
    #expect(result.problems == ["package-lock.json dangling-link"])
    #expect(result.skipped == ["a/back link-loop", "a/self link-loop", "a/there link-loop"])
  }

  @Test func `a manifest that is a link into a store is read through it, once`() throws {
    try folder.write(stealer, to: "store/ab/cdef")
    for name in ["a", "b"] {
      try folder.makeFolder("\(name)/node_modules/node-ipc")
      try folder.link("\(name)/node_modules/node-ipc/package.json", to: "../../../store/ab/cdef")
    }
    var options = DiscoveryOptions()
    options.threads = 1
    let result = try WalkResult(folder, options: options)
    #expect(result.packages == ["a/node_modules/node-ipc/package.json node-ipc@9.1.6 installed"])
    #expect(result.problems.isEmpty && result.skipped.isEmpty)
  }

  @Test func `what belongs beside a manifest that is a link lies beside the link`() throws {
    try folder.write("Metadata-Version: 2.1\nName: tool\nVersion: 1.0\n", to: "store/ab/cdef")
    let metadata = "lib/site-packages/tool-1.0.dist-info"
    try folder.write(
      "{\"url\": \"https://code.example/tool\", \"vcs_info\": {\"vcs\": \"git\"}}", to: "\(metadata)/direct_url.json")
    try folder.link("\(metadata)/METADATA", to: "../../../store/ab/cdef")
    let sink = RecordingSink()
    _ = discover(try ScanRoots(paths: [folder.path]), options: DiscoveryOptions(), sink: sink)
    let packages = sink.found.withLock { $0.files.flatMap(\.packages) }
    #expect(packages.map(\.source) == ["git+https://code.example/tool"])
  }

  @Test func `what belongs beside a manifest and is no file is a problem`() throws {
    let metadata = "lib/site-packages/tool-1.0.dist-info"
    try folder.write("Metadata-Version: 2.1\nName: tool\nVersion: 1.0\n", to: "\(metadata)/METADATA")
    try folder.link("\(metadata)/direct_url.json", to: "elsewhere.json")
    let result = try WalkResult(folder)
    #expect(result.packages == ["\(metadata)/METADATA tool@1.0 installed"])
    #expect(result.problems == ["\(metadata)/direct_url.json not-a-file link"])
  }

  @Test(arguments: ["node_modules", "package-lock.json"])
  func `a link into a place that is only searched for signs leads out`(name: String) throws {
    try folder.write("{}", to: "tmp/node_modules/package.json")
    try folder.write("{}", to: "tmp/package-lock.json")
    try folder.makeFolder("root")
    try folder.link("root/\(name)", to: "../tmp/\(name)")
    let result = try WalkResult(folder, roots: ["root"], signPlaces: ["tmp"])
    #expect(result.problems == ["root/\(name) link-leads-out \(folder.path)/tmp/\(name)"])
  }

  @Test func `a link in the place of packages that may not be followed is a problem`() throws {
    try folder.makeFolder("closed/inner")
    try folder.makeFolder("root")
    for name in ["node_modules", "docs"] { try folder.link("root/\(name)", to: "../closed/inner") }
    chmod(folder.path("closed"), 0)
    chmod(folder.path, 0o755)
    defer { chmod(folder.path("closed"), 0o755) }
    let result = try withoutPrivileges { try WalkResult(folder, roots: ["root"]) }
    #expect(result.problems == ["root/node_modules permission-denied"])
  }

  @Test func `a link to a manifest that is read anyway does not have it read twice`() throws {
    try folder.write(stealer, to: "node_modules/node-ipc/package.json")
    try folder.makeFolder("copy")
    try folder.link("copy/package.json", to: "../node_modules/node-ipc/package.json")
    #expect(try WalkResult(folder).files == ["node_modules/node-ipc/package.json"])
  }

  @Test func `a link to nowhere is a problem where a file that we read was expected`() throws {
    try folder.link("package.json", to: "gone.json")
    try folder.link("readme", to: "gone")
    #expect(try WalkResult(folder).problems == ["package.json dangling-link"])
  }

  // MARK: What is no file

  @Test(.timeLimit(.minutes(1)))
  func `FIFOs, sockets and folders with the names of files are never opened`() throws {
    for name in ["fifo", "socket", "folder/package.json"] { try folder.makeFolder(name) }
    try #require(mkfifo(folder.path("fifo/package-lock.json"), 0o600) == 0)
    try #require(mknod(folder.path("socket/package-lock.json"), S_IFSOCK | 0o600, 0) == 0)
    try #require(mkfifo(folder.path("fifo/other"), 0o600) == 0)
    try folder.makeFolder("link")
    try folder.link("link/package.json", to: "../fifo/other")
    let result = try WalkResult(folder)
    #expect(
      result.problems == [
        "fifo/package-lock.json not-a-file fifo", "folder/package.json not-a-file folder",
        "link/package.json not-a-file fifo", "socket/package-lock.json not-a-file socket",
      ])
  }

  @Test func `an installed package may be called like a file`() throws {
    try folder.write("{\"name\":\"package.json\",\"version\":\"2.0.1\"}", to: "node_modules/package.json/package.json")
    try folder.write(
      "{\"name\":\"@s/package.json\",\"version\":\"1.0.0\"}", to: "node_modules/@s/package.json/package.json")
    let result = try WalkResult(folder)
    #expect(result.packages.count == 2)
    #expect(result.problems.isEmpty)
  }

  // MARK: Limits

  @Test func `a manifest of two gigabytes is not read, and its size is told`() throws {
    let path = try folder.write("", to: "package.json")
    try #require(truncate(path, 2 << 30) == 0)
    #expect(try WalkResult(folder).problems == ["package.json too-big 2147483648 16777216"])
  }

  @Test func `a lockfile may be larger than a manifest`() throws {
    var options = DiscoveryOptions()
    options.limits.manifestBytes = 10
    options.limits.lockfileBytes = 100
    try folder.write("{\"lockfileVersion\":3,\"packages\":{}}", to: "package-lock.json")
    try folder.write(stealer, to: "package.json")
    #expect(try WalkResult(folder, options: options).problems == ["package.json too-big \(stealer.utf8.count) 10"])
  }

  @Test func `a folder of twenty thousand files`() throws {
    try folder.write(stealer, to: "package.json")
    for number in 1..<20_000 {
      let file = open(folder.path("f\(number)"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
      try #require(file >= 0)
      close(file)
    }
    let result = try WalkResult(folder)
    #expect(result.entries == 20_000)
    #expect(result.packages == ["package.json node-ipc@9.1.6 installed"])
  }

  @Test func `a folder's name of 255 bytes that are no UTF-8`() throws {
    let name = [CChar](repeating: CChar(bitPattern: 0xFE), count: 255) + [0]
    let base = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(base) }
    try #require(mkdirat(base, name, 0o700) == 0)
    let inner = openat(base, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(inner) }
    try write(stealer, to: "package.json", in: inner)
    let result = try WalkResult(folder)
    #expect(result.packages == [String(repeating: "\\xFE", count: 255) + "/package.json node-ipc@9.1.6 installed"])
    #expect(result.problems.isEmpty)
  }

  @Test func `a path longer than the system takes in one piece`() throws {
    let name = String(repeating: "n", count: 250)
    var base = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(base) }
    for _ in 0..<40 {
      try #require(mkdirat(base, name, 0o700) == 0)
      let inner = openat(base, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      try #require(inner >= 0)
      close(base)
      base = inner
    }
    try write(stealer, to: "package.json", in: base)
    let result = try WalkResult(folder)
    #expect(result.packages == [String(repeating: name + "/", count: 40) + "package.json node-ipc@9.1.6 installed"])
    #expect(result.problems.isEmpty)
  }

  private func write(_ text: String, to name: String, in folder: Int32) throws {
    let file = openat(folder, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(file >= 0)
    defer { close(file) }
    let bytes = Array(text.utf8)
    #if canImport(Darwin)
      try #require(Darwin.write(file, bytes, bytes.count) == bytes.count)
    #elseif canImport(Musl)
      try #require(Musl.write(file, bytes, bytes.count) == bytes.count)
    #else
      try #require(Glibc.write(file, bytes, bytes.count) == bytes.count)
    #endif
  }

  // MARK: Permission

  @Test func `a folder and a file without permission are problems`() throws {
    try folder.write(stealer, to: "open/package.json")
    try folder.write(stealer, to: "shut/package.json")
    let file = try folder.write(stealer, to: "file/package.json")
    for path in [folder.path, folder.path("open"), folder.path("file")] { chmod(path, 0o755) }
    chmod(folder.path("open/package.json"), 0o644)
    chmod(file, 0)
    chmod(folder.path("shut"), 0)
    defer { chmod(folder.path("shut"), 0o700) }
    let result = try withoutPrivileges { try WalkResult(folder) }
    #expect(result.packages == ["open/package.json node-ipc@9.1.6 installed"])
    #expect(result.problems == ["file/package.json permission-denied", "shut permission-denied"])
  }

  // MARK: Roots

  @Test(arguments: [["", "a"], ["a", ""], ["", ""], ["a", "", "a/b"]])
  func `overlapping roots are read once`(_ roots: [String]) throws {
    try folder.write(stealer, to: "a/b/package.json")
    let result = try WalkResult(folder, roots: roots)
    #expect(result.packages == ["a/b/package.json node-ipc@9.1.6 installed"])
    #expect(result.skipped.count == roots.count - 1)
    #expect(result.skipped.allSatisfy { $0.contains(" inside-another-root ") })
  }

  @Test func `a file inside a root that is named as well is read once`() throws {
    try folder.write(stealer, to: "a/package.json")
    let result = try WalkResult(folder, roots: ["a", "a/package.json"])
    #expect(result.packages == ["a/package.json node-ipc@9.1.6 installed"])
  }

  @Test func `a root may be one file`() throws {
    try folder.write(stealer, to: "node_modules/node-ipc/package.json")
    try folder.write(stealer, to: "package.json")
    let result = try WalkResult(folder, roots: ["node_modules/node-ipc/package.json"])
    #expect(result.packages == ["node_modules/node-ipc/package.json node-ipc@9.1.6 installed"])
    #expect(result.problems.isEmpty)
  }

  @Test func `a root that is a file of an unknown name is a problem`() throws {
    try folder.write(stealer, to: "notes.txt")
    let result = try WalkResult(folder, roots: ["notes.txt"])
    #expect(result.packages.isEmpty)
    #expect(result.problems == ["notes.txt nothing-recognised"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a root that is a FIFO is a problem`() throws {
    try #require(mkfifo(folder.path("package.json"), 0o600) == 0)
    #expect(try WalkResult(folder, roots: ["package.json"]).problems == ["package.json not-a-file fifo"])
  }

  @Test func `a root that is a link is followed: it was named`() throws {
    try folder.write(stealer, to: "real/node_modules/node-ipc/package.json")
    try folder.link("link", to: "real")
    let result = try WalkResult(folder, roots: ["link"])
    #expect(result.packages == ["link/node_modules/node-ipc/package.json node-ipc@9.1.6 installed"])
    #expect(result.skipped.isEmpty)
  }

  @Test func `a scan of one package's folder sees the same place as a scan of the project`() throws {
    try folder.write("{\"type\":\"module\"}", to: "node_modules/lost/package.json")
    let inside = try WalkResult(folder, roots: ["node_modules/lost"]).problems
    #expect(inside == (try WalkResult(folder).problems))
    #expect(!inside.isEmpty)
  }

  @Test func `a root that does not exist is an error that names it`() throws {
    let error = #expect(throws: RootError.self) { _ = try ScanRoots(paths: [folder.path, folder.path("gone")]) }
    #expect(error?.path == folder.path("gone"))
    #expect(error?.cause.isAbsence == true)
  }

  // MARK: Time and threads

  @Test func `one thread and eight find the same`() throws {
    for number in 0..<300 {
      try folder.write(
        "{\"name\":\"p\(number)\",\"version\":\"1.0.\(number)\"}",
        to: "a\(number % 7)/b\(number % 11)/node_modules/p\(number)/package.json")
    }
    var options = DiscoveryOptions()
    options.threads = 1
    let alone = try WalkResult(folder, options: options)
    #expect(alone.packages.count == 300)
    options.threads = 8
    for _ in 0..<10 { #expect(try WalkResult(folder, options: options) == alone) }
  }

  @Test(arguments: [0, 1, 5])
  func `a walk that is stopped says so and keeps what it found`(_ folders: Int) throws {
    for number in 0..<50 { try folder.write(stealer, to: "f\(number)/package.json") }
    let asked = Counter()
    var options = DiscoveryOptions()
    options.threads = 1
    options.isInterrupted = { asked.next() > folders }
    let result = try WalkResult(folder, options: options)
    #expect(result.problems == ["\(folder.path) interrupted"])
    #expect(result.packages.count < 50)
    #expect(result.packages.count >= folders - 1)
  }

  @Test func `progress tells what was seen`() throws {
    for number in 0..<500 { try folder.write(stealer, to: "f\(number)/package.json") }
    let seen = Mutex<[DiscoveryProgress]>([])
    var options = DiscoveryOptions()
    options.onProgress = { progress in seen.withLock { $0.append(progress) } }
    options.isInterrupted = { false }
    #expect(try WalkResult(folder, options: options).packages.count == 500)
    // As often as the walk took tenths of a second: maybe not once, and never more than there is.
    let all = seen.withLock { $0 }
    #expect(
      all.allSatisfy {
        $0.entries <= 1000 && $0.packages <= 500 && $0.folder.hasPrefix(folder.path) || $0.folder.isEmpty
      })
  }

  @Test func `a file is read again with its chains`() throws {
    let lockfile = """
      {"lockfileVersion":3,"packages":{"":{"dependencies":{"a":"1"}},
      "node_modules/a":{"version":"1.0.0","dependencies":{"node-ipc":"9"}},"node_modules/node-ipc":{"version":"9.1.6"}}}
      """
    let path = try folder.write(lockfile, to: "web/package-lock.json")
    let roots = try ScanRoots(paths: [folder.path])
    let file = rereadForPaths(path, below: roots, options: DiscoveryOptions())
    #expect(file?.packages.map(\.title) == ["a@1.0.0", "node-ipc@9.1.6"])
    #expect(file?.paths == [[], ["a@1.0.0"]])
    #expect(rereadForPaths(folder.path("gone/package-lock.json"), below: roots, options: DiscoveryOptions()) == nil)
    #expect(rereadForPaths("/elsewhere/package-lock.json", below: roots, options: DiscoveryOptions()) == nil)
  }
}

/// Counts from one, for several threads.
private final class Counter: Sendable {
  /// How often it was asked.
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}

/// Runs `body` with the rights of a user who owns nothing, where this process has more: this thread, and those that it starts,
/// lose root's rights over files until `body` returns. It must not suspend.
func withoutPrivileges<Result>(_ body: () throws -> Result) throws -> Result {
  guard geteuid() == 0 else { return try body() }
  #if os(Linux)
    typealias SetID = @convention(c) (UInt32) -> Int32
    let symbol = try #require(dlsym(nil, "setfsuid"))
    let setUser = unsafeBitCast(symbol, to: SetID.self)  // setfsuid(2): int setfsuid(uid_t)
    _ = setUser(65534)
    defer { _ = setUser(0) }
    return try body()
  #else
    try Test.cancel("needs a user other than root")
  #endif
}
