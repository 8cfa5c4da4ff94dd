// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Inventory
internal import Reports

/// `gifthorse incidents`: what this program knows, and what one incident is.
struct IncidentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "incidents",
    abstract: "List the incidents that this program knows, or explain one.",
    discussion: """
      NAME is an incident's id, an advisory (MAL-2026-3744, GHSA-pvh2-rg5g-69v7), or a package: node-ipc, node-ipc@9.1.6, \
      pkg:npm/node-ipc. \
      Where it stands for several incidents, they are listed; where it stands for none, the exit status is 64.
      """)

  @Argument(help: ArgumentHelp("What to explain; without it, all incidents are listed.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("Only incidents about packages of this ecosystem: npm, PyPI.", valueName: "name"))
  var ecosystem: String?

  @Option(help: ArgumentHelp("Only incidents of this kind: stealer, worm, wiper.", valueName: "kind"))
  var kind: String?

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @OptionGroup var output: OutputOptions

  func run() throws {
    let index = IncidentIndex.embedded()
    let selected = try selected(from: index.all())
    let report = IncidentsReport(query: name, incidents: selected, asOf: index.asOf)
    let environment = ProcessIO.environment()
    let style = ProcessIO.style(output, environment, audience: .owner)
    let answer = try AnswerFile.create(output)
    ProcessIO.ignoreBrokenPipes()
    let target = Output { answer.write($0) }
    write(report, as: format, style: style, to: target)
    target.flush()
    try answer.end()
  }

  private func selected(from all: [Incident]) throws -> [Incident] {
    let ofEcosystem = try filtered(all, by: ecosystem, \.ecosystems, or: Wording.noIncident(inEcosystem:known:))
    let ofKind = try filtered(all, by: kind, \.kinds, or: Wording.noIncident(ofKind:known:))
    let allowed = Set(ofEcosystem.map(\.record.id)).intersection(ofKind.map(\.record.id))
    let candidates = all.filter { allowed.contains($0.record.id) }
    guard let name else { return candidates }
    let search = IncidentSearch(candidates)
    let found = search.matches(name)
    guard found.isEmpty else { return found }
    ProcessIO.say(Wording.noSuchIncident(name, near: search.near(name)))
    throw ExitCode(64)
  }

  /// - Throws: `ExitCode` where none of the incidents has what is wanted.
  private func filtered(
    _ incidents: [Incident], by wanted: String?, _ values: (Incident) -> [String],
    or complaint: (String, [String]) -> String
  ) throws -> [Incident] {
    guard let wanted else { return incidents }
    let found = incidents.filter { values($0).contains { $0.lowercased() == wanted.lowercased() } }
    guard found.isEmpty else { return found }
    ProcessIO.say(complaint(wanted, Set(incidents.flatMap(values)).sorted()))
    throw ExitCode(64)
  }
}

extension Incident {
  fileprivate var ecosystems: [String] { record.affected.map(\.ecosystem.rawValue) }
  /// Its own and those of its variants.
  fileprivate var kinds: [String] { ([detail] + detail.variants.values).compactMap(\.kind) }
}
