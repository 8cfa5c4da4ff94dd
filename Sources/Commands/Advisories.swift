// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `gifthorse advisories`: the public record and the user's own, as it lies on this machine.
struct AdvisoriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advisories",
    abstract: "Bring advisories in, and ask what they say.",
    discussion: """
      What is brought in is an index in one file, by default in your own data folder. Scans read it offline. Bringing in is done by a program of \
      its own, gifthorse-feed: nothing else here can open a connection.
      """,
    subcommands: [
      AdvisoriesUpdateCommand.self, AdvisoriesImportCommand.self, AdvisoriesForgetCommand.self,
      AdvisoriesStatusCommand.self, AdvisoriesShowCommand.self, AdvisoriesRecallCommand.self,
      AdvisoriesScoreCommand.self,
    ])
}
