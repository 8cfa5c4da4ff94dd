// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Parsing
internal import Reports
internal import Scanning

/// `gifthorse advisories recall`: which alarms of saved scans were false.
struct AdvisoriesRecallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recall",
    abstract: "Name the findings of saved scans whose advisories were taken back since.",
    discussion: """
      FILE is what `gifthorse scan --format json` has written. Exit status: 0 whatever is recalled; 2 where a file could not be read; 64 where \
      there are no advisories.
      """)

  @Argument(help: ArgumentHelp("Saved scans.", valueName: "file"))
  var files: [String]

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @OptionGroup var output: OutputOptions

  func run() throws {
    let environment = ProcessIO.environment()
    let answer = try AnswerFile.create(output)
    let index = try OpenAdvisories.require(output, environment)
    ProcessIO.ignoreBrokenPipes()
    var report = RecallReport()
    for file in files { try add(file, to: &report, index) }
    let target = Output { answer.write($0) }
    write(report, as: format, style: ProcessIO.style(output, environment), to: target)
    target.flush()
    try answer.end()
    if !report.unread.isEmpty { throw ExitCode(2) }
  }

  private func add(_ file: String, to report: inout RecallReport, _ index: AdvisoryIndex) throws {
    guard let bytes = ProcessIO.readFile(file, most: 1 << 30) else { return report.unread.append((file, "unreadable")) }
    do throws(RecallError) {
      try bytes.withUnsafeBufferPointer { (bytes) throws(RecallError) in try report.add(bytes, from: file, index) }
    } catch {
      switch error {
      case .notAScan: report.unread.append((file, "not-a-scan"))
      case .index(let failure):
        ProcessIO.say(Wording.sentence(for: failure))
        throw ExitCode(70)
      }
    }
  }
}
