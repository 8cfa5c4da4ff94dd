// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
public import Inventory
public import Scanning

/// What is to be changed so that nothing bad is installed again, and what is left to a person. Codes and facts; `Reports` makes the sentences.
public struct FixPlan: Sendable {
  /// Where to go from one bad package.
  public struct Choice: Sendable {
    public var package: Package
    /// The ids of what was found.
    public var findings: [String]
    public var `class`: FindingClass
    /// nil where no version is known to be clean.
    public var safe: SafeVersion?

    public init(package: Package, findings: [String], class: FindingClass, safe: SafeVersion?) {
      self.package = package
      self.findings = findings
      self.class = `class`
      self.safe = safe
    }
  }

  /// A file to be changed.
  public struct File: Sendable {
    /// What has become of it. Stable: part of the JSON contract.
    public enum State: String, CaseIterable, Sendable {
      /// Nothing was written.
      case planned
      case applied
      /// Something else has written to it since it was read; nothing was changed.
      case changedMeanwhile = "changed-meanwhile"
      /// It could not be written; nothing was changed.
      case failed
    }

    public var path: String
    public var old: [UInt8]
    public var edits: [ByteEdit]
    /// As `patch -p1` takes it.
    public var diff: [UInt8]
    public var state: State = .planned
    /// The errno's symbolic name, where it failed.
    public var failure: String?

    public init(path: String, old: [UInt8], edits: [ByteEdit]) {
      self.path = path
      self.old = old
      self.edits = edits
      diff = UnifiedDiff.text(path: FixPlan.below(path), old: old, edits: edits)
    }
  }

  /// A file that stays as it is, though something bad stands in it.
  public struct Doubt: Hashable, Sendable {
    public var path: String
    public var doubt: EditDoubt

    public init(path: String, doubt: EditDoubt) {
      self.path = path
      self.doubt = doubt
    }
  }

  /// What a person is to type.
  public struct Command: Hashable, Sendable {
    /// Where.
    public var folder: String
    public var line: String

    public init(folder: String, line: String) {
      self.folder = folder
      self.line = line
    }

    /// With the way to the folder, for a shell.
    public var text: String {
      folder == "." ? line : "cd \(FixCommandLine.quoted(folder)) && \(line)"
    }
  }

  /// A bad package in a place that editing does not clean.
  public struct Untouched: Hashable, Sendable {
    public var path: String
    public var package: Package
    public var kind: Sighting.Kind

    public init(path: String, package: Package, kind: Sighting.Kind) {
      self.path = path
      self.package = package
      self.kind = kind
    }
  }

  /// By ecosystem, name and version.
  public var choices: [Choice] = []
  /// By path.
  public var files: [File] = []
  public var doubts: [Doubt] = []
  public var commands: [Command] = []
  public var untouched: [Untouched] = []
  /// Whether it was to be done, and not only to be shown.
  public var isApplied = false
  public var scan: ScanReport
  /// What would be, or was, moved into quarantine; nil where that was not asked for.
  public var quarantinePlan: QuarantinePlan?
  public var quarantine: QuarantineReport?
  /// The scan that was made after it was done.
  public var after: ScanReport?
  /// The worst class and better that was to be fixed.
  public var classes = FindingClass.protestware
  /// Where the sheet of evidence and the saved scans were written.
  public var evidence: [String] = []

  public init(scan: ScanReport) {
    self.scan = scan
  }

  /// Whether nothing is left for a person to do: after it was done, whether a scan finds nothing of it any more.
  public var isDone: Bool {
    if let after { return after.findings.allSatisfy { $0.class > classes || $0.isQuarantined || !isMeant($0) } }
    return files.allSatisfy { $0.state == .applied } && doubts.isEmpty && commands.isEmpty && untouched.isEmpty
      && choices.allSatisfy { $0.safe != nil }
  }

  /// Whether a finding is one of those that were to be fixed.
  private func isMeant(_ finding: Finding) -> Bool {
    choices.contains { $0.package.name == finding.package.name && $0.package.ecosystem == finding.package.ecosystem }
      || finding.isTrace
  }

  public var status: ExitStatus {
    guard isDone else { return .findings }
    return (after ?? scan).coverage.isComplete ? .clean : .notVerified
  }

  /// A path as it stands in a diff: below the folder in which somebody applies it.
  private static func below(_ path: String) -> String {
    var rest = path.utf8[...]
    while true {
      if rest.starts(with: "./".utf8) {
        rest = rest.dropFirst(2)
      } else if rest.first == 0x2F {
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    return String(Substring(rest))
  }
}
