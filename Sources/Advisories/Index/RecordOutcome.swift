// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What became of a record that was to be put into an index.
public enum RecordOutcome: Hashable, Sendable {
  case stored
  /// Stored as far as it is sound. The reason is a ``RecordFlaw``, the first one.
  case storedInPart(reason: String)
  /// The index has exactly this already.
  case unchanged
  /// Nothing of it could be taken. The reason is a code.
  case refused(reason: String)
}

/// What can be wrong with a record that is stored all the same. Stable, kebab-case.
public enum RecordFlaw: String, CaseIterable, Sendable {
  /// Nothing says which packages it is about.
  case noPackages = "no-packages"
  /// An entry has neither a package nor commits.
  case entryWithoutPackage = "entry-without-package"
  /// An entry names a package and no version.
  case entryWithoutVersions = "entry-without-versions"
  /// A range of a type that is not known: it decides nothing.
  case unknownRangeType = "unknown-range-type"
  /// A range in which nothing is introduced: it decides nothing.
  case rangeWithoutIntroduced = "range-without-introduced"
  /// An event is none, or its version cannot be read in its ecosystem's order: the range decides nothing.
  case eventNotReadable = "event-not-readable"
  /// The time of its last change is missing or is no time.
  case modifiedNotReadable = "modified-not-readable"
}
