// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Responding
internal import Scanning

extension TextReport {
  /// Attacks of which the next command is shown.
  private static let mostAttacks = 3

  /// What to type after an alarm, for somebody who has nothing but the screen.
  func writeNext(_ report: ScanReport) {
    let attacks = Self.unique(
      report.findings.filter { $0.class < .vulnerable && !$0.isQuarantined }.map { $0.incident ?? $0.id })
    // Packages that were given as purls lie nowhere.
    guard !attacks.isEmpty, report.findings.allSatisfy({ $0.label == nil }) else { return }
    writer.blank()
    writer.line(wording(ResponsePhrase.nextHeading), paint: .heading)
    let paths = Self.arguments(report.scanned.paths)
    for attack in attacks.prefix(Self.mostAttacks) {
      writeNext(.nextRespond, "gifthorse respond " + wording.quoted(attack) + paths)
    }
    writeNext(.nextFix, "gifthorse fix" + paths)
  }

  /// What to type after `respond`.
  func writeNext(_ response: Response) {
    guard !response.exposure.isEmpty else { return }
    writer.blank()
    writer.line(wording(ResponsePhrase.nextHeading), paint: .heading)
    if response.rotation != nil { writer.line(wording(ResponsePhrase.nextChecklist), indent: 2, hanging: 2) }
    let flaws = response.target.class == .vulnerable ? " --class vulnerable" : ""
    writeNext(.nextFix, "gifthorse fix" + flaws + Self.arguments(response.scanned.paths))
  }

  /// A command is not broken over lines: it is there to be copied.
  private func writeNext(_ phrase: ResponsePhrase, _ command: String) {
    writer.line(Glue.joined(command), indent: 2)
    writer.line(wording(phrase), indent: 4)
  }

  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }

  /// The paths as they were given, for a shell; none where there are many, for then they were not typed.
  private static func arguments(_ paths: [String]) -> String {
    guard paths.count < 3, paths.allSatisfy(isPlain) else { return "" }
    return paths.map { " " + (isBare($0) ? $0 : "'" + $0 + "'") }.joined()
  }

  /// Whether quotes make it one word for any shell, and a terminal shows it as it is.
  private static func isPlain(_ path: String) -> Bool {
    path.unicodeScalars.allSatisfy { Escaping.isHarmless($0) && $0 != "'" && $0 != "\\" } && !path.hasPrefix("-")
  }

  /// Whether a shell takes a path as it is.
  private static func isBare(_ path: String) -> Bool {
    path.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20) || "/._-+@,:".utf8.contains(byte)
    }
  }
}
