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
  /// {0} how many it reads, {1} how many there are.
  case credentialsHeading
  case credentialsAllHeading
  case credentialsNone
  /// {0} a list of what is here and is not read.
  case credentialsOthers
  case readNotKnown
  case rotationHeading
  case rotationElsewhere
  case rotationHere
  /// {0} what a thief can do.
  case rotationScope
  case rotationWhere
  case rotationLog
  case rotationPlaces
  case easiestHeading
  case exposureFirst
  case exposureNothing
  // What protects a credential.
  case protectedByPassphrase
  case protectedByHardware
  case protectedBySystemStore
  case protectionUnknown
  case readableByOthers
  /// {0} days.
  case writtenDaysAgo
  /// {0} how many entries.
  case holdsEntries
  case isVariable
  // The state of an item of a list.
  case stateDone
  case stateDoneButUnchanged
  case stateDoneWithNewPlaces
  case stateChanged
  // A fault of ours, or a file that is none. {0} what.
  case brokenCatalogue
  case checklistNotRead
  case checklistNotReadHint
  case readCredentialFiles
  /// On a sheet. {0} a finding.
  case sinceNotLookedUp
  // What to type next.
  case nextHeading
  case nextRespond
  case nextFix
  case nextChecklist
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
