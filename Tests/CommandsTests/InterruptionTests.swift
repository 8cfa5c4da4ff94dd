// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
  import Foundation
  import Glibc
  import TestSupport
  import Testing

  /// Ctrl-C and the termination signal.
  ///
  /// The moment is made certain by a standard error that is full: with `--verbose` the program says what confines it after it has asked for
  /// the signals and before it reads the first folder, and waits there until somebody reads.
  @Suite struct InterruptionTests {
    /// A pipe into which not one byte more goes.
    private func fullPipe() throws -> (reading: Int32, writing: Int32) {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else { throw CallFailed(name: "pipe", code: errno) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      let flags = fcntl(ends[1], F_GETFL)
      _ = fcntl(ends[1], F_SETFL, flags | O_NONBLOCK)
      while write(ends[1], "x", 1) == 1 {}
      _ = fcntl(ends[1], F_SETFL, flags)
      return (ends[0], ends[1])
    }

    /// Waits until the program has a handler of its own for `signal`. The process begins as a shell, which may have one too.
    private func waitForHandler(of signal: Int32, in process: pid_t) throws {
      for _ in 0..<1000 {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let mask = UInt64(field("SigCgt:", of: status), radix: 16) ?? 0
        if field("Name:", of: status) != "sh", mask & (1 << UInt64(signal - 1)) != 0 { return }
        usleep(10_000)
      }
      Issue.record("the program never asked for signal \(signal)")
    }

    private func field(_ name: String, of status: String) -> String {
      let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
      return line?.dropFirst(name.count).trimmingCharacters(in: .whitespaces) ?? ""
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a scan that is interrupted gives its answer, as not verified`(signal: Int32) throws {
      let folder = try TemporaryFolder()
      for number in 0..<200 { try folder.addClean("tree/\(number)") }
      let (reading, writing) = try fullPipe()
      defer { close(reading) }
      let child = try Child(["scan", "tree", "--verbose"], in: folder, error: writing)
      try waitForHandler(of: signal, in: child.process)
      kill(child.process, signal)
      // Lets it go on: one page is free again after one page was read.
      var page = [UInt8](repeating: 0, count: 65_536)
      #expect(read(reading, &page, page.count) > 0)
      let outcome = try child.wait()
      #expect(outcome.status == 2)
      #expect(
        outcome.transcript.hasPrefix(
          """
          exit 2
          | NOT VERIFIED: nothing bad was found, but 1 place could not be read.
          |
          | What could not be read, and may hide something
          |   The scan was stopped (1)
          |     tree
          |     hint: let it run to its end

          """))
    }
  }
#endif
