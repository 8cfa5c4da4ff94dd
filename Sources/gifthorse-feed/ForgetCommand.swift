// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Feed

struct ForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Takes out of the index what was imported under a label.",
    discussion: "Its records and its OpenVEX documents go. Public records stay as they are.")

  @Argument(
    help: ArgumentHelp("As it was given with --label, else the file's name without its ending.", valueName: "label"))
  var label: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    var request = ForgetRequest(label: label, folder: try common.folder())
    request.waits = !common.doesNotWait
    let terminal = TerminalLine()
    common.answer(try forgetAdvisories(request, terminal.surroundings()))
  }
}
