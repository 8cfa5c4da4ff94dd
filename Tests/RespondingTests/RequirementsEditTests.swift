// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Responding

struct RequirementsEditTests {
  private static let pin = Pin(ecosystem: .pypi, name: "my-tool", bad: ["1.2.3"], safe: "1.2.2")

  private func edited(_ text: String, known: KnownEntries = KnownEntries()) throws -> String {
    let bytes = Array(text.utf8)
    let new = try #require(RequirementsEdit(bytes).edits([Self.pin], known: known).applied(to: bytes))
    #expect(FixCheck.isRight(path: "/p/requirements.txt", old: bytes, new: new, [Self.pin]))
    return String(decoding: new, as: UTF8.self)
  }

  @Test(arguments: [
    ("my-tool==1.2.3\n", "my-tool==1.2.2\n"), ("My_Tool == 1.2.3", "My_Tool == 1.2.2"),
    (
      "my.tool[extra,more]==1.2.3 ; python_version < \"3\"  # why\r\n",
      "my.tool[extra,more]==1.2.2 ; python_version < \"3\"  # why\r\n"
    ),
    ("  my-tool===1.2.3\n", "  my-tool===1.2.2\n"), ("my-tool (==1.2.3)\n", "my-tool (==1.2.2)\n"),
    ("my-tool==1.2.3 \\\n  ; python_version > \"3\"\n", "my-tool==1.2.2 \\\n  ; python_version > \"3\"\n"),
    ("\u{FEFF}my-tool==1.2.3\n", "\u{FEFF}my-tool==1.2.2\n"),
    ("a==1\nmy-tool==1.2.3\nb==2", "a==1\nmy-tool==1.2.2\nb==2"),
    ("my-tool==v1.2.3\n", "my-tool==1.2.2\n"),
  ])
  func `a pin is replaced, and all else stays`(old: String, new: String) throws {
    #expect(try edited(old) == new)
    #expect(try edited(new) == new)
  }

  @Test(arguments: [
    "my-tool==1.2.4\n", "my-tool==1.2.30\n", "my-tool2==1.2.3\n", "not-my-tool==1.2.3\n", "my-tool>=1.2.3\n",
    "my-tool~=1.2.3\n",
    "my-tool==1.2.*\n", "my-tool>=1,==1.2.3\n", "my-tool==1.2.3,<2\n", "# my-tool==1.2.3\n",
    "my-tool @ https://host.example/my-tool-1.2.3.tar.gz\n",
    "-e git+https://host.example/my-tool.git@1.2.3#egg=my-tool\n", "-r my-tool==1.2.3\n",
  ])
  func `what is no pin of the bad version stays`(text: String) throws {
    #expect(try RequirementsEdit(Array(text.utf8)).edits([Self.pin], known: KnownEntries()).isEmpty)
  }

  @Test func `digests are replaced where all are known, and else nothing is`() throws {
    let text =
      "my-tool==1.2.3 \\\n    --hash=sha256:bad1 \\\n    --hash=sha256:bad2\n    # via a\nb==1 --hash=sha256:bb\n"
    #expect(throws: EditDoubt(.digestsNotKnown, ["my-tool@1.2.2"])) { try edited(text) }
    var known = KnownEntries()
    RequirementsEdit.harvest(
      Array("a==1 --hash=sha256:aa\nmy-tool==1.2.2 --hash=sha256:s1 --hash=sha256:s2 --hash=sha256:s3\n".utf8),
      [Self.pin], into: &known)
    #expect(
      try edited(text, known: known)
        == "my-tool==1.2.2 \\\n    --hash=sha256:s1 \\\n    --hash=sha256:s2 \\\n    --hash=sha256:s3\n    # via a\nb==1 --hash=sha256:bb\n"
    )
    #expect(
      try edited("my-tool==1.2.3 --hash=sha256:bad\n", known: known)
        == "my-tool==1.2.2 --hash=sha256:s1 --hash=sha256:s2 --hash=sha256:s3\n")
  }
}
