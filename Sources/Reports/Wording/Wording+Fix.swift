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

  /// What `--restore` names is nothing that can be put back.
  /// - Parameter errorName: The errno's symbolic name where the system refused; else the code says why.
  public static func noQuarantine(path: String, code: String, errorName: String?) -> String {
    let wording = Wording()
    let why = errorName.map(wording.meaning(ofError:)) ?? wording.quoted(code)
    return wording.error(wording(FixPhrase.noQuarantine, .words(wording.path(path)), .words(why)), hint: nil)
  }

  /// `2026-05-14T15:02:11Z`
  public static func timestamp(_ seconds: Double) -> String { Timestamp(secondsSince1970: seconds).text }
}
