// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Reports
internal import Responding

/// `gifthorse respond`: since when, did it run, what could it read, what to do now.
struct RespondCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "respond",
    abstract: "After an alarm: since when it was here, how far it came, and what to do now.",
    discussion: """
      NAME is an incident's id, an advisory (MAL-2026-3744), or a purl: pkg:npm/node-ipc@9.1.6. Without a path it looks at \
      this machine for this user.

      Exit status: 1 it is here, or was; 0 it was never here, and everything was read; 2 it was not seen, but not everything \
      could be read.
      """)

  @Argument(help: ArgumentHelp("The incident, the advisory or the package.", valueName: "name"))
  var name: String

  @Argument(help: ArgumentHelp("Folders or files to look at.", valueName: "path"))
  var paths: [String] = []

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp(
      "Keep what to replace in this file, as Markdown with boxes to tick. A later run sees what is ticked and what has changed since.",
      valueName: "file"))
  var checklist: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let environment = ProcessIO.environment()
    let incidents = IncidentIndex.embedded()
    let advisories = try OpenAdvisories.open(output, environment)
    let target = try target(incidents, advisories)
    // Afterwards the kernel shows this program no other process.
    let processes = RunningProcesses(marks: target.detail.traces.processes)
    let list = try checklist.map { try ChecklistFile($0) }
    let machine = OpenFolders(["/"])
    let session = try ScanSession(
      paths: paths, reading: reading, output: output, also: try CredentialPlaces.folders(environment),
      alwaysSigns: true,
      advisories: advisories)
    var options = ResponseOptions(
      discovery: session.discoveryOptions(wantsPaths: false), catalogue: try CredentialPlaces.catalogue(),
      confinement: session.confinement, started: ProcessIO.now(), clock: ProcessIO.monotonic)
    options.signs = session.signs
    options.incident = target.incident.flatMap { incidents.number(of: $0.record.id) }
    options.machine = ProcessIO.machine(environment)
    options.processes = processes
    options.home = environment["HOME"].flatMap(ProcessIO.realFolder)
    options.otherFolders = session.others.places
    options.environment = environment
    options.machineRoot = machine.descriptors.first
    if let list { options.checklist = list.checklist }
    let response = respond(target, session.roots, options)
    ProgressLine.clear()
    let file = session.answer
    let answer = Output { file.write($0) }
    write(response, as: format, style: session.style, to: answer)
    answer.flush()
    if let list, let document = response.checklistDocument(language: output.language) { try list.write(document) }
    try session.end(response.exitStatus)
  }

  private func target(_ incidents: IncidentIndex, _ advisories: OpenAdvisories) throws -> ResponseTarget {
    do throws(ResponseTarget.Failure) {
      let target = try ResponseTarget(name, incidents: incidents, index: advisories.index)
      // An incident of the program needs no index; without one, what nothing condemns may well be condemned.
      if target.incident == nil, let failure = advisories.failure { throw .damaged(failure) }
      return target
    } catch {
      switch error {
      case .damaged(let fault):
        ProcessIO.say(Wording.sentence(for: fault))
        throw ExitCode(70)
      case .several(let ids): ProcessIO.say(Wording.severalIncidents(name, ids: ids))
      case .unknown where advisories.failure != nil:
        if let failure = advisories.failure { ProcessIO.say(Wording.sentence(for: failure)) }
        throw ExitCode(70)
      case .unknown(let near): ProcessIO.say(Wording.noSuchIncident(name, near: near))
      }
      throw ExitCode(64)
    }
  }
}
