// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// `gifthorse advisories import`: becomes gifthorse-feed.
struct AdvisoriesImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring in records of your own: OSV files, lists of names and versions, catalogues, OpenVEX.",
    discussion:
      "Everything behind `import` is passed to gifthorse-feed; `gifthorse advisories import --help` shows its options.")

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var arguments: [String] = []

  func run() throws { try FeedProgram.become("import", arguments) }
}
