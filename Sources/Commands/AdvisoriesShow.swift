// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Reports

/// `gifthorse advisories show`: one record.
struct AdvisoriesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a record, by its id or by another name of it.")

  @Argument(help: ArgumentHelp("MAL-2026-3744, GHSA-pvh2-rg5g-69v7, CVE-2021-44228.", valueName: "id"))
  var id: String

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @OptionGroup var output: OutputOptions

  func run() throws {
    let environment = ProcessIO.environment()
    let answer = try AnswerFile.create(output)
    let index = try OpenAdvisories.require(output, environment)
    ProcessIO.ignoreBrokenPipes()
    let records: [ShownRecord]
    do throws(AdvisoryIndexError) {
      records = try ShownRecord.find(id, in: index)
    } catch {
      ProcessIO.say(Wording.sentence(for: error))
      throw ExitCode(70)
    }
    guard !records.isEmpty else {
      ProcessIO.say(Wording.noSuchRecord(id))
      throw ExitCode(64)
    }
    let target = Output { answer.write($0) }
    write(records, askedFor: id, as: format, style: ProcessIO.style(output, environment), to: target)
    target.flush()
    try answer.end()
  }
}
