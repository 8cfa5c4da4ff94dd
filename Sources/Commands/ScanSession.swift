// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import CSystem
internal import Confinement
internal import Discovery
internal import Inventory
internal import Reports
internal import Responding
internal import Scanning

/// What all commands that read a tree do before and after: open what is to be read, give up every other right, watch for an
/// interruption, show progress, and end with the status that the answer asks for.
struct ScanSession: ~Copyable {
  let environment: [String: String]
  let roots: ScanRoots
  let answer: AnswerFile
  let style: ReportStyle
  let confinement: Confinement
  private let reading: ReadingOptions
  private let mounts: MountTable
  let signs: IncidentSigns
  let advisories: OpenAdvisories
  /// Folders that are read by name and not walked.
  let others: OpenFolders
  /// Whether a scan looks at every file's content.
  var hashesEverything = false

  /// - Parameter also: Folders that must stay readable beside what is walked: a home, logs of the system. One that is not there is left out.
  /// - Parameter alwaysSigns: Whether traces are looked for where they lie also where the user names places.
  /// - Parameter advisories: What the command has opened already.
  /// - Parameter writes: Whether the command may change what lies below the roots.
  /// - Throws: `ExitCode` after it has said what is wrong.
  init(
    paths: [String], reading: ReadingOptions, output: OutputOptions, also folders: [String] = [], writes: Bool = false,
    alwaysSigns: Bool = false, advisories given: OpenAdvisories? = nil
  ) throws {
    let environment = ProcessIO.environment()
    let signs = IncidentSigns.embedded()
    let advisories = try given ?? OpenAdvisories.open(output, environment)
    let roots = try Self.open(paths, environment, signs, alwaysSigns: alwaysSigns)
    let others = OpenFolders(folders)
    answer = try AnswerFile.create(output)
    self.advisories = advisories
    self.environment = environment
    self.signs = signs
    self.reading = reading
    style = ProcessIO.style(output, environment)
    mounts = MountTable.current()
    ProcessIO.ignoreBrokenPipes()
    gifthorse_catch_interrupt()
    confinement = Confinement.apply(
      reading: roots.descriptors + others.descriptors, writing: writes ? roots.descriptors : [])
    self.roots = roots
    self.others = others
    if output.verbose || !confinement.isComplete {
      ProcessIO.say(Wording.confinement(landlock: confinement.landlock, seccomp: confinement.seccomp))
    }
  }

  private static func open(
    _ paths: [String], _ environment: [String: String], _ signs: IncidentSigns, alwaysSigns: Bool
  ) throws -> ScanRoots {
    let wanted = paths.isEmpty ? defaultPaths(environment) : paths
    // Where the user names no place, traces are looked for where they lie.
    var signPlaces = paths.isEmpty || alwaysSigns ? signs.places(on: ProcessIO.machine(environment)) : []
    if alwaysSigns { signPlaces += ResponseOptions.logFolders }
    guard !wanted.isEmpty else {
      ProcessIO.say(Wording.noDefaultRoots)
      throw ExitCode(64)
    }
    do throws(RootError) {
      return try ScanRoots(paths: wanted, signPlaces: signPlaces)
    } catch {
      ProcessIO.say(Wording.cannotOpenRoot(path: error.path, errorName: error.cause.name))
      throw ExitCode(64)
    }
  }

  private static func defaultPaths(_ environment: [String: String]) -> [String] {
    DefaultRoots.find(environment: environment, realFolder: ProcessIO.realFolder).filter { $0.state == .scanned }.map(
      \.path)
  }

  /// - Parameter wantsPaths: Whether the answer shows every locked package's chain from its project.
  func discoveryOptions(wantsPaths: Bool) -> DiscoveryOptions {
    var options = DiscoveryOptions(
      limits: reading.limits, threads: reading.threads ?? ProcessIO.threadCount(), wantsPaths: wantsPaths,
      mounts: mounts, isInterrupted: { gifthorse_interrupted() })
    if ProcessIO.isTerminal(2) {
      let width = ProcessIO.width(2, environment)
      let isUnicode = style.isUnicode
      options.onProgress = { progress in
        let line = Wording.progress(
          entries: progress.entries, packages: progress.packages, folder: progress.folder, width: width,
          isUnicode: isUnicode)
        ProgressLine.show(line)
      }
    }
    return options
  }

  /// Scans, with the embedded incidents and the index of advisories, where there is one.
  func run(wantsInventory: Bool, wantsPaths: Bool, maximumAge: Int) throws -> ScanReport {
    var options = ScanOptions(
      discovery: discoveryOptions(wantsPaths: wantsPaths), wantsInventory: wantsInventory, confinement: confinement,
      started: ProcessIO.now(), clock: ProcessIO.monotonic)
    options.signs = signs
    options.hashesEverything = hashesEverything
    options.machine = ProcessIO.machine(environment)
    advisories.set(&options, maximumAge: maximumAge)
    let report = scan(roots, options: options, makeIndex: IncidentIndex.embedded)
    ProgressLine.clear()
    return report
  }

  /// Ends the command: with 70 where the answer could not be written, else with the given status.
  func end(_ status: ExitStatus) throws {
    try answer.end()
    throw ExitCode(status.rawValue)
  }
}

/// The one line on a terminal that is written over again and again.
enum ProgressLine {
  static func show(_ line: String) {
    write("\r\u{1B}[K\(line)")
  }

  static func clear() {
    if ProcessIO.isTerminal(2) { write("\r\u{1B}[K") }
  }

  private static func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = ProcessIO.write(UnsafeRawBufferPointer($0), to: 2) }
  }
}
