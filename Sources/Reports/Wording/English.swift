// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning

extension Language {
  /// The words that everything was written in first.
  public static let english = Language(
    code: "en", digitSeparator: ",", isSingular: { $0 == 1 }, phrase: { English.phrase($0) },
    problem: { English.problem($0) }, skip: { English.skip($0) }, note: { English.note($0) },
    query: { English.query($0) }, refusal: { English.refusal($0) }, role: { English.role($0) },
    findingClass: { $0.rawValue }, severity: { $0.rawValue },
    explanationReason: { English.explanationReason($0) },
    sighting: { English.sighting($0) }, deed: { English.deed($0) }, systemError: { English.systemError($0) },
    fileKind: { English.fileKind($0) }, fault: { English.fault($0) },
    trigger: { English.trigger($0) }, reading: { English.reading($0) }, way: { English.way($0) },
    cleanup: { English.cleanup($0) }, signKind: { English.signKind($0) }, response: { English.response($0) },
    evidence: { English.evidence($0) }, fix: { English.fix($0) }, doubt: { English.doubt($0) },
    checklist: { English.checklist($0) })
}

/// Namespace for the English words.
enum English {
  static func sighting(_ kind: Sighting.Kind) -> String {
    switch kind {
    case .installed: "installed"
    case .locked: "locked"
    case .declared: "declared"
    case .cached: "cached"
    case .archived: "archived"
    case .historical: "historical"
    case .quarantined: "put away"
    }
  }

  static func deed(_ kind: String) -> String? {
    switch kind {
    case "stealer": "that {0#steals|steal} passwords and keys"
    case "drainer": "that {0#takes|take} cryptocurrency"
    case "wiper": "that {0#destroys|destroy} files"
    case "worm": "that {0#steals|steal} keys and {0#spreads|spread} with them"
    case "miner": "that {0#uses|use} the computer to mine cryptocurrency"
    case "backdoor": "that {0#gives|give} strangers control of the computer"
    case "dropper": "that {0#brings|bring} in programs nobody asked for"
    case "exploit": "that {0#attacks|attack} visitors of web pages"
    case "probe": "that {0#reports|report} where {0#it is|they are} installed"
    case "protestware": "that {0#shows or writes|show or write} a protest"
    case "sabotage": "that {0#makes|make} programs fail"
    default: nil
    }
  }

  static func explanationReason(_ reason: PackageExplanation.Reason) -> String {
    switch reason {
    case .everyVersion: "every version is meant"
    case .listed: "this version is listed"
    case .inRange: "this version lies in a range"
    case .outside: "this version is neither listed nor in a range"
    case .otherRelease: "the claim is about another release or registry"
    case .notComparable: "this version cannot be compared with the claim's"
    case .versionNotGiven: "no version was given"
    case .commitsOnly: "the claim knows commits alone, not versions"
    case .noVersions: "the claim names no version"
    }
  }

  static func systemError(_ name: String) -> String? {
    switch name {
    case "EACCES", "EPERM": "permission denied"
    case "ENOENT": "there is no such file or folder"
    case "ENOTDIR": "a part of the path is not a folder"
    case "EISDIR": "it is a folder"
    case "ELOOP": "a symbolic link is in the way"
    case "EMFILE", "ENFILE": "too many files are open"
    case "ENOMEM": "the system has no memory left"
    case "ENOSPC": "no space is left on the device"
    case "EROFS": "the file system is read-only"
    case "EIO": "the device reported an input or output error"
    case "ENXIO", "ENODEV": "there is no such device"
    case "ESTALE": "the network file system lost track of it"
    case "ETIMEDOUT": "the file system did not answer in time"
    case "ENOTCONN": "the file system is not connected"
    case "ENAMETOOLONG": "the path is too long for the system"
    case "EXDEV": "it leads out of the folder that is scanned"
    case "EINVAL": "the system does not take this path"
    case "readlink": "the system does not tell where the link leads"
    default: nil
    }
  }

  static func fileKind(_ kind: String) -> String? {
    switch kind {
    case "folder": "a folder"
    case "fifo": "a FIFO"
    case "socket": "a socket"
    case "device": "a device"
    case "link": "a symbolic link"
    case "unknown": "something that is no regular file"
    default: nil
    }
  }

  static func fault(_ code: String) -> String? {
    switch code {
    case "unexpected-end": "it ends too early"
    case "unexpected-byte": "a character that must not stand here"
    case "control-character": "a control character inside a string"
    case "invalid-escape": "an escape that does not exist"
    case "invalid-number": "a number that is none"
    case "trailing-content": "something after its end"
    case "unexpected-type": "a value of another type than the format has here"
    case "unsupported": "a construct that the format does not use"
    case "invalid-header": "a header that does not fit"
    default: purlFault(code) ?? indexFault(code) ?? recordFault(code) ?? quarantineFault(code)
    }
  }

