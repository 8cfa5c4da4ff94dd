// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What is said after an alarm.
enum ResponsePhrase: CaseIterable {
  // The first line.
  case ran
  case onDisk
  case locked
  case neverHere
  /// {0} how many places.
  case unseenNotVerified
  // The window. {0} from, {1} to.
  case window
  case windowOpen
  /// {0} the one moment that is known.
  case moment
  case windowUnknown
  case windowUnknownOpen
  /// {0} a time: at the latest.
  case atLatest
  case notNamed
  /// {0} what was asked for, {1} how many.
  case severalIncidents
  /// {0} their ids.
  case severalIncidentsHint
  // Headings.
  case exposureHeading
  case hintsHeading
  case stepsHeading
  case lookedAtHeading
  // Of one place. {0} from, {1} to.
  case placeWindow
  case placeOpen
  case placeMoment
  case placeUnknown
  case placeUnknownOpen
  // Degrees, as labels.
  case degreeLocked
  case degreeOnDisk
  case degreeRan
  /// What no trace means.
  case ranNotSeen
  case diskNotSeen
  // Coverage. {0} how many.
  case readLockfiles
  case readInstalled
  case readRepositories
  case readBranches
  case readCommits
  case readLockfileVersions
  case readCaches
  case readLogs
  case readShellHistories
  case readContainerLayers
  case readProcesses
  /// {0} a list of what there is none of.
  case noneHere
  /// {0} how many processes.
  case hiddenProcesses
  /// {0} what the record says.
  case unclearTrace
}
