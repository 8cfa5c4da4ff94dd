// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
  import Discovery
  import Foundation
  import Glibc
  import Inventory
  import Scanning
  import TestSupport
  import Testing

  @testable import Responding

  /// What is moved for what a scan says.
  @Suite struct QuarantineTargetsTests {
    private func origins(_ tree: QuarantineTree) throws -> [String] {
      try tree.plan().batches.flatMap(\.items).map { "\($0.shownOrigin) \($0.kind.rawValue) \($0.role.rawValue)" }
    }

    // MARK: npm's relatives

    /// As pnpm lays packages out: https://pnpm.io/symlinked-node-modules-structure (read 2026-11-25).
    private func pnpm() throws -> QuarantineTree {
      let tree = try QuarantineTree()
      let store = "node_modules/.pnpm"
      try tree.folder.write(
        #"{"name":"node-ipc","version":"9.1.6"}"#, to: "\(store)/node-ipc@9.1.6/node_modules/node-ipc/package.json")
      try tree.folder.write(
        #"{"name":"web","version":"1.0.0"}"#, to: "\(store)/web@1.0.0/node_modules/web/package.json")
      try tree.folder.makeFolder("\(store)/node_modules")
      try tree.folder.link("node_modules/node-ipc", to: ".pnpm/node-ipc@9.1.6/node_modules/node-ipc")
      try tree.folder.link("node_modules/web", to: ".pnpm/web@1.0.0/node_modules/web")
      try tree.folder.link("\(store)/node_modules/node-ipc", to: "../node-ipc@9.1.6/node_modules/node-ipc")
      try tree.folder.link("\(store)/web@1.0.0/node_modules/node-ipc", to: "../../node-ipc@9.1.6/node_modules/node-ipc")
      return tree
    }

    @Test func `of a package that links lead to, the links are moved as links and the package too`() throws {
      let tree = try pnpm()
      #expect(
        try origins(tree) == [
          "node_modules/.pnpm/node-ipc@9.1.6/node_modules/node-ipc folder package",
          "node_modules/.pnpm/node_modules/node-ipc link link",
          "node_modules/.pnpm/web@1.0.0/node_modules/node-ipc link link", "node_modules/node-ipc link link",
        ])
      #expect(try tree.quarantine().isComplete)
      #expect(!tree.exists("node_modules/node-ipc"))
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: tree.folder.path("\(QuarantineTree.batch)/held/4"))
          == ".pnpm/node-ipc@9.1.6/node_modules/node-ipc")
      #expect(try tree.scanned().verdict == .clean)
      #expect(try tree.restore().isComplete)
      #expect(FileManager.default.fileExists(atPath: tree.folder.path("node_modules/node-ipc/package.json")))
    }

    @Test func `a link of the same name to something else stays`() throws {
      let tree = try pnpm()
      unlink(tree.folder.path("node_modules/node-ipc"))
      try tree.folder.link("node_modules/node-ipc", to: ".pnpm/web@1.0.0/node_modules/web")
      #expect(try !origins(tree).contains { $0.hasPrefix("node_modules/node-ipc ") })
    }

    @Test func `files that have other names are counted, and what the store holds of them can be moved too`() throws {
      let tree = try pnpm()
      let file = "node_modules/.pnpm/node-ipc@9.1.6/node_modules/node-ipc/package.json"
      try tree.folder.makeFolder("store/v10/files/ab")
      #expect(link(tree.folder.path(file), tree.folder.path("store/v10/files/ab/cd")) == 0)
      let package = Package(ecosystem: .npm, name: "node-ipc", version: "9.1.6")
      let request = QuarantinePlan.Request(
        path: tree.folder.path("store/v10/files/ab/cd"), role: .cache, package: package, findings: ["MAL-2026-3744"])
      let items = try tree.plan(adding: [request]).batches.flatMap(\.items)
      #expect(items.filter { $0.role == .package }.map(\.sharedFiles) == [1])
      let entry = try #require(items.first { $0.role == .cache })
      #expect((entry.shownOrigin, entry.kind, entry.sharedFiles) == ("store/v10/files/ab/cd", .file, 1))
      #expect(try tree.quarantine(tree.plan(adding: [request])).isComplete)
      #expect(!tree.exists("store/v10/files/ab/cd"))
    }

    @Test func `what a package manager notes inside node_modules of what it has installed goes with it`() throws {
      let tree = try QuarantineTree.npm()
      try tree.folder.write(
        #"{"lockfileVersion":3,"packages":{"node_modules/node-ipc":{"version":"9.1.6"}}}"#,
        to: "web/node_modules/.package-lock.json")
      try tree.folder.write(
        #"{"lockfileVersion":3,"packages":{"":{},"node_modules/node-ipc":{"version":"9.1.6"}}}"#,
        to: "web/package-lock.json")
      #expect(
        try origins(tree) == [
          "web/node_modules/.package-lock.json file metadata", "web/node_modules/node-ipc folder package",
        ])
      // The project's own lockfile is edited, not moved: what it pins is found as ever.
      try tree.quarantine()
      #expect(try tree.scanned().verdict == .malicious)
    }

    @Test func `the scanned folder itself is not moved, nor anything where no place is fit`() throws {
      let tree = try QuarantineTree.npm()
      for (root, code) in [
        ("web/node_modules/node-ipc", QuarantineRefusal.Code.isRoot), ("web/node_modules", .noPlace),
      ] {
        let roots = try ScanRoots(paths: [tree.folder.path(root)])
        let plan = QuarantinePlan(try QuarantineTree.scan(tree.folder.path(root)).findings, below: roots)
        #expect(plan.refusals.map(\.code).contains(code), "\(root)")
        #expect(plan.batches.isEmpty, "\(root)")
      }
    }

    @Test func `somebody's own project that is called like a bad package stays`() throws {
      let tree = try QuarantineTree()
      try tree.folder.write(#"{"name":"node-ipc","version":"9.1.6"}"#, to: "fork/package.json")
      #expect(try tree.scanned().verdict == .malicious)
      #expect(try tree.plan().batches.isEmpty)
      #expect(try tree.plan().refusals.map(\.code) == [.notMovable])
    }

    // MARK: npm's cache

    /// As npm lays its cache out: https://github.com/npm/cacache/blob/main/README.md (read 2026-11-26).
    private func cache() throws -> (tree: QuarantineTree, content: String) {
      let tree = try QuarantineTree.npm()
      // "x1jPjg==" is c7 58 cf 8e; a real digest is longer.
      let content = "home/.npm/_cacache/content-v2/sha512/c7/58/cf8e"
      try tree.folder.write("tarball", to: content)
      try tree.folder.write("another", to: "home/.npm/_cacache/content-v2/sha512/00/10/83")
      let keys = [
        "make-fetch-happen:request-cache:https://registry.example/node-ipc/-/node-ipc-9.1.6.tgz": "sha512-x1jPjg==",
        "make-fetch-happen:request-cache:https://registry.example/node-ipc/-/node-ipc-9.1.5.tgz": "sha512-ABCD",
        "make-fetch-happen:request-cache:https://registry.example/not-node-ipc/-/not-node-ipc-9.1.6.tgz": "sha512-ABCD",
        "make-fetch-happen:request-cache:https://registry.example/node-ipc": "sha512-ABCD",
      ]
      for (number, (key, integrity)) in keys.sorted(by: { $0.key < $1.key }).enumerated() {
        try tree.folder.write(
          "\n0000\t{\"key\":\"\(key)\",\"integrity\":\"\(integrity)\",\"time\":1,\"size\":7}\nbroken {",
          to: "home/.npm/_cacache/index-v5/ab/cd/\(number)")
      }
      return (tree, content)
    }

    @Test func `what npm's cache holds of a bad package is moved, and nothing else of it`() throws {
      let (tree, content) = try cache()
      let report = try tree.scanned()
      #expect(report.coverage.skipped.map(\.path) == [tree.folder.path("home/.npm/_cacache")])
      let roots = try ScanRoots(paths: [tree.path])
      let requests = NPMCache.requests(for: report.findings, skipped: report.coverage.skipped, below: roots)
      #expect(requests.map(\.path) == [tree.folder.path(content)])
      #expect(requests.map(\.findings) == [["MAL-2026-3744"]])
      let plan = QuarantinePlan(report.findings, adding: requests, below: roots)
      #expect(plan.batches.flatMap(\.items).map(\.role) == [.cache, .package])
      try tree.quarantine(plan)
      #expect(!tree.exists(content))
      #expect(tree.exists("home/.npm/_cacache/content-v2/sha512/00/10/83"))
      #expect(try tree.restore().isComplete)
      #expect(tree.exists(content))
    }

    @Test(arguments: ["sha512-Li4vLi4v", "sha512-", "sha512-????", "sha1-x1jPjg==", "sha512-AA"])
    func `an integrity that names no content leads nowhere`(integrity: String) {
      let path = NPMCache.contentPath(ofIntegrity: integrity)
      #expect(
        path
          == (integrity == "sha512-Li4vLi4v"
            ? "content-v2/sha512/2e/2e/2f2e2e2f"
            : integrity.hasPrefix("sha1")
              ? "content-v2/sha1/c7/58/cf8e" : nil))
    }

    // MARK: Python

    /// Two packages in one environment that share a namespace and `__pycache__`.
    private func python() throws -> QuarantineTree {
      let tree = try QuarantineTree()
      let packages = "venv/lib/python3.12/site-packages"
      let record = """
        ../../../bin/litellm,sha256=x,1
        __pycache__/litellm_single.cpython-312.pyc,,
        litellm-1.82.8.dist-info/METADATA,sha256=x,1
        litellm-1.82.8.dist-info/RECORD,,
        litellm/__init__.py,sha256=x,1
        litellm/sub/main.py,sha256=x,1
        litellm_init.pth,sha256=x,1
        "odd,name.py",sha256=x,1
        space/ours.py,sha256=x,1
        space/theirs.py,sha256=x,1
        other-1.0.dist-info/METADATA,sha256=x,1
        /etc/passwd,sha256=x,1
        gone.py,sha256=x,1

        """
      let files = [
        "litellm-1.82.8.dist-info/METADATA": "Metadata-Version: 2.1\nName: litellm\nVersion: 1.82.8\n",
        "litellm-1.82.8.dist-info/RECORD": record, "litellm/__init__.py": "", "litellm/sub/main.py": "",
        "litellm/dropped.bin": "not listed", "litellm_init.pth": "", "odd,name.py": "", "space/ours.py": "",
        "space/theirs.py": "", "__pycache__/litellm_single.cpython-312.pyc": "", "__pycache__/other.pyc": "",
        "other-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: other\nVersion: 1.0\n",
        "other-1.0.dist-info/RECORD": "space/theirs.py,,\nother-1.0.dist-info/METADATA,,\n",
      ]
      for (name, content) in files { try tree.folder.write(content, to: "\(packages)/\(name)") }
      try tree.folder.write("", to: "venv/bin/litellm")
      return tree
    }

    @Test func `of a Python package all that its list of files names is moved, and nothing that another one lists`()
      throws
    {
      let tree = try python()
      let packages = "venv/lib/python3.12/site-packages"
      #expect(
        Set(try origins(tree)) == [
          "\(packages)/litellm-1.82.8.dist-info folder metadata", "\(packages)/litellm folder part",
          "\(packages)/litellm_init.pth file part", "\(packages)/odd,name.py file part",
          "\(packages)/space/ours.py file part", "\(packages)/__pycache__/litellm_single.cpython-312.pyc file part",
        ])
      let plan = try tree.plan()
      #expect(plan.refusals.map(\.code) == [.leftBehind, .leftBehind])
      #expect(Set(plan.refusals.flatMap(\.arguments)) == ["../../../bin/litellm", "/etc/passwd"])
      try tree.quarantine(plan)
      #expect(tree.exists("\(packages)/space/theirs.py") && tree.exists("\(packages)/other-1.0.dist-info/METADATA"))
      #expect(!tree.exists("\(packages)/litellm/dropped.bin"))
      #expect(try tree.scanned().verdict == .clean)
      #expect(try tree.restore().isComplete)
      #expect(tree.exists("\(packages)/litellm/dropped.bin") && tree.exists("\(packages)/odd,name.py"))
    }

    @Test func `without a list of files nothing is moved`() throws {
      let tree = try python()
      unlink(tree.folder.path("venv/lib/python3.12/site-packages/litellm-1.82.8.dist-info/RECORD"))
      let plan = try tree.plan()
      #expect(plan.batches.isEmpty)
      #expect(plan.refusals.map(\.code) == [.noFileList])
    }

    // MARK: Hostile names and manifests

    @Test func `a name that is no text is kept byte for byte`() throws {
      let tree = try QuarantineTree()
      let odd = "a\nb\u{1B}[31m\"\\"
      try tree.folder.write(#"{"name":"node-ipc","version":"9.1.6"}"#, to: "\(odd)/node_modules/node-ipc/package.json")
      try tree.folder.write("x", to: "\(odd)/node_modules/node-ipc/\(odd)")
      // A byte that is no UTF-8, inside the package.
      let raw = Array(tree.folder.path("\(odd)/node_modules/node-ipc/").utf8CString.dropLast()) + [-1, 0]
      close(open(raw, O_WRONLY | O_CREAT, 0o600))
      let before = try tree.portrait(touched: ["", odd, "\(odd)/node_modules"])
      #expect(try tree.quarantine().isComplete)
      let text = try String(contentsOfFile: tree.folder.path("\(QuarantineTree.batch)/manifest.json"), encoding: .utf8)
      #expect(text.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A })
      #expect(text.split(separator: "\n").count == 8)
      #expect(try tree.scanned().verdict == .clean)
      #expect(try tree.restore().isComplete)
      #expect(try tree.portrait(touched: ["", odd, "\(odd)/node_modules"]) == before)
    }

    @Test func `a path that is no UTF-8 survives the manifest`() throws {
      let item = QuarantinedItem(
        number: 1, origin: [0x61, 0xFF, 0x2F, 0x62], shownOrigin: #"a\xFF/b"#, kind: .file, role: .part, inode: 1 << 63,
        device: 2, mode: 0o4755, modified: -1, size: 3, files: 1, sharedFiles: 0,
        digest: String(repeating: "ab", count: 32), contents: [])
      let manifest = QuarantineManifest(id: "x", created: "2026-11-25T12:00:00Z", items: [item])
      let read = try manifest.json.withUnsafeBufferPointer { try QuarantineManifest(json: $0) }
      #expect(read == manifest)
    }

    /// Where a manifest that somebody has changed would have things put.
    @Test(arguments: [
      "../outside", "a/../../outside", "/etc/cron.d/x", "a//b", "./a", "", "a/", "a\u{0}b", ".gifthorse-quarantine/x",
    ])
    func `a manifest that leads out of its folder is refused`(origin: String) throws {
      let tree = try QuarantineTree.npm()
      try tree.quarantine()
      let file = tree.folder.path("\(QuarantineTree.batch)/manifest.json")
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let spelled = origin.replacingOccurrences(of: "\u{0}", with: #"\u0000"#)
      let changed = text.replacingOccurrences(of: "web/node_modules/node-ipc", with: spelled)
      #expect(changed != text)
      try Data(changed.utf8).write(to: URL(filePath: file))
      let report = try tree.restore()
      #expect(report.restored.isEmpty)
      #expect(report.refusals.map(\.code) == [.quarantineUnusable])
      #expect(report.refusals.first?.arguments.first == "manifest-not-understood")
      #expect(tree.inode("\(QuarantineTree.batch)/held/1") != 0)
    }

    @Test func `what was changed in quarantine is not put back`() throws {
      let tree = try QuarantineTree.npm()
      try tree.quarantine()
      try tree.folder.write("other", to: "\(QuarantineTree.batch)/held/1/lib/index.js")
      chmod(tree.folder.path("\(QuarantineTree.batch)/held"), 0o400)
      #expect(try tree.restore().refusals.map(\.code) == [.changed])
      #expect(!tree.exists("web/node_modules/node-ipc"))
    }

    @Test func `a very deep tree is moved and put back`() throws {
      let tree = try QuarantineTree.npm()
      var folder = open(tree.folder.path("web/node_modules/node-ipc"), O_RDONLY | O_DIRECTORY)
      for _ in 0..<1_500 {
        #expect(mkdirat(folder, "deep", 0o755) == 0)
        let next = openat(folder, "deep", O_RDONLY | O_DIRECTORY)
        close(folder)
        folder = next
      }
      close(folder)
      #expect(try tree.quarantine().isComplete)
      #expect(try tree.restore().isComplete)
      #expect(tree.exists("web/node_modules/node-ipc/deep/deep/deep"))
    }

    @Test(.enabled(if: geteuid() == 0, "only the superuser mounts"))
    func `what is a mounted file system, or holds one, is not moved`() throws {
      for place in ["web/node_modules/node-ipc", "web/node_modules/node-ipc/lib"] {
        let tree = try QuarantineTree.npm()
        let target = tree.folder.path(place)
        // A bind of the same file system: the device is no help.
        guard mount(target, target, nil, UInt(MS_BIND), nil) == 0 else { return }
        defer { umount2(target, Int32(MNT_DETACH)) }
        #expect(try tree.plan().refusals.map(\.code).contains(.mountPoint), "\(place)")
        #expect(try tree.plan().batches.flatMap(\.items).isEmpty, "\(place)")
      }
    }

    @Test(.enabled(if: geteuid() == 0, "only the superuser mounts"))
    func `what lies on another file system inside the root is quarantined there`() throws {
      let tree = try QuarantineTree()
      let place = try tree.folder.makeFolder("disk")
      guard mount("none", place, "tmpfs", 0, nil) == 0 else { return }
      defer { umount2(place, Int32(MNT_DETACH)) }
      try tree.folder.write(#"{"name":"node-ipc","version":"9.1.6"}"#, to: "disk/a/node_modules/node-ipc/package.json")
      let report = try tree.quarantine()
      #expect(report.isComplete)
      #expect(report.batches.map(\.path) == [place + "/" + QuarantineTree.batch])
      #expect(try tree.scanned().verdict == .clean)
      #expect(try tree.restore("disk/\(QuarantineTree.quarantine)").isComplete)
      #expect(tree.exists("disk/a/node_modules/node-ipc/package.json"))
    }
  }
#endif