  private static func purlFault(_ code: String) -> String? {
    switch code {
    case "no-scheme": "it does not begin with pkg:"
    case "no-type": "it names no type"
    case "invalid-type": "its type has characters that no type has"
    case "no-name": "it names no package"
    case "empty-version": "nothing stands behind its @"
    case "invalid-encoding": "its percent signs spell no text"
    case "encoded-slash": "it has a slash inside a segment"
    case "invalid-qualifier": "one of its qualifiers is none"
    case "capital-qualifier": "a qualifier of its type has capital letters"
    case "repeated-qualifier": "it has the same qualifier twice"
    case "namespace-required": "packages of its type have a namespace"
    case "namespace-prohibited": "packages of its type have no namespace"
    case "qualifier-required": "it lacks a qualifier that packages of its type have"
    case "invalid-name": "packages of its type have no such names"
    case "invalid-version": "packages of its type have no such versions"
    case "no-ecosystem": "no ecosystem of the public record has packages of its type"
    default: nil
    }
  }

  private static func recordFault(_ code: String) -> String? {
    switch code {
    case "no-packages": "it names no package"
    case "entry-without-package": "an entry names neither a package nor commits"
    case "entry-without-versions": "an entry names a package and none of its versions"
    case "unknown-range-type": "a range is of a kind that is not known"
    case "range-without-introduced": "a range does not say where it begins"
    case "event-not-readable": "a range has a version that cannot be read"
    case "modified-not-readable": "it does not say when it was changed"
    case "unreadable": "it is not there, or may not be read"
    case "not-a-scan": "it is not the answer of a scan as JSON"
    default: nil
    }
  }

  private static func indexFault(_ code: String) -> String? {
    switch code {
    case "missing": "there are none"
    case "foreign": "the file is no index of advisories"
    case "other-version": "the file has a version that this program does not read"
    case "damaged": "a part of the file is not what was written"
    case "not-readable": "the file cannot be read"
    case "not-writable": "the file cannot be written"
    default: nil
    }
  }

  static func query(_ code: QueryError.Code) -> Language.Explanation {
    switch code {
    case .noPackage:
      Language.Explanation(
        "no package", "'{0}' names no package", hint: "write NAME, NAME@VERSION or NAME@RANGE: node-ipc@9.1.6")
    case .notARange:
      Language.Explanation(
        "not a range", "'{0}' is neither a version nor a range",
        hint: "write 9.1.6, or a range as npm or pip knows it: ^9.1.0, '>=9 <10', '>=1.2,!=1.3.*'")
    case .ecosystemNotCovered:
      Language.Explanation(
        "ecosystem not covered", "packages such as '{0}' are not read yet",
        hint: "packages of npm and PyPI are: pkg:npm/NAME@VERSION, pkg:pypi/NAME@VERSION")
    }
  }

  static func note(_ code: Note.Code) -> Language.Explanation {
    switch code {
    case .rangeTakesBadVersion:
      Language.Explanation(
        "Ranges that would take a bad version",
        "{0} asks for {1} '{2}', which would take {3}",
        hint: "ask for a safe version exactly, so that the next installation cannot bring in a bad one")
    case .lockDisagreesWithInstalled:
      Language.Explanation(
        "Lockfiles that name another version than is installed",
        "{0} has {1} {2}, yet {3} {4#is|are} installed beside it",
        hint: "install anew from the lockfile, or find out who installed the other version")
    case .installedNotLocked:
      Language.Explanation(
        "Packages installed beside a lockfile that does not name them",
        "{0} does not name {1} {1#package that is|packages that are} installed beside it: {2}",
        hint: "install anew from the lockfile, or find out who installed them")
    case .unmaintained:
      Language.Explanation(
        "Packages that nobody looks after any more", "{0} has {1}, which nobody looks after any more, says {2}{3}",
        hint: "a flaw that is found in one will not be mended: look for another package")
    case .recordNotice:
      Language.Explanation("Remarks of advisories", "{0} has {1}, about which {2} has a remark{3}")
    case .sourcesDisagree:
      Language.Explanation(
        "Where sources disagree on a version",
        "{0} has {1}: {2} calls it malicious; the incident {3}, which compares several sources, does not",
        hint: "`gifthorse explain PURL` shows what each source says of the package")
    case .ownStatement:
      Language.Explanation(
        "Statements of your own", "{0} has {1}; your own statement about {2} says: {3}{4}",
        hint: "the finding stays: a statement explains it and never hides it")
    case .quarantined:
      Language.Explanation(
        "Put away by an antivirus program",
        "{0} belongs to {1}",
        hint:
          "ask whoever looks after this machine when it was put away, and whether all was done that the incident asks for"
      )
    }
  }
}
