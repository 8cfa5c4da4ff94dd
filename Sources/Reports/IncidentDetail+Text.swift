// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories

extension IncidentDetail {
  /// What the incident does and what to do, in the words of the style's audience; where there are none, in those of
  /// another one.
  func text(for style: ReportStyle) -> Advice {
    let audiences = [style.audience, .it, .developer, .owner]
    return audiences.lazy.compactMap { advice(for: $0, language: style.language) }.first ?? Advice()
  }

  /// The title in `language`, or in English.
  func title(in language: String) -> String? {
    titles[language] ?? title
  }
}
