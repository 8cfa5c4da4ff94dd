// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import History

extension English {
  static func response(_ phrase: ResponsePhrase) -> String {
    switch phrase {
    case .ran: "IT RAN HERE: something that only its running leaves was seen."
    case .onDisk: "IT WAS HERE: its files lay on this machine. That it ran was not seen in what could be read."
    case .locked:
      "IT WAS ASKED FOR: lockfiles pin it. That its files lay on this machine was not seen in what could be read."
    case .neverHere: "NEVER HERE, as far as could be read."
    case .unseenNotVerified: "NOT SEEN, NOT VERIFIED: {0} {0#place|places} could not be read."
    case .window: "From {0} to {1}."
    case .windowOpen: "From {0}; it is still here."
    case .moment: "At {0}."
    case .windowUnknown: "Since when is not known; until {1}."
    case .windowUnknownOpen: "Since when is not known; it is still here."
    case .atLatest: "{0} at the latest"
    case .notNamed: "No incident and no record here condemns it: only where it is, and was, can be said."
    case .severalIncidents: "'{0}' stands for {1} incidents"
    case .severalIncidentsHint: "name one of them: {0}"
    case .exposureHeading: "Since when, and what says so"
    case .hintsHeading: "What may tell of it, without its version"
    case .credentialsHeading: "What it can have read here: {0} of {1} {1#credential|credentials}"
    case .credentialsAllHeading: "Credentials that lie here: {0}"
    case .credentialsNone: "No credential was seen in what could be read."
    case .credentialsOthers: "Here too, and not among what this attack is known to read: {0}."
    case .readNotKnown: "What it reads is not known: everything that lies here counts as read."
    case .rotationHeading: "What to replace, in this order"
    case .rotationElsewhere: "Do all of it from another, clean computer: what is typed here may be read again."
    case .rotationHere: "on this computer"
    case .rotationScope: "a thief can: {0}"
    case .rotationWhere: "where: {0}"
    case .rotationLog: "look for abuse: {0}"
    case .rotationPlaces: "here: {0}"
    case .easiestHeading: "The easiest ways to have less to lose"
    case .exposureFirst: "{0} {0#credential lies|credentials lie} here for whoever runs code as this user."
    case .exposureNothing: "No credential was seen."
    case .protectedByPassphrase: "a passphrase protects it"
    case .protectedByHardware: "of no use without its device"
    case .protectedBySystemStore: "the secret lies in the system's own store"
    case .protectionUnknown: "what protects it could not be told"
    case .readableByOthers: "other users of this machine can read it"
    case .writtenDaysAgo: "written {0} {0#day|days} ago"
    case .holdsEntries: "a folder with {0} {0#entry|entries}"
    case .isVariable: "an environment variable"
    case .stateDone: "ticked"
    case .stateDoneButUnchanged: "TICKED, BUT UNCHANGED: its file is as it was"
    case .stateDoneWithNewPlaces: "TICKED, BUT THERE IS MORE: it lies in places that were not on the list"
    case .stateChanged: "changed since the list was made"
    case .brokenCatalogue: "the catalogue of credentials in this program is broken ({0})"
    case .checklistNotRead: "cannot read the list {0}"
    case .checklistNotReadHint: "name a file that this program has written, or one that does not exist yet"
    case .readCredentialFiles: "{0} {0#file|files} that may hold credentials"
    case .sinceNotLookedUp: "since when {0} was here was not looked up"
    case .nextHeading: "What to type next"
    case .nextRespond: "says since when it was here, what it could read, and what to replace first"
    case .nextFix: "shows how to clean up, and changes nothing yet"
    case .nextChecklist:
      "`--checklist FILE` keeps this as a list to tick; another run then says what has changed since."
    case .stepsHeading: "What to do now"
    case .lookedAtHeading: "What was looked at"
    case .placeWindow: "from {0} to {1}"
    case .placeOpen: "from {0}, still there"
    case .placeMoment: "at {0}"
    case .placeUnknown: "until {1}; since when is not known"
    case .placeUnknownOpen: "still there; since when is not known"
    case .degreeLocked: "locked"
    case .degreeOnDisk: "on disk"
    case .degreeRan: "ran"
    case .ranNotSeen:
      "That no trace of its running was seen does not mean that it did not run: it may have left none, or deleted them."
    case .diskNotSeen: "Other machines that use these lockfiles may have installed it: look there too."
    case .readLockfiles: "{0} {0#lockfile or other list|lockfiles and other lists} of packages"
    case .readInstalled: "{0} installed {0#package|packages}"
    case .readRepositories: "{0} git {0#repository|repositories}"
    case .readBranches: "{0} {0#branch, tag or stash|branches, tags and stashes}"
    case .readCommits: "{0} {0#commit|commits}"
    case .readLockfileVersions: "{0} earlier {0#version of a lockfile|versions of lockfiles}"
    case .readCaches: "{0} package {0#cache|caches}"
    case .readLogs: "{0} {0#set|sets} of package managers' logs"
    case .readShellHistories: "{0} shell {0#history|histories}"
    case .readContainerLayers: "{0} {0#layer|layers} of container images"
    case .readProcesses: "{0} running {0#process|processes}"
    case .noneHere: "None here, so that nothing can be told from them: {0}."
    case .hiddenProcesses: "{0} {0#process belongs|processes belong} to other users: their environment may not be read."
    case .unclearTrace: "Look for it yourself: {0}."
    }
  }

