// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `gifthorse advisories forget`: becomes gifthorse-feed.
struct AdvisoriesForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Take out what `import` has brought in under a label.",
    discussion:
      "Everything behind `forget` is passed to gifthorse-feed; `gifthorse advisories forget --help` shows its options.")

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var arguments: [String] = []

  func run() throws { try FeedProgram.become("forget", arguments) }
}
