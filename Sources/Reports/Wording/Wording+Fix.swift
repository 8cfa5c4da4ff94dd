// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Responding

extension Wording {
  func callAsFunction(_ phrase: FixPhrase, _ arguments: Argument...) -> String {
    fill(language.fix(phrase), arguments)
  }

  /// Why a file is left as it is.
  func sentence(for doubt: FixPlan.Doubt) -> String {
    fill(
      language.doubt(doubt.doubt.code), [.words(path(doubt.path))] + doubt.doubt.arguments.map { .words(quoted($0)) })
  }
}
