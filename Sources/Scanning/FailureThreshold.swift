// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories

/// From where on a finding makes the exit status 1.
public enum FailureThreshold: Hashable, Sendable {
  /// Everything of a worse class, and of this class what is at least as severe; a severity that nobody has told counts, for it may be any.
  case atLeast(FindingClass, Severity? = nil)
  /// Every flaw that is known to be exploited, and everything of a worse class.
  case exploited

  /// Reads `malicious`, `vulnerable:high` or `kev`; nil for anything else.
  public init?(_ text: String) {
    if text == "kev" {
      self = .exploited
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let findingClass = FindingClass(rawValue: parts[0]) else { return nil }
    guard parts.count == 2 else {
      self = .atLeast(findingClass)
      return
    }
    guard let severity = Severity(rawValue: parts[1]), severity != .unknown else { return nil }
    self = .atLeast(findingClass, severity)
  }

  func isReached(by finding: Finding) -> Bool {
    switch self {
    case .exploited: return finding.class < .vulnerable || finding.record?.exploited != nil
    case .atLeast(let findingClass, let severity):
      if finding.class != findingClass { return finding.class < findingClass }
      guard let severity else { return true }
      return finding.severity <= severity || finding.severity == .unknown
    }
  }
}
