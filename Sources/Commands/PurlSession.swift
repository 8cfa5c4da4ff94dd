// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import CSystem
internal import Confinement
internal import Reports
internal import Scanning

/// What `scan --stdin` does: no place is read but standard input and the index of advisories.
struct PurlSession {
  /// More of standard input is not taken.
  private static let longestInput = 256 << 20

  private let answer: AnswerFile
  private let style: ReportStyle
  private let advisories: OpenAdvisories
  private let confinement: Confinement

  /// - Throws: `ExitCode` after it has said what is wrong.
  init(output: OutputOptions) throws {
    gifthorse_prepare_main_heap()
    let environment = ProcessIO.environment()
    answer = try AnswerFile.create(output)
    advisories = try OpenAdvisories.open(output, environment)
    style = ProcessIO.style(output, environment)
    ProcessIO.ignoreBrokenPipes()
    confinement = Confinement.apply(reading: [])
    if output.verbose || !confinement.isComplete {
      ProcessIO.say(Wording.confinement(landlock: confinement.landlock, seccomp: confinement.seccomp))
    }
  }

  func run(_ options: AnswerOptions) throws {
    let report = judge(
      purls: try lines(), against: IncidentIndex.embedded(), options: scanOptions(options))
    let target = Output { answer.write($0) }
    write(report, as: options.format, style: style, to: target)
    target.flush()
    try answer.end()
    let status = ExitStatus(
      findings: report.findings, coverage: report.coverage, threshold: options.failOn.threshold)
    throw ExitCode(status.rawValue)
  }

  private func scanOptions(_ options: AnswerOptions) -> ScanOptions {
    var result = ScanOptions(
      wantsInventory: options.format != .text, confinement: confinement, started: ProcessIO.now(),
      clock: ProcessIO.monotonic)
    advisories.set(&result, maximumAge: options.maxAge)
    return result
  }

  private func lines() throws -> [String] {
    guard let bytes = ProcessIO.readAll(0, most: Self.longestInput) else {
      ProcessIO.say(Wording.inputTooLong)
      throw ExitCode(64)
    }
    return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
