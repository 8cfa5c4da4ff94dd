// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Inventory
internal import Reports
internal import Versions

/// `gifthorse versions`: asks the program's own order of versions.
struct VersionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "versions",
    abstract: "Compare versions and test ranges, line by line.",
    subcommands: [Compare.self, Satisfies.self])

  /// `A B` lines in, `<`, `=`, `>` or `?` lines out.
  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: "Read lines of two versions, separated by a space, and print <, =, > or ? for each.")

    @Argument(help: ArgumentHelp("The ecosystem, as OSV spells it: npm, PyPI.", valueName: "ecosystem"))
    var ecosystem: String

    func run() throws {
      let scheme = try VersionsCommand.scheme(ecosystem)
      while let line = readLine() {
        let parts = line.split(separator: line.contains("\t") ? "\t" : " ", omittingEmptySubsequences: false)
        let order = parts.count == 2 ? scheme.compare(String(parts[0]), String(parts[1])) : nil
        switch order {
        case .ascending: print("<")
        case .same: print("=")
        case .descending: print(">")
        case nil: print("?")
        }
      }
    }
  }

  /// `VERSION<tab>RANGE` lines in, `true`, `false` or `?` lines out.
  struct Satisfies: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "satisfies",
      abstract: "Read lines of a version and a range, separated by a tab, and print true, false or ? for each.",
      discussion: "A range is written as the ecosystem's manifests write it, or as vers:TYPE/CONSTRAINTS.")

    @Argument(help: ArgumentHelp("The ecosystem, as OSV spells it: npm, PyPI.", valueName: "ecosystem"))
    var ecosystem: String

    func run() throws {
      let scheme = try VersionsCommand.scheme(ecosystem)
      while let line = readLine() {
        let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
        let answer = parts.count == 2 ? Vers.range(String(parts[1]), in: scheme)?.contains(String(parts[0])) : nil
        print(answer.map { $0 ? "true" : "false" } ?? "?")
      }
    }
  }

  static func scheme(_ ecosystem: String) throws -> any VersionScheme.Type {
    guard let scheme = Versions.scheme(for: Ecosystem(ecosystem)) else {
      let known = schemes.flatMap { $0.ecosystems }.map(\.rawValue)
      ProcessIO.say(Wording.unknownEcosystem(ecosystem, known: known))
      throw ExitCode(64)
    }
    return scheme
  }
}
