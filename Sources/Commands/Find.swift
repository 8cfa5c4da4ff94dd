// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Reports
internal import Scanning

/// `gifthorse find`: do we have this package anywhere?
struct FindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Show every place where a package was seen, bad or not.",
    discussion: """
      NAME, NAME@VERSION, NAME@RANGE or a purl: node-ipc, node-ipc@9.1.6, '@scope/name@^1.2', pkg:npm/node-ipc@9.1.6.
      A name is looked for in every ecosystem, and a purl in its own. Where there is none, the answer says what was read to say so.
      """)

  @Argument(help: ArgumentHelp("What to look for.", valueName: "package"))
  var package: String

  @Argument(help: ArgumentHelp("Folders or files to search.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup var answer: AnswerOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let query: PackageQuery
    do throws(QueryError) {
      query = try PackageQuery(package)
    } catch {
      ProcessIO.say(Wording.sentence(for: error))
      throw ExitCode(64)
    }
    let session = try ScanSession(paths: paths, reading: reading, output: output)
    let scan = try session.run(wantsInventory: true, wantsPaths: true, maximumAge: answer.maxAge)
    let report = FindReport(query, in: scan)
    let file = session.answer
    let target = Output { file.write($0) }
    write(report, as: answer.format, style: session.style, to: target)
    target.flush()
    try session.end(
      ExitStatus(findings: report.findings, coverage: scan.coverage, threshold: answer.failOn.threshold))
  }
}
