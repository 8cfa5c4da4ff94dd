// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser

/// `gifthorse advisories score`: CVSS vectors in, scores out.
struct AdvisoriesScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Read CVSS vectors, one a line, and print the score and the severity of each, or ?.",
    discussion: """
      Versions 2.0, 3.0, 3.1 and 4.0. Temporal, threat and environmental metrics count where the vector defines them. \
      A question mark stands for a line that is no valid vector.
      """)

  func run() throws {
    while let line = readLine() {
      guard let vector = CVSSVector(line) else {
        print("?")
        continue
      }
      print(vector.score, vector.severity.rawValue)
    }
  }
}
