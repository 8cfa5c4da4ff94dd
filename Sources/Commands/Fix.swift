// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import ArgumentParser
internal import Confinement
internal import Discovery
internal import Inventory
internal import Parsing
internal import Reports
internal import Responding
internal import Scanning

/// `gifthorse fix`: pins secure versions in the place of bad ones.
struct FixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Pin secure versions in the place of bad ones, so that nothing bad is installed again.",
    discussion: """
      It shows what it would change; --apply changes it. Manifests and lockfiles are changed only where that is certain: an entry of a lockfile \
      only where another lockfile below the paths holds the secure version's whole entry. For the rest it prints what to type. No package \
      manager is ever run.

      Exit status: 0 nothing is left to do; 1 something is left, changes that were only shown included; 2 nothing is left, but not everything \
      could be read; 64 the command line is wrong; 70 a fault of ours.
      """)

  @Argument(help: ArgumentHelp("Folders or files to fix.", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only this finding: the id of an incident or advisory, a package URL or a package's name. May be given several times.",
      valueName: "what"))
  var only: [String] = []

  @Option(
    name: .customLong("class"),
    help: "What is fixed: this class and worse. malicious, suspicious, protestware or vulnerable.")
  var findingClass: FindingClass = .protestware

  @Flag(help: "Make the changes.")
  var apply = false

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @OptionGroup var output: OutputOptions
  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let session = try ScanSession(paths: paths, reading: reading, output: output, writes: apply)
    let report = try session.run(wantsInventory: true, wantsPaths: true, maximumAge: 7)
    let incidents = IncidentIndex.embedded()
    let limit = reading.limits.lockfileBytes
    let files = FileBytes()
    let read = { (path: String) in
      files.bytes(path) { (try? session.roots.bytes(ofShown: $0, limit: limit)) ?? nil }
    }
    var plan = FixPlan.make(
      report,
      FixRequest(
        classes: findingClass, only: only, read: read, isBad: { session.isBad($0, incidents) },
        description: { Self.description(of: $0, session.environment, read) }))
    if apply { FixApplication.apply(&plan, below: session.roots) }
    let file = session.answer
    let target = Output { file.write($0) }
    write(plan, as: format, style: session.style, to: target)
    target.flush()
    try session.end(plan.status)
  }
}

extension FixCommand {
  /// What npm's cache holds of a package, where that lies below the paths.
  private static func description(
    of name: String, _ environment: [String: String], _ read: (String) -> [UInt8]?
  ) -> [UInt8]? {
    let cache = environment["npm_config_cache"] ?? environment["HOME"].map { $0 + "/.npm" }
    guard let cache else { return nil }
    let registry = environment["npm_config_registry"] ?? "https://registry.npmjs.org/"
    return NPMCache.description(of: name, registry: registry) { read("\(cache)/_cacache/\($0)") }
  }
}

/// What was read of files, so that each is read once.
private final class FileBytes {
  private var known: [String: [UInt8]?] = [:]

  func bytes(_ path: String, _ read: (String) -> [UInt8]?) -> [UInt8]? {
    if let bytes = known[path] { return bytes }
    let bytes = read(path)
    known[path] = .some(bytes)
    return bytes
  }
}

extension FindingClass: ExpressibleByArgument {}
