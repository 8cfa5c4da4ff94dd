// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Reports
import Scanning
import TestSupport
import Testing

struct OutputTests {
  @Test(arguments: ReportFormat.allCases)
  func `a report of 20,000 packages comes in chunks, never as one`(format: ReportFormat) {
    var report = Sample.clean
    report.packages = (1...20_000).map { (number: Int) in
      InventoriedPackage(
        package: Sample.npm("package-\(number)", "1.0.0"),
        sightings: [Sighting(kind: .locked, confidence: .exact, path: "/yarn.lock", line: number)])
    }
    report.notes = (1...20_000).map { (number: Int) in
      Note(code: .installedNotLocked, path: "/p", line: number, arguments: ["1", "a@1"])
    }
    var largest = 0
    var total = 0
    let output = Output { chunk in
      largest = max(largest, chunk.count)
      total += chunk.count
    }
    write(report, as: format, style: ReportStyle(verbose: true), to: output)
    output.flush()
    #expect(total > 1_000_000)
    #expect(largest < Output.chunkBytes + 4096)
  }

  @Test func `what is written comes out once and in order`() {
    var chunks: [String] = []
    let output = Output { chunks.append(String(decoding: $0, as: UTF8.self)) }
    output.write("a")
    output.write("b")
    #expect(chunks.isEmpty)
    output.flush()
    output.flush()
    #expect(chunks == ["ab"])
    output.write(String(repeating: "x", count: Output.chunkBytes))
    #expect(chunks.count == 2)
  }

  // MARK: Rows

  @Test func `the places of a scan are listed with their state`() {
    let rows = [
      RootRow(path: "/home/anna", kind: "home", state: .scanned),
      RootRow(path: "/home/anna/.nvm", kind: "nvm", state: .inside("/home/anna")),
      RootRow(path: "/usr/l\u{1B}ib", kind: "npm-global", state: .missing),
    ]
    #expect(
      rendered { write(rows, style: ReportStyle(), to: $0) } == """
        home        /home/anna (scanned)
        nvm         /home/anna/.nvm (inside /home/anna)
        npm-global  /usr/l\\x1bib (not there)

        """)
  }

  @Test func `the self-test says of each check whether it passed, and what that means`() {
    let passed = SelftestResult(name: "installed", isPassed: true, detail: "malicious")
    let failed = SelftestResult(name: "yarn-lock", isPassed: false, detail: "clean")
    #expect(
      rendered { write([passed, failed], style: ReportStyle(), to: $0) } == """
        ok      installed (malicious)
        FAILED  yarn-lock (clean)

        1 of 2 checks FAILED: do not rely on this program.

        """)
    #expect(
      rendered { write([passed], style: ReportStyle(), to: $0) } == """
        ok      installed (malicious)

        All 1 check passed: this program detects what it should.

        """)
    #expect(rendered { write([SelftestResult](), style: ReportStyle(), to: $0) }.contains("FAILED"))
  }
}
