// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Expects a run's whole outcome: exit status, standard output, standard error.
func expect(_ outcome: Outcome, is transcript: String, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(outcome.transcript == transcript, sourceLocation: sourceLocation)
}

/// What a run of the program left behind.
struct Outcome {
  /// The exit status; 128 and the signal's number where one ended it.
  let status: Int32
  let output: [UInt8]
  let error: [UInt8]
  /// The temporary folder that it ran in.
  let folder: String

  /// Exit status, standard output (`| `) and standard error (`! `), without what differs from run to run and machine to machine.
  var transcript: String {
    "exit \(status)\n" + Self.lines(plain(output), "| ") + Self.lines(Self.withoutConfinement(plain(error)), "! ")
  }

  /// Standard output as a JSON object.
  func json(sourceLocation: SourceLocation = #_sourceLocation) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(output)) as? [String: Any], sourceLocation: sourceLocation)
  }

  private static func lines(_ text: String, _ mark: String) -> String {
    guard !text.isEmpty else { return "" }
    var lines = text.components(separatedBy: "\n")
    let isWhole = lines.last == ""
    if isWhole { lines.removeLast() }
    let marked = lines.map { ($0.isEmpty ? String(mark.prefix(1)) : mark + $0) + "\n" }.joined()
    return isWhole ? marked : marked + "\\ no line feed at the end\n"
  }

  private func plain(_ bytes: [UInt8]) -> String {
    let replacements: [(String, String)] = [
      (#"(?m)^(Time +)[0-9.]+ s$"#, "$1TIME"),
      (
        #"[0-9]+ incident records of this program, the newest of [-0-9]+; no\s+records of\s+vulnerabilities:\s+`gifthorse\s+advisories\s+update`\s+fetches\s+them"#,
        "INCIDENTS"
      ),
      (#"and [0-9]+ incidents, as"#, "and INCIDENTS, as"),
      (#"[0-9,]+\s+days\s+old"#, "AGE old"),
      (#"(?m)^(Content +)[0-9a-f]+$"#, "$1CONTENT"),
      (#""ageInDays": [0-9]+"#, #""ageInDays": AGE"#), (#""content": "[0-9a-f]+""#, #""content": "CONTENT""#),
      (
        #""records": [0-9]+, "asOf": "[-0-9]+", "incidents": [0-9]+"#,
        #""records": RECORDS, "asOf": "DATE", "incidents": INCIDENTS"#
      ),
      (#""started": "[-:TZ0-9]+""#, #""started": "MOMENT""#),
      (#""seconds": [0-9.]+"#, #""seconds": TIME"#),
      (#""confinement": \{[^}]*\}"#, #""confinement": {CONFINEMENT}"#),
    ]
    let text = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: folder, with: "FOLDER")
    return replacements.reduce(text) {
      $0.replacingOccurrences(of: $1.0, with: $1.1, options: .regularExpression)
    }
  }

  /// On a kernel without Landlock or seccomp every scan says so; that is a test of its own.
  private static func withoutConfinement(_ text: String) -> String {
    text.components(separatedBy: "\n")
      .filter { !($0.hasPrefix("warning: ") && $0.contains("in force: this system")) }.joined(separator: "\n")
  }
}
