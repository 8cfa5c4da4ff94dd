// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import TestSupport
import Testing

/// Scores from FIRST's own examples. `Scripts/compare-cvss` compares every base vector and tens of thousands more.
///
/// - Source: https://www.first.org/cvss/v2/guide section 3.3, https://www.first.org/cvss/v3-1/examples and
///   https://www.first.org/cvss/v4-0/examples (read 2026-11-25)
@Suite struct CVSSVectorTests {
  private func vector(_ text: String) throws -> CVSSVector { try #require(CVSSVector(text), "\(text)") }

  // MARK: Version 2.0

  @Test(arguments: [
    // CVE-2002-0392, CVE-2003-0818, CVE-2003-0062
    ("AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8, 7.8),
    ("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C", 7.8, 6.4),
    ("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:N/TD:N/CR:M/IR:M/AR:H", 7.8, 0),
    ("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H", 7.8, 9.2),
    ("AV:N/AC:L/Au:N/C:C/I:C/A:C", 10, 10),
    ("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C", 10, 8.3),
    ("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L", 10, 9),
    ("AV:L/AC:H/Au:N/C:C/I:C/A:C", 6.2, 6.2),
    ("AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C", 6.2, 4.9),
    ("AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:M", 6.2, 7.5),
    // An environment that hardly needs what is lost brings the adjusted base score below nought (by the cvss library).
    ("AV:L/AC:H/Au:M/C:P/I:N/A:N/CDP:N/TD:H/CR:L/IR:ND/AR:ND", 0.8, 0),
    // What is not defined does not count.
    ("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:ND/RL:ND/RC:ND/CDP:ND/TD:ND/CR:ND/IR:ND/AR:ND", 7.8, 7.8),
  ])
  func `version 2 has the scores of the guide's examples`(text: String, base: Double, score: Double) throws {
    for written in [text, "(\(text))"] {
      let vector = try vector(written)
      #expect(vector.version == .v20)
      #expect(vector.baseScore == base, "\(written)")
      #expect(vector.score == score, "\(written)")
    }
  }

  @Test func `version 2 has no word for nought and none above high`() throws {
    #expect(try vector("AV:N/AC:L/Au:N/C:C/I:C/A:C").severity == .high)
    #expect(try vector("AV:N/AC:L/Au:N/C:P/I:P/A:N").severity == .medium)
    #expect(try vector("AV:L/AC:H/Au:M/C:P/I:N/A:N").severity == .low)
    #expect(try vector("AV:L/AC:H/Au:M/C:N/I:N/A:N").severity == .low)
  }

  // MARK: Versions 3.0 and 3.1

  @Test(arguments: [
    // CVE-2013-1937, CVE-2013-0375, CVE-2014-3566, CVE-2012-1516, CVE-2009-0783, CVE-2012-0384, CVE-2014-0160,
    // CVE-2014-6271, CVE-2009-0658
    ("AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1, CVSSSeverity.medium),
    ("AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4, .medium),
    ("AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1, .low),
    ("AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9, .critical),
    ("AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 4.2, .medium),
    ("AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8, .high),
    ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5, .high),
    ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8, .critical),
    ("AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8, .high),
    ("AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N", 0, .none),
  ])
  func `versions 3 have the scores of the examples`(fields: String, score: Double, severity: CVSSSeverity) throws {
    for (prefix, version) in [("CVSS:3.0/", CVSSVersion.v30), ("CVSS:3.1/", .v31)] {
      let vector = try vector(prefix + fields)
      #expect(vector.version == version)
      #expect(vector.baseScore == score, "\(prefix + fields)")
      #expect(vector.score == score, "\(prefix + fields)")
      #expect(vector.severity == severity, "\(prefix + fields)")
    }
  }

  /// - Source: https://www.first.org/cvss/v3-1/user-guide, section 2.6: these and only these temporal scores fell by 0.1.
  @Test(arguments: [
    ("AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0, 9.3, 9.2), ("AV:A/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 4.7, 4.4, 4.4),
  ])
  func `version 3-1 rounds what 3-0 rounds one tenth higher`(
    fields: String, base: Double, older: Double, newer: Double
  ) throws {
    for (prefix, score) in [("CVSS:3.0/", older), ("CVSS:3.1/", newer)] {
      let vector = try vector(prefix + fields + "/E:H/RL:U/RC:U")
      #expect(vector.baseScore == base)
      #expect(vector.score == score)
    }
  }

  /// - Source: the same section: the formula of the modified impact changed; scores by FIRST's calculators.
  @Test func `an environment that only differs in 3-0 and 3-1 by their formula has two scores`() throws {
    let fields = "AV:P/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H/CR:H/IR:H/AR:H"
    #expect(try vector("CVSS:3.0/" + fields).score == 7.6)
    #expect(try vector("CVSS:3.1/" + fields).score == 7.7)
  }

  @Test func `metrics of versions 3 may stand in any order`() throws {
    let shuffled = try vector("CVSS:3.1/S:C/A:N/UI:R/E:X/AV:N/I:L/C:L/PR:N/AC:L")
    #expect(shuffled.score == 6.1)
  }

  // MARK: Version 4.0

  @Test(arguments: [
    // CVE-2022-41741, CVE-2020-3549, CVE-2023-3089, CVE-2021-44714, CVE-2022-24682, CVE-2022-22186, CVE-2023-21989
    ("AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3, 7.3, CVSSSeverity.high),
    ("AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U", 7.7, 5.2, .medium),
    ("AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3, 8.3, .high),
    (
      "AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N/CR:H/IR:L/AR:L/MAV:N/MAC:H/MVC:H/MVI:L/MVA:L", 8.3, 8.1,
      .high
    ),
    ("AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.6, 4.6, .medium),
    ("AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1, 5.1, .medium),
    ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 6.9, 6.9, .medium),
    ("AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9, 5.9, .medium),
    // The worst, and nothing at all.
    ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:A", 10, 10, .critical),
    ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0, 0, .none),
    // Supplemental metrics tell, and do not count.
    (
      "AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/S:P/AU:Y/R:I/V:C/RE:H/U:Red", 7.3, 7.3, .high
    ),
  ])
  func `version 4 has the scores of the examples`(
    fields: String, base: Double, score: Double, severity: CVSSSeverity
  ) throws {
    let vector = try vector("CVSS:4.0/" + fields)
    #expect(vector.version == .v40)
    #expect(vector.baseScore == base, "\(fields)")
    #expect(vector.score == score, "\(fields)")
    #expect(vector.severity == severity, "\(fields)")
  }

  // MARK: Every combination

  private static let metrics: [CVSSVersion: [String]] = {
    let v3 = [
      "AV:N,A,L,P", "AC:L,H", "PR:N,L,H", "UI:N,R", "S:U,C", "C:H,L,N", "I:H,L,N", "A:H,L,N", "E:X,H,F,P,U",
      "RL:X,U,W,T,O",
      "RC:X,C,R,U", "CR:X,H,M,L", "IR:X,H,M,L", "AR:X,H,M,L", "MAV:X,N,A,L,P", "MAC:X,L,H", "MPR:X,N,L,H", "MUI:X,N,R",
      "MS:X,U,C", "MC:X,H,L,N", "MI:X,H,L,N", "MA:X,H,L,N",
    ]
    let v4 = [
      "AV:N,A,L,P", "AC:L,H", "AT:N,P", "PR:N,L,H", "UI:N,P,A", "VC:H,L,N", "VI:H,L,N", "VA:H,L,N", "SC:H,L,N",
      "SI:H,L,N",
      "SA:H,L,N", "E:X,A,P,U", "CR:X,H,M,L", "IR:X,H,M,L", "AR:X,H,M,L", "MAV:X,N,A,L,P", "MAC:X,L,H", "MAT:X,N,P",
      "MPR:X,N,L,H", "MUI:X,N,P,A", "MVC:X,H,L,N", "MVI:X,H,L,N", "MVA:X,H,L,N", "MSC:X,H,L,N", "MSI:X,S,H,L,N",
      "MSA:X,S,H,L,N", "S:X,N,P", "AU:X,N,Y", "R:X,A,U,I", "V:X,D,C", "RE:X,L,M,H", "U:X,Clear,Green,Amber,Red",
    ]
    let v2 = [
      "AV:L,A,N", "AC:H,M,L", "Au:M,S,N", "C:N,P,C", "I:N,P,C", "A:N,P,C", "E:U,POC,F,H,ND", "RL:OF,TF,W,U,ND",
      "RC:UC,UR,C,ND", "CDP:N,L,LM,MH,H,ND", "TD:N,L,M,H,ND", "CR:L,M,H,ND", "IR:L,M,H,ND", "AR:L,M,H,ND",
    ]
    return [.v20: v2, .v30: v3, .v31: v3, .v40: v4]
  }()

  /// Every combination of the metrics before `walked`; the values of the others go round at speeds of their own.
  private func vectors(_ version: CVSSVersion, walked: Int) throws -> [String] {
    let metrics = try #require(Self.metrics[version]).map { metric in
      let parts = metric.split(separator: ":")
      return (name: parts[0], values: parts[1].split(separator: ","))
    }
    let prefix = version == .v20 ? "" : "CVSS:\(version.rawValue)/"
    let count = metrics.prefix(walked).reduce(1) { $0 * $1.values.count }
    return (0..<count).map { index in
      var rest = count
      let fields = metrics.enumerated().map { place, metric in
        let size = metric.values.count
        guard place < walked else {
          let turn = place - walked
          return "\(metric.name):\(metric.values[(index * (2 * turn + 1) / 5 + turn) % size])"
        }
        rest /= size
        return "\(metric.name):\(metric.values[index / rest % size])"
      }
      return prefix + fields.joined(separator: "/")
    }
  }

  /// The sum of the scores in tenths, each times its place in the order of the vectors: one that differs changes it.
  /// - Source: the `cvss` library 3.6, for version 3.0 the arithmetic of FIRST's calculator
  @Test(arguments: [
    (CVSSVersion.v20, 6, 729, 9_548_974),
    (.v30, 8, 2592, 184_247_604),
    (.v31, 8, 2592, 184_285_100),
    (.v40, 8, 3888, 354_157_068),
  ])
  func `every combination has the score of the reference`(
    version: CVSSVersion, walked: Int, count: Int, digest: Int
  ) throws {
    let vectors = try vectors(version, walked: walked)
    #expect(vectors.count == count)
    let scores = try vectors.map { Int((try vector($0).score * 10).rounded()) }
    #expect(scores.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element } == digest)
  }

  /// A highest vector of each set of version 4.0 has the score that the experts gave to the set.
  /// - Source: the `cvss` library 3.6
  @Test func `each of the 270 sets of version 4 has the score of the reference`() throws {
    let groups = [
      ["AV:N PR:N UI:N", "AV:A PR:N UI:N", "AV:P PR:N UI:N"], ["AC:L AT:N", "AC:H AT:N"],
      [
        "VC:H VI:H VA:H CR:H IR:H AR:H", "VC:H VI:H VA:H CR:M IR:M AR:M", "VC:L VI:H VA:H CR:H IR:H AR:H",
        "VC:L VI:H VA:L CR:H IR:M AR:H", "VC:L VI:L VA:L CR:H IR:H AR:H",
      ],
      ["SC:H SI:N SA:N MSI:S MSA:S", "SC:H SI:H SA:H", "SC:L SI:L SA:L"], ["E:A", "E:P", "E:U"],
    ]
    var sets: [[Substring]] = [[]]
    for group in groups {
      sets = sets.flatMap { set in group.map { set + $0.split(separator: " ") } }
    }
    let metrics = try #require(Self.metrics[CVSSVersion.v40])
    let order: [Substring] = metrics.map { $0.split(separator: ":")[0] }
    let scores = try sets.map { set in
      let fields = order.compactMap { name in set.first { $0.hasPrefix(name + ":") } }
      return Int((try vector("CVSS:4.0/" + fields.joined(separator: "/")).score * 10).rounded())
    }
    #expect(scores.count == 270)
    #expect(scores.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element } == 1_871_117)
  }

  // MARK: What is no vector

  private static let full = [
    "AV:N/AC:L/Au:N/C:P/I:P/A:P", "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
  ]

  @Test(arguments: full)
  func `no base metric may be missing, doubled or of another value`(text: String) throws {
    #expect(CVSSVector(text) != nil)
    let fields = text.split(separator: "/")
    for (index, field) in fields.enumerated() where !field.hasPrefix("CVSS:") {
      var changed = fields
      changed.remove(at: index)
      #expect(CVSSVector(changed.joined(separator: "/")) == nil, "without \(field)")
      #expect(CVSSVector(text + "/" + field) == nil, "twice \(field)")
      for value in ["", "Z", "X", "ND", field.split(separator: ":")[1].lowercased()] {
        changed = fields
        changed[index] = "\(field.split(separator: ":")[0]):\(value)"
        #expect(CVSSVector(changed.joined(separator: "/")) == nil, "\(changed[index])")
      }
    }
  }

  @Test(arguments: full)
  func `a vector cut off anywhere is none`(text: String) {
    for length in 0..<text.utf8.count {
      #expect(CVSSVector(String(text.prefix(length))) == nil)
    }
  }

  @Test(arguments: [
    "", "/", ":", "()", "(AV:N/AC:L/Au:N/C:P/I:P/A:P", "AV:N/AC:L/Au:N/C:P/I:P/A:P)", "((AV:N/AC:L/Au:N/C:P/I:P/A:P))",
    "AV:N/AC:L/Au:N/C:P/I:P/A:P/", "AV:N//AC:L/Au:N/C:P/I:P/A:P", "AV:N/AC:L/AU:N/C:P/I:P/A:P",
    // The order of version 2.0 is fixed, and so is that of 4.0.
    "AC:L/AV:N/Au:N/C:P/I:P/A:P", "AV:N/AC:L/Au:N/C:P/I:P/A:P/RL:OF/E:F",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:H/SC:N/VI:H/SI:N/VA:H/SA:N",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MAV:N/E:A",
    // Safety is a value of modified metrics only.
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MSC:S",
    // Metrics and values of another version.
    "CVSS:3.1/AV:N/AC:L/Au:N/C:P/I:P/A:P", "AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:POC",
    "CVSS:2.0/AV:N/AC:L/Au:N/C:P/I:P/A:P", "CVSS:3.2/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:5.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:3.1/(AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H)", " CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H ", "9.8/CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:3.1AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "CVSS:3.1/", "CVSS:3.1", "CVSS:", "CVSS:3.1/AV:N/AC:L:L/PR:N",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/E:X", "9.8", "HIGH", "\u{0}", "ＡＶ:N/AC:L/Au:N/C:P/I:P/A:P",
  ])
  func `what the specifications do not know is no vector`(text: String) {
    #expect(CVSSVector(text) == nil)
  }

  @Test func `no text traps, and none is scored that breaks a rule`() {
    var dice = SeededGenerator(seed: 1, name: "cvss")
    let pieces =
      Self.full.flatMap { $0.split(separator: "/").map(String.init) } + ["", ":", "E:X", "/", "\u{FFFD}", "(", ")"]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...14, using: &dice)).map { _ in pieces.randomElement(using: &dice) ?? "" }
        .joined(separator: "/")
      guard let vector = CVSSVector(text) else { continue }
      #expect((0...10).contains(vector.score), "\(text)")
    }
    #expect(CVSSVector(String(repeating: "AV:N/", count: 1_000_000)) == nil)
  }
}
