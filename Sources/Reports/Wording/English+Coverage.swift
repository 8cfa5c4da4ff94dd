// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

extension English {
  static func problem(_ reason: Coverage.Reason) -> Language.Explanation {
    switch reason {
    case .permissionDenied, .vanished, .unreadable, .notAFile, .danglingLink, .linkLeadsOut, .interrupted:
      access(reason)
    case .tooBig, .tooDeep, .tooMany: limit(reason)
    default: content(reason)
    }
  }

  /// What the system did not give.
  private static func access(_ reason: Coverage.Reason) -> Language.Explanation {
    switch reason {
    case .permissionDenied:
      Language.Explanation(
        "Permission was denied", "cannot read {0}: permission denied", hint: "scan again as a user who may read it")
    case .vanished:
      Language.Explanation(
        "Gone before it could be read", "cannot read {0}: it was gone when it was to be opened",
        hint: "scan again when nothing is being installed or removed")
    case .unreadable:
      Language.Explanation(
        "The system could not read it", "cannot read {0}: {1}", hint: "check the disk or file system that holds it")
    case .notAFile:
      Language.Explanation(
        "Not a file, where a file of this name is read", "cannot read {0}: it is {1}, not a file",
        hint: "it was not opened; find out what put it there")
    case .danglingLink:
      Language.Explanation(
        "A symbolic link that leads nowhere", "cannot read {0}: it is a symbolic link that leads nowhere",
        hint: "remove the link, or restore what it leads to")
    case .linkLeadsOut:
      Language.Explanation(
        "A symbolic link out of what is scanned, where packages are",
        "did not follow {0}: it is a symbolic link to '{1}', outside of what is scanned",
        hint: "scan the place that it leads to as well")
    default:
      Language.Explanation(
        "The scan was stopped", "the scan of {0} was stopped before its end", hint: "let it run to its end")
    }
  }

  /// What our own bounds cut off.
  private static func limit(_ reason: Coverage.Reason) -> Language.Explanation {
    switch reason {
    case .tooBig:
      Language.Explanation(
        "Larger than the limit", "cannot read {0}: its {1} bytes are more than the limit of {2}",
        hint: "raise --max-lockfile-bytes if you trust this file")
    case .tooDeep:
      Language.Explanation(
        "Nested deeper than the limit", "cannot read {0}: nested deeper than {1} levels",
        hint: "raise --max-depth if you trust this file")
    default:
      Language.Explanation(
        "More entries than the limit", "cannot read {0} to its end: more than {1} entries",
        hint: "what comes before the limit was read; look at the rest by hand")
    }
  }

  /// What the file itself does not give.
  private static func content(_ reason: Coverage.Reason) -> Language.Explanation {
    switch reason {
    case .truncated:
      Language.Explanation(
        "Ends in the middle", "cannot read {0} to its end: it breaks off in the middle",
        hint: "restore it, or let the package manager write it anew")
    case .malformed:
      Language.Explanation(
        "Breaks its own grammar", "cannot read {0}: it breaks its own grammar: {1}",
        hint: "repair it, or let the package manager write it anew")
    case .conflictMarkers:
      Language.Explanation(
        "Merge conflict markers were left in it",
        "cannot rely on {0}: merge conflict markers were left in it; both sides were read",
        hint: "resolve the conflict and scan again")
    case .wrongEncoding:
      Language.Explanation(
        "Neither UTF-8 nor UTF-16", "cannot rely on {0}: it is neither UTF-8 nor UTF-16", hint: "save it as UTF-8")
    case .empty:
      Language.Explanation(
        "Empty", "cannot read {0}: it is empty", hint: "restore it, or remove it if nothing needs it")
    case .nothingRecognised:
      Language.Explanation(
        "No package could be recognised", "cannot read {0}: it has content, and no package could be recognised in it",
        hint: "see whether it is what its name says")
    case .unknownFormatVersion:
      Language.Explanation(
        "A version of its format that is not known", "cannot rely on {0}: version '{1}' of its format is not known",
        hint: "update gifthorse, or report the new version to its maintainers")
    default: entry(reason)
    }
  }

  /// What single entries do not give.
  private static func entry(_ reason: Coverage.Reason) -> Language.Explanation {
    switch reason {
    case .missingName:
      Language.Explanation(
        "An installed package without a name", "cannot tell what is installed at {0}: it gives no name",
        hint: "install the package anew, or remove the folder")
    case .missingVersion:
      Language.Explanation(
        "A package without a version", "cannot tell which version {0} is about: it gives none",
        hint: "install anew, or let the package manager write the file anew")
    case .includeNotRead:
      Language.Explanation(
        "A file that another one includes was not read", "cannot read all that {0} asks for: it includes '{1}' ({2})",
        hint: "scan a folder that holds both, or look at the included file by hand")
    case .gitOutside:
      Language.Explanation(
        "Parts of git repositories that lie outside of what is read",
        "cannot read all of {0}: a part of its repository lies at '{1}', outside of what is read",
        hint: "name the folder that holds that place as well")
    case .gitObjectsMissing:
      Language.Explanation(
        "History that is not on this machine",
        "cannot read the whole history of {0}: some of it is not here ({1}: {2})",
        hint: "`git fetch --unshallow` and `git fetch --refetch` bring what was left out; `git fsck` says what is lost")
    case .purlNotUnderstood, .ecosystemNotCovered, .ecosystemNotRead, .releaseNotKnown, .advisoriesNotRead:
      records(reason)
    case .quarantineNotLocked:
      Language.Explanation(
        "Folders that are called like a quarantine and are not locked as one is",
        "cannot rely on the quarantine in {0}: {1}",
        hint: "`gifthorse fix --quarantine` locks one that was interrupted; look into one that you did not make")
    case .versionNotComparable:
      Language.Explanation(
        "A version that cannot be compared with the bad ones",
        "cannot judge {0}: '{1}' cannot be compared with the bad versions", hint: "look this version up by hand")
    default:
      Language.Explanation(
        "An entry that could not be understood", "cannot read all of {0}: its entry '{1}' could not be understood",
        hint: "look at this entry by hand")
    }
  }

