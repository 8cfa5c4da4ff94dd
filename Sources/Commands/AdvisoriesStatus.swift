// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Reports

/// `gifthorse advisories status`: what is here, from where, and how old.
struct AdvisoriesStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show which advisories are here, from where, and how old they are.",
    discussion:
      "Exit status: 0, with a warning in the first line where they are older than --max-age; 64 where there are none; 70 where they cannot be used."
  )

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @Option(help: ArgumentHelp("From which age on they are called old.", valueName: "days"))
  var maxAge: Int = 7

  @OptionGroup var output: OutputOptions

  func run() throws {
    let environment = ProcessIO.environment()
    let answer = try AnswerFile.create(output)
    let index = try OpenAdvisories.require(output, environment)
    ProcessIO.ignoreBrokenPipes()
    let own: [String: IndexReport.Own]
    do throws(AdvisoryIndexError) {
      own = try IndexReport.own(in: index)
    } catch {
      ProcessIO.say(Wording.sentence(for: error))
      throw ExitCode(70)
    }
    let report = IndexReport(
      path: index.path, information: index.information, own: own, now: ProcessIO.now(), maximumAge: maxAge)
    let target = Output { answer.write($0) }
    write(report, as: format, style: ProcessIO.style(output, environment), to: target)
    target.flush()
    try answer.end()
  }
}
