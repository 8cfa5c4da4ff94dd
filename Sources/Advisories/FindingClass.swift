// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What a finding is about, worst first. Stable: part of the JSON contract.
public enum FindingClass: String, CaseIterable, Comparable, Sendable {
  /// Written to do harm: a stealer, a wiper, a worm, a miner, a backdoor.
  case malicious
  /// Behaves badly, without a record yet.
  case suspicious
  /// Does what nobody asked for, to make a point.
  case protestware
  /// Has a flaw.
  case vulnerable

  /// Worse comes first, so the worst of several is the smallest.
  public static func < (first: FindingClass, second: FindingClass) -> Bool {
    first.rank < second.rank
  }

  private var rank: Int {
    switch self {
    case .malicious: 0
    case .suspicious: 1
    case .protestware: 2
    case .vulnerable: 3
    }
  }
}

/// How bad a finding is within its class.
public enum Severity: String, CaseIterable, Comparable, Sendable {
  case critical
  case high
  case medium
  case low
  /// Nobody has said how bad.
  case unknown

  /// Worse comes first.
  public static func < (first: Severity, second: Severity) -> Bool {
    first.rank < second.rank
  }

  private var rank: Int {
    switch self {
    case .critical: 0
    case .high: 1
    case .medium: 2
    case .low: 3
    case .unknown: 4
    }
  }
}
