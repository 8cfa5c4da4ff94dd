// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Confinement
internal import Inventory
internal import Reports
internal import Scanning

/// `gifthorse explain`: every record that names a package, and for each why it applies or not.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show every record that names a package, and for each why it applies or not.",
    discussion: """
      PURL is a package URL: pkg:npm/node-ipc@9.1.6, pkg:golang/github.com/gin-gonic/gin@v1.5.0, \
      pkg:deb/debian/openssl@3.0.11-1?distro=debian-12. Without a version, every record of the package is shown.
      """)

  @Argument(help: ArgumentHelp("The package.", valueName: "purl"))
  var purl: String

  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @OptionGroup var output: OutputOptions

  func run() throws {
    let packages = try packages()
    let environment = ProcessIO.environment()
    let answer = try AnswerFile.create(output)
    let advisories = try OpenAdvisories.open(output, environment)
    if advisories.failure != nil { throw ExitCode(70) }
    ProcessIO.ignoreBrokenPipes()
    _ = Confinement.apply(reading: [])
    let explanation: PackageExplanation
    do throws(AdvisoryIndexError) {
      explanation = try explain(
        purl, packages: packages, incidents: IncidentIndex.embedded(), index: advisories.index)
    } catch {
      ProcessIO.say(Wording.sentence(for: error))
      throw ExitCode(70)
    }
    let target = Output { answer.write($0) }
    write(explanation, as: format, style: ProcessIO.style(output, environment), to: target)
    target.flush()
    try answer.end()
  }

  private func packages() throws -> [Package] {
    do throws(PackageURLError) {
      let packages = try PackageURL(parsing: purl, .asWritten).packages
      if !packages.isEmpty { return packages }
      ProcessIO.say(Wording.noPurl(purl, code: "no-ecosystem"))
    } catch {
      ProcessIO.say(Wording.noPurl(purl, code: error.code.rawValue))
    }
    throw ExitCode(64)
  }
}
