// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Confinement
internal import Discovery
internal import Reports
internal import Responding

/// `gifthorse fix --restore`: puts back what was moved into quarantine.
struct RestoreSession {
  let path: String
  let format: ReportFormat
  let output: OutputOptions

  func run() throws {
    let environment = ProcessIO.environment()
    let answer = try AnswerFile.create(output)
    ProcessIO.ignoreBrokenPipes()
    let report: RestoreReport
    do throws(QuarantineFault) {
      let place = try QuarantinePlace(path: path)
      _ = place.holder.whileOpen { Confinement.apply(reading: [$0], writing: [$0]) }
      report = restore(place)
    } catch {
      ProcessIO.say(
        Wording.noQuarantine(
          path: path, code: error.code.rawValue, errorName: error.code == .system ? error.argument : nil))
      throw ExitCode(64)
    }
    let target = Output { answer.write($0) }
    write(report, as: format, style: ProcessIO.style(output, environment), to: target)
    target.flush()
    try answer.end()
    if !report.isComplete { throw ExitCode(1) }
  }
}
