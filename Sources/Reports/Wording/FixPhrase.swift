// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What is said of a fix, beside its doubts, which have codes of their own.
enum FixPhrase: CaseIterable {
  // The first line. {0} how many files, {1} how many things are left to do.
  case nothing
  case planned
  case plannedAndLeft
  case applied
  case appliedAndLeft
  case leftOnly
  /// A heading, and its lines. {0} the package, {1} the version to go to.
  case choices
  case choice
  case choiceOlder
  case choiceLessSure
  case choiceUnverified
  case choiceByRecords
  case choiceNone
  case changes
  case changesApplied
  /// {0} the path.
  case changedMeanwhile
  /// {0} the path, {1} what went wrong.
  case failed
  case doubts
  case commands
  case commandsAfterwards
  /// {0} how many.
  case untouched
  /// {0} the package, {1} how it is there, {2} the path.
  case untouchedOne
  case untouchedHint
  /// {0} how many more.
  case more
  case howToApply
  case afterwards
  case undo
  case partlyRead
  case howToQuarantine
  // What a scan afterwards says. {0} how many findings, {1} how many places could not be read.
  case afterFound
  case afterClean
  case afterNotVerified
  case evidenceWritten
  /// {0} the path, {1} why.
  case noQuarantine
}
