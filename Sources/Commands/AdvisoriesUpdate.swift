// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `gifthorse advisories update`: becomes gifthorse-feed.
struct AdvisoriesUpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Bring in the public record: all of it the first time, then what has changed.",
    discussion:
      "Everything behind `update` is passed to gifthorse-feed; `gifthorse advisories update --help` shows its options.")

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var arguments: [String] = []

  func run() throws { try FeedProgram.become("update", arguments) }
}
