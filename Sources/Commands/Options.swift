// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import ArgumentParser
internal import Parsing
public import Reports
internal import Scanning

/// What every command that prints an answer takes.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the answer to this file instead of standard output.", valueName: "file"))
  var output: String?

  @Option(help: "When to use colours: auto (on a terminal, unless NO_COLOR is set), always or never.")
  var color: ColorChoice = .auto

  @Flag(help: "Use ASCII signs only.")
  var ascii = false

  @Flag(
    name: .shortAndLong,
    help: "Leave nothing out: every path, every place that was left out, and what confines the program.")
  var verbose = false

  @Option(help: "Whose words to use: owner, it or developer. (default: it; of incidents, owner)")
  var audience: Audience?

  @Option(
    help: ArgumentHelp(
      "Where the index of advisories lies. (default: gifthorse in $XDG_DATA_HOME, or in ~/.local/share)",
      valueName: "folder"))
  var db: String?

  @Option(help: "The language of texts about incidents, where there is one: en, nl, de, fr or es.")
  var language: String = "en"
}

enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto
  case always
  case never
}

extension Audience: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}

/// What every command that judges takes.
struct AnswerOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The form of the answer: text or json.")
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp(
      """
      Which findings make the exit status 1: malicious, suspicious, protestware or vulnerable for these and worse ones; with a severity \
      behind a colon (vulnerable:high) only those that are as severe; kev for flaws that are known to be exploited; none.
      """, valueName: "class[:severity]"))
  var failOn = ThresholdOption(threshold: .atLeast(.vulnerable))

  @Option(help: ArgumentHelp("From which age on advisories are called old in the first line.", valueName: "days"))
  var maxAge: Int = 7

  func validate() throws {
    guard (0...36_500).contains(maxAge) else { throw ValidationError("--max-age must be between 0 and 36500.") }
  }
}

/// The value of `--fail-on`.
struct ThresholdOption: ExpressibleByArgument {
  /// nil for `none`.
  let threshold: FailureThreshold?

  init(threshold: FailureThreshold?) {
    self.threshold = threshold
  }

  init?(argument: String) {
    if argument == "none" {
      threshold = nil
    } else {
      guard let threshold = FailureThreshold(argument) else { return nil }
      self.threshold = threshold
    }
  }

  var defaultValueDescription: String { "vulnerable" }
}

/// What every command that reads a tree takes.
struct ReadingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Do not follow JSON and YAML nested deeper than this.", valueName: "levels"))
  var maxDepth: Int = Limits().depth

  @Option(help: ArgumentHelp("Do not read lockfiles larger than this.", valueName: "bytes"))
  var maxLockfileBytes: Int = Limits().lockfileBytes

  @Option(help: ArgumentHelp("Do not read manifests (package.json) larger than this.", valueName: "bytes"))
  var maxManifestBytes: Int = Limits().manifestBytes

  @Option(help: .hidden)
  var threads: Int?

  func validate() throws {
    guard (1...2000).contains(maxDepth) else { throw ValidationError("--max-depth must be between 1 and 2000.") }
    guard maxLockfileBytes > 0 else { throw ValidationError("--max-lockfile-bytes must be more than 0.") }
    guard maxManifestBytes > 0 else { throw ValidationError("--max-manifest-bytes must be more than 0.") }
    if let threads, !(1...64).contains(threads) { throw ValidationError("--threads must be between 1 and 64.") }
  }

  var limits: Limits {
    Limits(depth: maxDepth, lockfileBytes: maxLockfileBytes, manifestBytes: maxManifestBytes)
  }
}
