// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Feed

/// The program that fetches advisories: the one part of Gifthorse with network code. `gifthorse advisories` starts it.
struct FeedProgram: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gifthorse-feed",
    abstract: "Brings advisories into the index that gifthorse reads.",
    discussion: """
      Exit status: 0 done, or nothing new; 64 the command line is wrong; 70 a fault of ours; 75 the advisories could not be \
      fetched, or were refused: the old ones still serve.
      """,
    subcommands: [UpdateCommand.self, ImportCommand.self, ForgetCommand.self])

  /// Runs the program on the arguments of this process, and ends the process.
  static func runToEnd() -> Never {
    ProcessIO.ignoreBrokenPipes()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as FeedError {
      ProcessIO.say(FeedWording.lines(error))
      exit(withError: ExitCode(error.exitStatus))
    } catch {
      let status = exitCode(for: error)
      if error is ExitCode || status == .success { exit(withError: error) }
      ProcessIO.say(FeedWording.plainLines(fullMessage(for: error)) + "\n")
      exit(withError: ExitCode(status == .validationFailure ? 64 : 70))
    }
    exit()
  }
}

/// How the answer is written.
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}

/// What all commands take.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of the index.", valueName: "folder"))
  var db: String?

  @Option(help: ArgumentHelp("How the answer is written: text or json.", valueName: "format"))
  var format = AnswerFormat.text

  @Flag(name: .customLong("no-wait"), help: "End at once where another update is running.")
  var doesNotWait = false

  func folder() throws(FeedError) -> String {
    guard let folder = db ?? defaultIndexFolder(environment: ProcessIO.environment()), !folder.isEmpty
    else { throw FeedError(.noFolder, "") }
    return folder
  }

  func answer(_ report: UpdateReport) {
    ProcessIO.answer(format == .json ? report.json : FeedWording.summary(report))
  }
}
