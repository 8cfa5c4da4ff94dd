// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What is said in a checklist.
enum ChecklistPhrase: CaseIterable {
  /// {0} the incident.
  case title
  /// {0} a time, {1} how many items.
  case made
  /// {0} how many are ticked, {1} how many there are.
  case progress
  case howTo
  case fromAnotherComputer
  case readsNotKnown
  case nothing
  // Headings.
  case beforeHeading
  case itemsHeading
  case othersHeading
  case goneHeading
  case notesHeading
  // Of an item. {0} a text.
  case scope
  case whereTo
  case how
  case log
  /// {0} a path.
  case file
  /// {0} a path, {1} a date.
  case fileWithDate
  /// {0} a path, {1} a date, {2} entries.
  case folder
  /// {0} a name.
  case variable
  // To follow a place.
  case passphrase
  case hardware
  case systemStore
  case readableByOthers
  // Of an item's state. {0} paths.
  case new
  case changed
  case unchanged
  case added
  case gone
  /// What was not read of the earlier list.
  case cut
}
