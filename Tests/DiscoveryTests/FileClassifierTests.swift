// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

@testable import Discovery

/// Which names a pattern takes, and which it leaves.
@Suite struct FileClassifierTests {
  private enum Sample: Extractor {
    static let id = "sample/sample"
    static let files: [FilePattern] = [
      .name("whole.json"), .inFolder(".store", name: "lock.yaml"), .inFolderEnding(".dist-info", name: "METADATA"),
      .endingInFolder("requirements", ending: ".txt"), .affixes(prefix: "lock.", suffix: ".yaml"),
      .ending(".py", outside: ["site-packages"]),
    ]
    static let role = FileRole.manifest
    static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {}
  }

  private func isRead(_ name: String, in folder: String, of root: String) -> Bool {
    var (name, folder, root) = (name, folder, root)
    return name.withUTF8 { name in
      folder.withUTF8 { folder in
        root.withUTF8 { FileClassifier([Sample.self]).extractor(for: name, inFolder: folder, of: $0) != nil }
      }
    }
  }

  @Test(arguments: [
    ("whole.json", "a/b"), ("lock.yaml", "a/.store"), ("METADATA", "lib/six-1.0.dist-info"),
    ("dev.txt", "a/requirements"), ("lock.a.yaml", ""), ("setup.py", "a"), ("x.py", "site-packages-of-mine"),
  ])
  func `a name that a pattern describes is read`(_ name: String, _ folder: String) {
    #expect(isRead(name, in: folder, of: "/project"))
  }

  @Test(arguments: [
    ("awhole.json", "a/b"), ("Whole.json", "a"), ("lock.yaml", "a/store"), ("lock.yaml", ".store/b"),
    ("METADATA", ".dist-info"), ("METADATA", "six.dist-info/licenses"), ("METADATA", ""), ("dev.txt", "a"),
    (".txt", "requirements"), ("dev.txt", "my-requirements"), ("lock..yaml", ""), ("alock.b.yaml", ""),
    (".py", "a"), ("x.pyc", "a"), ("x.py", "lib/site-packages/a"), ("", "a"),
  ])
  func `a look-alike is not read`(_ name: String, _ folder: String) {
    #expect(!isRead(name, in: folder, of: "/project"))
  }

  @Test func `the root's own path counts where nothing lies between it and the file`() {
    #expect(isRead("METADATA", in: "", of: "/lib/six-1.0.dist-info"))
    #expect(isRead("lock.yaml", in: "", of: "/a/.store"))
    #expect(!isRead("lock.yaml", in: "a", of: "/a/.store"))
    #expect(!isRead("x.py", in: "", of: "/lib/site-packages/six"))
    #expect(!isRead("x.py", in: "a", of: "/lib/site-packages/six"))
  }
}
