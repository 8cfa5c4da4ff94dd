// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `gifthorse advisories`: what is known about bad versions, and what follows from it.
struct AdvisoriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advisories",
    abstract: "Ask what the advisories say.",
    subcommands: [AdvisoriesScoreCommand.self])
}