  /// What a piece of evidence says, after the path that it is about. The places are its arguments.
  static func evidence(_ code: EvidenceCode) -> String {
    switch code {
    case .commitAdded, .commitRemoved, .branchHasIt, .historyCut, .logHadIt, .logWentOn, .alsoOnBranches:
      gitEvidence(code)
    case .lockedHere: "pins it"
    case .installedHere: "says that it is installed"
    case .cachedHere: "a cache holds it"
    case .archivedHere: "an archive holds it"
    case .quarantinedHere: "lies locked away in quarantine"
    case .fileMade: "made at {0}"
    case .fileModified: "written at {0}, before it came to this disk"
    case .sign: "is what this attack leaves ({0})"
    case .trace: "is where this attack puts what it takes ({0})"
    case .knownContent: "its content is known to be the attack's ({0})"
    case .hostInLog: "names the attacker's {0}, first in line {1}; lines that do: {2}"
    case .process: "is a running process with a mark of this attack ({0})"
    case .cacheIndexed, .cacheRemoved, .cacheContent, .cacheContentGone, .cacheHolds, .cacheHoldsSomeVersion:
      cacheEvidence(code)
    case .logFetched: "line {0} says that it was downloaded"
    case .logInstalled: "line {0} says that it was put into a folder of packages"
    case .logPlanned: "line {0} says that it was chosen, and not that it was downloaded"
    case .logScriptRan: "line {0} says that its script {1} was started"
    case .logRemoved: "line {0} says that it was removed"
    case .shellInstalled: "line {0} installs this version with {1}; whether that succeeded is not told"
    case .shellInstalledSomeVersion: "line {0} installs some version of it with {1}"
    case .shellRemoved: "line {0} removes it with {1}"
    case .inImageLayer: "lies in layer {0} of a container image ({1})"
    }
  }

  private static func gitEvidence(_ code: EvidenceCode) -> String {
    switch code {
    case .commitAdded: "commit {0} brought it to {1}"
    case .commitRemoved: "commit {0} took it away from {1}"
    case .branchHasIt: "the newest commit {0} of {1} still has it"
    case .historyCut: "the oldest commit {0} that is here has it already"
    case .logHadIt: "only the log {1} still knows commit {0}, which has it"
    case .logWentOn: "the log {1} went on to commit {0}"
    default: "more branches and other refs with the same in their history: {0}"
    }
  }

  private static func cacheEvidence(_ code: EvidenceCode) -> String {
    switch code {
    case .cacheIndexed: "an index says that it was downloaded {0}"
    case .cacheRemoved: "an index says that it was removed {0}"
    case .cacheContent: "the archive lies in the cache {0}"
    case .cacheContentGone: "the archive is no longer in the cache; its index still tells of it"
    case .cacheHoldsSomeVersion: "a cache holds something of it, and does not tell which version"
    default: "lies in a cache"
    }
  }
}
