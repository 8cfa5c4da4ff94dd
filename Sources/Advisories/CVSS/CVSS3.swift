// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The equations of CVSS 3.0 and 3.1.
///
/// They differ in the impact under a changed scope of the environmental score, and in how they round up.
/// - Source: https://www.first.org/cvss/v3-0/specification-document, section 8, and
///   https://www.first.org/cvss/v3-1/specification-document, section 7 and appendix A (read 2026-11-25)
/// - Source: FIRST's calculators `cvsscalc30.js` and `cvsscalc31.js` (read 2026-11-25)
struct CVSS3 {
  private let metrics: CVSSMetrics
  private let version: CVSSVersion

  init(_ metrics: CVSSMetrics, _ version: CVSSVersion) {
    self.metrics = metrics
    self.version = version
  }

  /// The base score and the score with everything, in tenths.
  var tenths: (base: Int, score: Int) {
    let base = tenths(impact: impact, exploitability: exploitability(modified: false), isChanged: isChanged)
    if metrics.defines(11..<22) { return (base, environmentalTenths) }
    return (base, metrics.defines(8..<11) ? temporalTenths(base) : base)
  }

  // MARK: Base

  private static let losses = [0.56, 0.22, 0]

  private var isChanged: Bool { metrics[4] == 1 }

  private var impact: Double {
    let kept = (5..<8).map { 1 - metrics.weight($0, Self.losses) }
    let lost = 1 - kept[0] * kept[1] * kept[2]
    return isChanged ? 7.52 * (lost - 0.029) - 3.25 * Self.power(lost - 0.02, 15) : 6.42 * lost
  }

  /// - Parameter modified: Whether the environment's values stand in for those of the base metrics.
  private func exploitability(modified: Bool) -> Double {
    func place(_ base: Int) -> Int { modified && metrics[base + 14] != nil ? base + 14 : base }
    let isChanged = metrics[place(4)] == 1
    return 8.22 * metrics.weight(place(0), [0.85, 0.62, 0.55, 0.2]) * metrics.weight(place(1), [0.77, 0.44])
      * metrics.weight(place(2), isChanged ? [0.85, 0.68, 0.5] : [0.85, 0.62, 0.27])
      * metrics.weight(place(3), [0.85, 0.62])
  }

  private func tenths(impact: Double, exploitability: Double, isChanged: Bool) -> Int {
    guard impact > 0 else { return 0 }
    let sum = impact + exploitability
    return roundedUp(min(isChanged ? 1.08 * sum : sum, 10))
  }

  // MARK: Temporal

  private func temporalTenths(_ tenths: Int) -> Int {
    roundedUp(
      Double(tenths) / 10 * metrics.weight(8, [1, 0.97, 0.94, 0.91]) * metrics.weight(9, [1, 0.97, 0.96, 0.95])
        * metrics.weight(10, [1, 0.96, 0.92]))
  }

  // MARK: Environmental

  private var environmentalTenths: Int {
    let isChanged = (metrics[18] ?? metrics[4]) == 1
    let modified = tenths(
      impact: modifiedImpact(isChanged: isChanged), exploitability: exploitability(modified: true), isChanged: isChanged
    )
    return temporalTenths(modified)
  }

  private func modifiedImpact(isChanged: Bool) -> Double {
    let kept = (0..<3).map { index in
      let loss = metrics.weight(metrics[19 + index] == nil ? 5 + index : 19 + index, Self.losses)
      return 1 - loss * metrics.weight(11 + index, [1.5, 1, 0.5])
    }
    let lost = min(1 - kept[0] * kept[1] * kept[2], 0.915)
    guard isChanged else { return 6.42 * lost }
    let rest = version == .v30 ? Self.power(lost - 0.02, 15) : Self.power(lost * 0.9731 - 0.02, 13)
    return 7.52 * (lost - 0.029) - 3.25 * rest
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  // MARK: Rounding

  /// The smallest number of tenths that is not below `score`.
  ///
  /// Version 3.1 says how, in whole numbers, so that what floating point adds to a product lifts no score. Version 3.0 does
  /// not, and FIRST's calculator of it rounds what floating point gives: its scores are the published ones. FIRST's guide
  /// says itself which come out 0.1 higher than in 3.1.
  /// - Source: https://www.first.org/cvss/v3-1/user-guide, section 2.6 (read 2026-11-25)
  private func roundedUp(_ score: Double) -> Int {
    guard version != .v30 else { return Int((score * 10).rounded(.up)) }
    let scaled = Int((score * 100_000).rounded())
    return scaled.isMultiple(of: 10_000) ? scaled / 10_000 : scaled / 10_000 + 1
  }
}
