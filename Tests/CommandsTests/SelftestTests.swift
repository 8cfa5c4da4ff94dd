// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite struct SelftestTests {
  @Test func `a sound program passes its self-test and leaves nothing behind`() throws {
    let folder = try TemporaryFolder()
    let outcome = try run("selftest", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.error == [])
    let lines = outcome.transcript.split(separator: "\n").dropFirst()
    let checks = lines.filter { $0.hasPrefix("| ok ") }.count
    // Fifteen samples; how many tries to break out there are depends on the kernel.
    #expect(checks >= 15)
    #expect(lines.last == "| All \(checks) checks passed: this program detects what it should.")
    #expect(!outcome.transcript.contains("FAILED"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test(arguments: [
    "installed (malicious)", "installed-clean (clean)", "package-lock (malicious)", "yarn-lock (malicious)",
    "pnpm-lock (malicious)", "bun-lock (malicious)", "wiper (malicious)", "protestware (protestware)",
    "python-installed (malicious)", "python-installed-clean (clean)", "requirements (malicious)", "uv-lock (malicious)",
    "trace (malicious)", "trace-clean (clean)", "truncated (not-verified)",
  ])
  func `the self-test proves each of these`(check: String) throws {
    #expect(try run("selftest", in: TemporaryFolder()).transcript.contains("| ok      \(check)\n"))
  }

  @Test func `a self-test that has nowhere to put its samples does not pass`() throws {
    expect(
      try run("selftest", in: TemporaryFolder(), environment: ["TMPDIR": "/nowhere"]),
      is: """
        exit 70
        ! error: cannot write '/nowhere': there is no such file or folder (ENOENT)
        ! hint: name a file in a folder that exists and that you may write to

        """)
  }
}
