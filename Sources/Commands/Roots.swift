// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Discovery
internal import Reports

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
    let answer = try AnswerFile.create(output)
    let target = Output { answer.write($0) }
    write(rows, style: style, to: target)
    target.flush()
  }
}
