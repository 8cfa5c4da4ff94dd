// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The scoring of CVSS 4.0: experts' scores for 270 sets of vectors, and an interpolation between a set and those below it.
///
/// All in whole numbers, so that a half is a half: FIRST's calculator works in floating point and lifts the result by a
/// millionth before it rounds, to the same effect.
/// - Source: https://www.first.org/cvss/v4-0/specification-document, section 8 (read 2026-11-25)
/// - Source: https://github.com/FIRSTdotorg/cvss-v4-calculator, `cvss_score.js`, `cvss_lookup.js`, `max_composed.js` and
///   `max_severity.js` (read 2026-11-25)
enum CVSS4 {
  /// The score of the base metrics alone and the score with everything, in tenths.
  static func tenths(_ metrics: CVSSMetrics) -> (base: Int, score: Int) {
    (score(CVSS4Levels(metrics.base)), score(CVSS4Levels(metrics)))
  }

  private static func score(_ levels: CVSS4Levels) -> Int {
    if levels.isHarmless { return 0 }
    let set = CVSS4MacroVector(levels)
    guard let value = set.tenths else { return 0 }
    // What each group takes off, in 840ths of a tenth (840 is a multiple of every depth), and how many groups could.
    var sum = 0
    var count = 0
    for (below, distance, depth) in steps(levels, set) {
      guard let below = below?.tenths else { continue }
      count += 1
      sum += (value - below) * distance * (840 / depth)
    }
    guard count > 0 else { return value }
    // value - sum / (840 * count), halves rounded up.
    let whole = 840 * count
    return min(100, max(0, (2 * (value * whole - sum) + whole) / (2 * whole)))
  }

  /// For each group of metrics: the next set below, how far the vector lies below the highest one of its set, and how many
  /// steps its set has.
  private static func steps(
    _ levels: CVSS4Levels, _ set: CVSS4MacroVector
  ) -> [(below: CVSS4MacroVector?, distance: Int, depth: Int)] {
    let impact = set.impact
    return [
      (set.lowering(\.eq1), distance(levels.eq1, highest1[set.eq1]), [1, 4, 5][set.eq1]),
      (set.lowering(\.eq2), distance(levels.eq2, highest2[set.eq2]), [1, 2][set.eq2]),
      (set.loweringImpact, distance(levels.impact, highestImpact[impact]), [7, 6, 8, 8, 10][impact]),
      (set.lowering(\.eq4), distance(levels.eq4, highest4[set.eq4]), [6, 5, 4][set.eq4]),
      // Every set has one value of the exploit's maturity: the vector is always at its top.
      (set.lowering(\.eq5), 0, 1),
    ]
  }

  /// The steps from the first of the highest vectors that is nowhere below the vector.
  private static func distance(_ levels: [Int], _ highest: [[Int]]) -> Int {
    let top = highest.first { zip(levels, $0).allSatisfy { $0 >= $1 } } ?? highest[highest.count - 1]
    return zip(levels, top).reduce(0) { $0 + $1.0 - $1.1 }
  }

  // The highest vectors of each set, as levels: AV PR UI; AC AT; VC VI VA CR IR AR; SC SI SA.
  private static let highest1 = [[[0, 0, 0]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[3, 0, 0], [1, 1, 1]]]
  private static let highest2 = [[[0, 0]], [[1, 0], [0, 1]]]
  private static let highestImpact = [
    [[0, 0, 0, 0, 0, 0]],
    [[0, 0, 1, 1, 1, 0], [0, 0, 0, 1, 1, 1]],
    [[1, 0, 0, 0, 0, 0], [0, 1, 0, 0, 0, 0]],
    [
      [1, 0, 1, 0, 1, 0], [1, 0, 0, 0, 1, 1], [0, 1, 0, 1, 0, 1], [0, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 1],
    ],
    [[1, 1, 1, 0, 0, 0]],
  ]
  private static let highest4 = [[[1, 0, 0]], [[1, 1, 1]], [[2, 2, 2]]]
}

/// How mild each metric of a vector is, 0 being the worst, the environment's values in place of those of the base metrics.
struct CVSS4Levels {
  /// AV PR UI
  let eq1: [Int]
  /// AC AT
  let eq2: [Int]
  /// VC VI VA CR IR AR
  let impact: [Int]
  /// SC SI SA; 0 is "safety", which only a modified value can be.
  let eq4: [Int]
  /// E
  let eq5: Int

  init(_ metrics: CVSSMetrics) {
    // The modified metrics stand in the order of the base metrics, 15 places further.
    func level(_ place: Int) -> Int { metrics[place + 15] ?? metrics[place] ?? 0 }
    // H, L, N, and S where it is allowed.
    func outer(_ place: Int) -> Int { level(place) == 3 ? 0 : level(place) + 1 }
    eq1 = [level(0), level(3), level(4)]
    eq2 = [level(1), level(2)]
    // Undefined requirements and an undefined maturity count as the worst.
    impact = [level(5), level(6), level(7), metrics[12] ?? 0, metrics[13] ?? 0, metrics[14] ?? 0]
    eq4 = [outer(8), outer(9), outer(10)]
    eq5 = metrics[11] ?? 0
  }

  /// No loss in the vulnerable system and none behind it.
  var isHarmless: Bool {
    impact.prefix(3).allSatisfy { $0 == 2 } && eq4.allSatisfy { $0 == 3 }
  }
}

/// The set of vectors to which one belongs: six digits.
struct CVSS4MacroVector {
  var eq1: Int
  var eq2: Int
  var eq3: Int
  var eq4: Int
  var eq5: Int
  var eq6: Int

  init(_ levels: CVSS4Levels) {
    let isZero = levels.eq1.map { $0 == 0 }
    let isPhysical = levels.eq1[0] == 3
    eq1 = isZero.allSatisfy { $0 } ? 0 : isZero.contains(true) && !isPhysical ? 1 : 2
    eq2 = levels.eq2 == [0, 0] ? 0 : 1
    let losses = levels.impact
    eq3 = losses[0] == 0 && losses[1] == 0 ? 0 : losses.prefix(3).contains(0) ? 1 : 2
    eq4 = levels.eq4.contains(0) ? 0 : levels.eq4.contains(1) ? 1 : 2
    eq5 = levels.eq5
    eq6 = (0..<3).contains { losses[$0] == 0 && losses[$0 + 3] == 0 } ? 0 : 1
  }

  /// EQ3 and EQ6 together, which depend on each other: 00, 01, 10, 11, 21. There is no 20.
  var impact: Int { min(eq3 * 2 + eq6, 4) }

  /// The experts' score of the set; nil where there is no such set.
  var tenths: Int? {
    guard eq1 < 3, eq2 < 2, eq3 < 2 ? eq6 < 2 : eq3 == 2 && eq6 == 1, eq4 < 3, eq5 < 3 else { return nil }
    return Int(CVSS4Scores.tenths[(((eq1 * 2 + eq2) * 5 + impact) * 3 + eq4) * 3 + eq5])
  }

  func lowering(_ digit: WritableKeyPath<CVSS4MacroVector, Int>) -> CVSS4MacroVector {
    var copy = self
    copy[keyPath: digit] += 1
    return copy
  }

  /// The next set below in EQ3 and EQ6: of the two below 00 the one with the higher score.
  var loweringImpact: CVSS4MacroVector? {
    let (first, second) = (lowering(\.eq3), lowering(\.eq6))
    switch (eq3, eq6) {
    case (0, 0): return (second.tenths ?? 0) > (first.tenths ?? 0) ? second : first
    case (1, 0): return second
    case (0, 1), (1, 1): return first
    default: return nil
    }
  }
}
