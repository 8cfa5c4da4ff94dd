// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Feed

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Puts advisories of your own into the index.",
    discussion: """
      FILE is one of these, told by what stands in it:

        a list       name@version or a purl in each line; @* is every version
        a table      CSV or TSV with columns for names and versions
        a catalogue  of bumblebee, JSON
        OpenVEX      a document, JSON
        OSV          one record, JSON

      or a folder or a zip of JSON files. All of it is taken, or nothing.

      What is imported is marked with its label and can only add: it changes no public record, and a statement in OpenVEX is told \
      beside a finding, which stays. Importing lists, tables and catalogues again under the same label replaces what such files \
      have brought under it before, and an OpenVEX document replaces the earlier ones of its label; OSV records stay until \
      `gifthorse advisories forget LABEL`.
      """)

  @Argument(help: ArgumentHelp("Files, folders, zips.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "The ecosystem of the names that do not say it themselves, as OSV spells it.", valueName: "name"))
  var ecosystem: String?

  @Option(
    help: ArgumentHelp(
      "The name under which it is kept and shown: letters, digits, '.', '_', '-'. Else each file's own name without its ending, with '-' for everything else.",
      valueName: "name"))
  var label: String?

  @Flag(name: .customLong("vulnerable"), help: "What lists and tables name is vulnerable, not malicious.")
  var isVulnerable = false

  @Flag(
    name: .customLong("skip-bad"), help: "Leave out lines and entries that cannot be taken; else they end the import.")
  var skipsBad = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    var request = ImportRequest(paths: files, folder: try common.folder())
    request.label = label
    request.ecosystem = ecosystem
    request.isMalicious = !isVulnerable
    request.skipsBad = skipsBad
    request.waits = !common.doesNotWait
    let terminal = TerminalLine()
    common.answer(try importAdvisories(request, terminal.surroundings()))
  }
}
