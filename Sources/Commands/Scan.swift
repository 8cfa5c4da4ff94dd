// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Reports
internal import Scanning

/// `gifthorse scan`: the whole answer about one machine, or about some folders of it.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Look for packages that are known to be bad.",
    discussion: """
      Without a path it looks at this machine for this user: the home folder, and the places where package managers put \
      what is installed globally (`gifthorse roots` lists them).
      """)

  @Argument(help: ArgumentHelp("Folders or files to scan.", valueName: "path"))
  var paths: [String] = []

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @Option(
    help:
      "The mildest class of finding that makes the exit status 1: malicious, suspicious, protestware, vulnerable or none."
  )
  var failOn: FailureThreshold = .vulnerable

  @OptionGroup var output: OutputOptions
  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let session = try ScanSession(paths: paths, reading: reading, output: output)
    let isInventoryShown = format != .text
    let report = try session.run(wantsInventory: isInventoryShown, wantsPaths: isInventoryShown)
    let answer = session.answer
    let target = Output { answer.write($0) }
    write(report, as: format, style: session.style, to: target)
    target.flush()
    try session.end(
      ExitStatus(findings: report.findings, coverage: report.coverage, threshold: failOn.findingClass))
  }
}
