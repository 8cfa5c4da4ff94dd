// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Confinement
internal import Discovery
internal import Inventory
public import Reports
internal import Scanning
internal import Synchronization

/// `gifthorse inventory`: every sighting, as it is found.
struct InventoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory",
    abstract: "List every package that is seen, one line each, as it is found.",
    discussion: """
      The list is written as a stream, in bounded memory, so its order is that in which files are read. What could not be \
      read is told on standard error, and makes the exit status 2.
      """)

  @Argument(help: ArgumentHelp("Folders or files to read.", valueName: "path"))
  var paths: [String] = []

  @Option(name: .shortAndLong, help: "The form of each line: text (purl, kind and place, separated by tabs) or ndjson.")
  var format: InventoryFormat = .text

  @OptionGroup var output: OutputOptions
  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let session = try ScanSession(paths: paths, reading: reading, output: output)
    let sink = InventoryStream(format: format, answer: session.answer)
    _ = discover(session.roots, options: session.discoveryOptions(wantsPaths: format == .ndjson), sink: sink)
    ProgressLine.clear()
    let coverage = sink.finish()
    for line in Wording.ledger(coverage, style: session.style) { ProcessIO.say(line) }
    try session.end(coverage.isComplete ? .clean : .notVerified)
  }
}

extension InventoryFormat: ExpressibleByArgument {}

/// Writes sightings as they come, one file's together.
///
/// `@unchecked Sendable`: `output` and `coverage` are touched only while `mutex` is held.
private final class InventoryStream: DiscoverySink, @unchecked Sendable {
  private let format: InventoryFormat
  private let mutex = Mutex(())
  private let output: Output
  private var coverage = Coverage()

  init(format: InventoryFormat, answer: AnswerFile) {
    self.format = format
    output = Output { answer.write($0) }
  }

  func receive(_ file: FileSightings) {
    mutex.withLock { _ in
      coverage.filesRead[file.extractor, default: 0] += 1
      for (index, extracted) in file.packages.enumerated() {
        let package = Package(ecosystem: extracted.ecosystem, name: extracted.name, version: extracted.version)
        let sighting = Sighting(
          kind: extracted.kind, confidence: extracted.confidence, path: file.path,
          line: extracted.line > 0 ? extracted.line : nil, via: file.paths.isEmpty ? [] : file.paths[index],
          requirement: extracted.requirement, source: extracted.source)
        writeInventoryLine(package, sighting, as: format, to: output)
      }
    }
  }

  func receive(_ problem: Coverage.Problem) {
    mutex.withLock { _ in coverage.problems.append(problem) }
  }

  func receive(_ skip: Coverage.Skip) {
    mutex.withLock { _ in coverage.skipped.append(skip) }
  }

  /// An inventory is of packages; a scan tells signs.
  func receive(_ sign: SignSighting) {}

  /// Writes what is left, and gives the ledger.
  func finish() -> Coverage {
    mutex.withLock { _ in
      output.flush()
      coverage.problems.sort { ($0.path, $0.line ?? 0) < ($1.path, $1.line ?? 0) }
      coverage.skipped.sort { $0.path < $1.path }
      return coverage
    }
  }
}
