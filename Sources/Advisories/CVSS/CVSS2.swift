// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The equations of CVSS 2.0.
///
/// - Source: https://www.first.org/cvss/v2/guide, section 3.2 (read 2026-11-25)
struct CVSS2 {
  private let metrics: CVSSMetrics

  init(_ metrics: CVSSMetrics) {
    self.metrics = metrics
  }

  /// The base score and the score with everything, in tenths.
  var tenths: (base: Int, score: Int) {
    let base = baseTenths(impact: impact)
    if metrics.defines(9..<14) { return (base, environmentalTenths) }
    return (base, metrics.defines(6..<9) ? temporalTenths(base: base) : base)
  }

  // MARK: Base

  private static let losses = [0, 0.275, 0.660]

  private var impact: Double {
    let kept = (3..<6).map { 1 - metrics.weight($0, Self.losses) }
    return 10.41 * (1 - kept[0] * kept[1] * kept[2])
  }

  private var exploitability: Double {
    20 * metrics.weight(0, [0.395, 0.646, 1]) * metrics.weight(1, [0.35, 0.61, 0.71])
      * metrics.weight(2, [0.45, 0.56, 0.704])
  }

  /// May be below nought for the impact that an environment with low requirements leaves: only the last score is cut there.
  private func baseTenths(impact: Double) -> Int {
    // No loss at all is exactly nought, also in floating point: 1 - 1 * 1 * 1.
    impact == 0 ? 0 : Self.tenths((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176)
  }

  // MARK: Temporal

  private func temporalTenths(base: Int) -> Int {
    Self.tenths(
      Double(base) / 10 * metrics.weight(6, [0.85, 0.9, 0.95, 1]) * metrics.weight(7, [0.87, 0.9, 0.95, 1])
        * metrics.weight(8, [0.9, 0.95, 1]))
  }

  // MARK: Environmental

  private var adjustedImpact: Double {
    let kept = (0..<3).map {
      1 - metrics.weight(3 + $0, Self.losses) * metrics.weight(11 + $0, [0.5, 1, 1.51])
    }
    return min(10, 10.41 * (1 - kept[0] * kept[1] * kept[2]))
  }

  private var environmentalTenths: Int {
    let adjusted = Double(temporalTenths(base: baseTenths(impact: adjustedImpact))) / 10
    let damage = metrics.weight(9, [0, 0.1, 0.3, 0.4, 0.5], undefined: 0)
    return max(0, Self.tenths((adjusted + (10 - adjusted) * damage) * metrics.weight(10, [0, 0.25, 0.75, 1])))
  }

  /// Rounds to the nearest tenth, halves away from nought.
  ///
  /// Every factor is a short decimal number, so a half is meant exactly where one comes out: a billionth more than what
  /// floating point leaves of it decides for it.
  private static func tenths(_ score: Double) -> Int {
    let scaled = score * 10
    return Int((scaled < 0 ? scaled - 1e-9 : scaled + 1e-9).rounded(.toNearestOrAwayFromZero))
  }
}
