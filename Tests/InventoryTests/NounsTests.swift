// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@Suite struct NounsTests {
  @Test func `only a ledger without problems is complete`() {
    var coverage = Coverage(filesRead: ["npm/package-lock": 3, "npm/package-json": 4])
    #expect(coverage.isComplete)
    #expect(coverage.totalFilesRead == 7)
    coverage.skipped.append(Coverage.Skip(path: "/proc", reason: .pseudoFileSystem))
    #expect(coverage.isComplete)
    coverage.problems.append(Coverage.Problem(path: "a", reason: .truncated))
    #expect(!coverage.isComplete)
  }

  @Test func `the codes of reasons are kebab-case and differ`() {
    let codes =
      Coverage.Reason.allCases.map(\.rawValue) + Coverage.SkipReason.allCases.map(\.rawValue)
      + Sighting.Kind.allCases.map(\.rawValue) + Sighting.Confidence.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }, "\(code)")
    }
  }

  @Test(arguments: [("Debian:12", "Debian"), ("npm", "npm"), ("", ""), (":x", ""), ("a:b:c", "a")])
  func `an ecosystem's base is what stands before the first colon`(name: String, base: String) {
    #expect(Ecosystem(name).base == base)
  }

  @Test func `a package's title has its version where there is one`() {
    #expect(Package(ecosystem: .npm, name: "@a/b", version: "1.0.0").title == "@a/b@1.0.0")
    #expect(Package(ecosystem: .npm, name: "@a/b", version: nil).title == "@a/b")
  }
}
