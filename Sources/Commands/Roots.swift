// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Discovery
internal import Reports
internal import Scanning

/// `gifthorse roots`: what a scan without a path would look at.
struct RootsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roots",
    abstract: "Show the places that a scan without a path looks at.")

  @OptionGroup var output: OutputOptions

  func run() throws {
    let environment = ProcessIO.environment()
    let roots = DefaultRoots.find(environment: environment, realFolder: ProcessIO.realFolder)
    let style = ProcessIO.style(output, environment)
    let rows = roots.map { root in
      switch root.state {
      case .scanned: RootRow(path: root.path, kind: root.kind.rawValue, state: .scanned)
      case .inside(let other): RootRow(path: root.path, kind: root.kind.rawValue, state: .inside(other))
      case .missing: RootRow(path: root.path, kind: root.kind.rawValue, state: .missing)
      }
    }
    let places = Self.searched(environment, besides: roots)
    let answer = try AnswerFile.create(output)
    let target = Output { answer.write($0) }
    write(rows + places, style: style, to: target)
    target.flush()
    try answer.end()
  }

  /// Where attacks leave traces that are neither in a home nor in a project.
  private static func searched(_ environment: [String: String], besides roots: [DefaultRoot]) -> [RootRow] {
    IncidentSigns.embedded().places(on: ProcessIO.machine(environment)).map { path in
      guard let real = ProcessIO.realFolder(path) else { return RootRow(path: path, kind: "traces", state: .missing) }
      let holder = roots.first { $0.state == .scanned && (real + "/").hasPrefix($0.path + "/") }
      return RootRow(path: path, kind: "traces", state: holder.map { .inside($0.path) } ?? .searched)
    }
  }
}
