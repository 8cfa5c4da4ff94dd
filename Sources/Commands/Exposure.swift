// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Inventory
internal import Reports
internal import Responding
internal import Scanning

/// `gifthorse exposure`: what there is to lose here, before anything happens.
struct ExposureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exposure",
    abstract: "Show which credentials lie here, and the three easiest ways to have less to lose.",
    discussion: """
      Only where they are is told, how old they are, and what protects them: no value is kept, shown or sent. Without a path it looks \
      at this machine for this user.

      Exit status: 0 everything was read; 2 not everything could be.
      """)

  @Argument(help: ArgumentHelp("Folders of projects to look at.", valueName: "path"))
  var paths: [String] = []

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @OptionGroup var output: OutputOptions
  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let environment = ProcessIO.environment()
    let machine = OpenFolders(["/"])
    let session = try ScanSession(
      paths: paths, reading: reading, output: output, also: try CredentialPlaces.folders(environment))
    var options = ResponseOptions(
      discovery: session.discoveryOptions(wantsPaths: false), catalogue: try CredentialPlaces.catalogue(),
      confinement: session.confinement, started: ProcessIO.now(), clock: ProcessIO.monotonic)
    options.machine = ProcessIO.machine(environment)
    options.home = environment["HOME"].flatMap(ProcessIO.realFolder)
    options.otherFolders = session.others.places
    options.environment = environment
    options.machineRoot = machine.descriptors.first
    let report = findExposure(session.roots, options)
    ProgressLine.clear()
    let file = session.answer
    let answer = Output { file.write($0) }
    write(report, as: format, style: session.style, to: answer)
    answer.flush()
    try session.end(report.coverage.isComplete ? .clean : .notVerified)
  }
}
