// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Reports

/// The program's command line. Each subcommand is a file of its own; this list is the one place that names them.
struct Gifthorse: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gifthorse",
    abstract:
      "Finds every open-source package on a machine and says which are known to be bad, and what could not be checked.",
    discussion: """
      Nothing that is scanned is ever run, and nothing leaves this machine: the program has no network code and, on Linux, \
      gives up the right to open connections, start programs and write files before it reads the first one.

      Exit status: 0 everything was read and nothing bad was found; 1 something bad was found; 2 nothing bad was found, but \
      not everything could be read; 64 the command line is wrong; 70 a fault of ours.
      """,
    version: programVersion,
    subcommands: [
      ScanCommand.self, FindCommand.self, RespondCommand.self, ExposureCommand.self, FixCommand.self,
      InventoryCommand.self,
      IncidentsCommand.self, ExplainCommand.self,
      AdvisoriesCommand.self, RootsCommand.self, VersionsCommand.self, SelftestCommand.self,
    ],
    defaultSubcommand: nil)
}

/// Runs the program on the arguments of this process, and ends the process.
///
/// A wrong command line ends with 64. An error that no command has turned into a status of its own is a fault of ours: 70, never the 1
/// that ArgumentParser would end with, since that is a verdict.
public func runGifthorse() -> Never {
  let arguments = Array(CommandLine.arguments.dropFirst())
  do {
    var command = try Gifthorse.parseAsRoot(arguments)
    try command.run()
  } catch {
    end(error, arguments)
  }
  Gifthorse.exit()
}

private func end(_ error: any Error, _ arguments: [String]) -> Never {
  let status = Gifthorse.exitCode(for: error)
  if error is ExitCode || status == .success { Gifthorse.exit(withError: error) }
  guard status == .validationFailure else {
    ProcessIO.say(Gifthorse.fullMessage(for: error))
    Gifthorse.exit(withError: ExitCode(70))
  }
  ProcessIO.say(Gifthorse.fullMessage(for: harmless(error, arguments)))
  Gifthorse.exit(withError: ExitCode(64))
}

/// The same error about the same arguments, without what a terminal would obey: a shell's `*` may put any file's name among them, and
/// ArgumentParser quotes them as they are.
private func harmless(_ error: any Error, _ arguments: [String]) -> any Error {
  do {
    _ = try Gifthorse.parseAsRoot(arguments.map { Escaping.terminal($0) })
  } catch {
    return error
  }
  return ValidationError(Escaping.terminal(Gifthorse.message(for: error)))
}

/// The version of this program.
let programVersion = "0.1.0"
