// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Feed

struct UpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Brings the advisories up to date.",
    discussion: """
      The first time everything is read; later only what has changed. The index is replaced in one step, or stays as it is.

      Proxies and private certificates are taken from the usual variables: https_proxy, no_proxy, SSL_CERT_FILE, \
      CURL_CA_BUNDLE.
      """)

  @Option(
    name: .customLong("ecosystem"), parsing: .singleValue,
    help: ArgumentHelp("Only this ecosystem, as OSV spells it; may be repeated.", valueName: "name"))
  var ecosystems: [String] = []

  @Option(
    help: ArgumentHelp(
      "A mirror's address, a folder in the layout of OSV's bucket, or a zip of records.", valueName: "source"))
  var from = FeedSource.publicAddress

  @Option(
    help: ArgumentHelp(
      """
      Where the list of known exploited vulnerabilities comes from: an address, a file, or none. With the public source \
      its public file, else the list stays as it is.
      """, valueName: "source"))
  var kev: String?

  @Flag(help: "Take an ecosystem that lost more than a tenth of its records.")
  var acceptShrinking = false

  @Flag(name: .customLong("allow-http"), help: "Take addresses without encryption.")
  var allowsPlain = false

  @Flag(name: .customLong("whole"), help: "Read everything again, not only what has changed.")
  var isWhole = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    var options = UpdateOptions(
      source: try FeedSource(from, allowsPlain: allowsPlain), folder: try common.folder())
    options.ecosystems = ecosystems
    options.knownExploited = try .init(kev, allowsPlain: allowsPlain)
    options.waits = !common.doesNotWait
    options.acceptsShrinking = acceptShrinking
    options.isWhole = isWhole
    options.fetching = FetchSettings(environment: ProcessIO.environment())
    let terminal = TerminalLine()
    let report = try updateAdvisories(options, terminal.surroundings())
    common.answer(report)
  }
}
