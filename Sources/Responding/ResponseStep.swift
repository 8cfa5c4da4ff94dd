// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What to do after an alarm, beside passwords. Stable, kebab-case; `Reports` has the sentence.
public enum ResponseStep: String, CaseIterable, Sendable {
  /// Take the machine off the network before anything else.
  case isolate
}
