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

  @Flag(
    help: ArgumentHelp(
      "Look at the content of every file for what is known to be bad, not only of files whose name or place gives reason to."
    ))
  var hashAll = false

  @OptionGroup var answer: AnswerOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var reading: ReadingOptions

  @Flag(
    help: ArgumentHelp(
      "Judge packages instead of places: read package URLs from standard input, one a line, and show each as it was given."
    ))
  var stdin = false

  func validate() throws {
    if stdin, !paths.isEmpty || hashAll { throw ValidationError("--stdin takes no path and no --hash-all.") }
  }

  func run() throws {
    if stdin { return try PurlSession(output: output).run(answer) }
    var session = try ScanSession(paths: paths, reading: reading, output: output)
    session.hashesEverything = hashAll
    let isInventoryShown = answer.format != .text
    let report = try session.run(
      wantsInventory: isInventoryShown, wantsPaths: isInventoryShown, maximumAge: answer.maxAge)
    let file = session.answer
    let target = Output { file.write($0) }
    write(report, as: answer.format, style: session.style, to: target)
    target.flush()
    try session.end(
      ExitStatus(findings: report.findings, coverage: report.coverage, threshold: answer.failOn.threshold))
  }
}