  /// What could not be held against the records.
  private static func records(_ reason: Coverage.Reason) -> Language.Explanation {
    switch reason {
    case .purlNotUnderstood:
      Language.Explanation(
        "Lines that are no package URL, or none that a record could name",
        "cannot judge {0}: '{1}' is no package URL that a record could name: {2}",
        hint: "write one package URL a line: pkg:npm/node-ipc@9.1.6")
    case .ecosystemNotCovered:
      Language.Explanation(
        "Packages of an ecosystem that no record here is about",
        "cannot judge {0}: no record here is about packages of {2}, such as '{1}'",
        hint: "`gifthorse advisories update --ecosystem NAME` fetches the records of an ecosystem, where there are any")
    case .ecosystemNotRead:
      Language.Explanation(
        "Packages that are not looked for on disk yet", "looked for no packages of '{1}' in {0}: they are not read yet",
        hint: "what caches keep under a package's own name was looked at; look into lockfiles by hand")
    case .releaseNotKnown:
      Language.Explanation(
        "Packages of a distribution whose release is not known",
        "cannot judge {0}: '{1}' is bad in some releases of its distribution and not in others, as {2} say",
        hint: "name the release: pkg:deb/debian/openssl@3.0.11-1?distro=debian-12")
    default:
      Language.Explanation(
        "The advisories could not be read",
        "cannot use the advisories in {0}: {1}; only the incidents in this program were looked for",
        hint: "`gifthorse advisories update` makes them anew; move the file away first if it is something else")
    }
  }

  static func skip(_ reason: Coverage.SkipReason) -> Language.Explanation {
    switch reason {
    case .pseudoFileSystem:
      Language.Explanation(
        "File systems that hold no files of their own",
        "left out {0}: a file system of type {1} holds no files of its own")
    case .networkFileSystem:
      Language.Explanation(
        "File systems on other machines", "left out {0}: a file system of type {1} lies on another machine",
        hint: "name the folder to have it scanned")
    case .linkOutsideRoot:
      Language.Explanation(
        "Links that lead out of what is scanned", "left out {0}: the link leads out of what is scanned, to '{1}'",
        hint: "name its target to have it scanned")
    case .linkLoop:
      Language.Explanation("Links that lead to themselves", "left out {0}: the link leads to itself")
    case .quarantine:
      Language.Explanation(
        "Quarantines, of which the manifest was read alone",
        "did not look into {0}: of what its manifest lists, {1} lie locked away there")
    case .packageCache:
      Language.Explanation(
        "Caches of package managers, whose archives are not read yet",
        "did not look into the archives of {0}: a cache of {1}", hint: "empty it with the package manager's own command"
      )
    case .fixtureInsidePackage:
      Language.Explanation(
        "Broken files deep inside installed packages, which nothing loads",
        "left out {0}: a broken file deep inside an installed package, which nothing loads")
    case .interruptedInstall, .packageArchive, .startupCode: installed(reason)
    case .placeOfOthers:
      Language.Explanation(
        "Places of other users", "did not look for traces in {0}: it belongs to another user")
    case .shallowHistory:
      Language.Explanation(
        "History that was never fetched to this machine", "the history of {0} is cut off (commits at the edge: {1})",
        hint: "`git fetch --unshallow` brings the rest, to be looked at as well")
    case .packedLog:
      Language.Explanation(
        "Packed logs, which are not searched", "did not search {0}: it is packed", hint: "unpack it and look again")
    case .insideAnotherRoot:
      Language.Explanation(
        "Paths that lie inside another one", "left out {0} by itself: it lies inside '{1}', which is scanned")
    }
  }

  /// What lies among installed packages and is not read as one.
  private static func installed(_ reason: Coverage.SkipReason) -> Language.Explanation {
    switch reason {
    case .interruptedInstall:
      Language.Explanation(
        "Leftovers of an interrupted installation, which count as not installed",
        "left out {0}: an interrupted installation left '{1}' behind, which counts as not installed",
        hint: "remove the leftover")
    case .packageArchive:
      Language.Explanation(
        "Packages in archives, which are not opened yet", "did not open {0}: only its name tells which package it is")
    default:
      Language.Explanation(
        "Code that runs at each start of a language, which is not inspected yet",
        "did not inspect line {1} of {0}: it runs at each start of its language", hint: "look at this line by hand")
    }
  }
}
