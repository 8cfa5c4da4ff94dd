// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Feed

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Puts private records into the index.",
    discussion: "They are marked, and can only add to what the public records say. All of them are taken, or none.")

  @Argument(
    help: ArgumentHelp("OSV records: files of one record each, folders of them, zips of them.", valueName: "file"))
  var files: [String]

  @OptionGroup var common: CommonOptions

  func run() throws {
    var options = ImportOptions(paths: files, folder: try common.folder())
    options.waits = !common.doesNotWait
    let terminal = TerminalLine()
    let report = try importAdvisories(options, terminal.surroundings())
    common.answer(report)
  }
}
