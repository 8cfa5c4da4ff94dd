// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Feed

/// The line on a terminal that shows what is being done; nothing where standard error is no terminal.
final class TerminalLine {
  /// Seconds between two states of it.
  private static let step = 0.1

  private let isShown = ProcessIO.isTerminal(2) && ProcessIO.environment()["TERM"] != "dumb"
  private var width = 0
  private var next = 0.0

  deinit {
    clear()
  }

  /// The process's own clocks and standard error, with this line kept out of the way.
  func surroundings() -> UpdateSurroundings {
    UpdateSurroundings(now: ProcessIO.now, clock: ProcessIO.monotonic) { [self] notice in
      clear()
      ProcessIO.say(FeedWording.line(notice))
    } progress: { [self] in
      show($0)
    }
  }

  private func show(_ progress: FeedProgress) {
    guard isShown else { return }
    let now = ProcessIO.monotonic()
    guard now >= next else { return }
    next = now + Self.step
    let line = String(FeedWording.line(progress).prefix(78))
    ProcessIO.say("\r\(line)\(String(repeating: " ", count: max(0, width - line.count)))")
    width = line.count
  }

  private func clear() {
    guard width > 0 else { return }
    ProcessIO.say("\r\(String(repeating: " ", count: width))\r")
    width = 0
  }
}
