// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Responding

extension English {
  static func role(_ role: QuarantinedItem.Role) -> String {
    switch role {
    case .package: "the package"
    case .metadata: "an installer's notes"
    case .part: "a part"
    case .link: "a link"
    case .cache: "a cache's copy"
    }
  }

  static func refusal(_ code: QuarantineRefusal.Code) -> Language.Explanation {
    switch code {
    case .notThere, .changed, .occupied, .folderMissing, .linkOnTheWay: state(code)
    case .notMovable, .noFileList, .leftBehind, .isRoot, .noPlace: scope(code)
    default: system(code)
    }
  }

  /// What stands where something is, or is to go.
  private static func state(_ code: QuarantineRefusal.Code) -> Language.Explanation {
    switch code {
    case .notThere:
      Language.Explanation("Not there any more", "did not move {0}: it is not there any more", hint: "scan again")
    case .changed:
      Language.Explanation(
        "Changed in the meantime", "did not move {0}: it has changed since it was looked at",
        hint: "make sure that nothing is being installed, and run it again")
    case .occupied:
      Language.Explanation(
        "Something stands there", "did not put back {0}: something else stands there, and is not replaced",
        hint: "move that away first if what is in quarantine is wanted")
    case .folderMissing:
      Language.Explanation(
        "The folder is gone", "did not put back {0}: the folder that held it is not there any more",
        hint: "make that folder first")
    default:
      Language.Explanation(
        "A link on the way", "did not move {0}: a symbolic link stands on the way to it",
        hint: "name the folder that the link leads to")
    }
  }

  /// What a quarantine is not for.
  private static func scope(_ code: QuarantineRefusal.Code) -> Language.Explanation {
    switch code {
    case .noFileList:
      Language.Explanation(
        "No list of files", "did not move {0}: nothing lists the files of this package",
        hint: "let its own installer remove it")
    case .leftBehind:
      Language.Explanation(
        "Files outside of the packages' folder",
        "did not move '{1}', which {0} lists: it lies outside of the packages' folder",
        hint: "look at this file by hand; by itself it only starts the package")
    case .isRoot:
      Language.Explanation(
        "The scanned folder itself", "did not move {0}: it is the folder that was scanned, or is around it",
        hint: "scan the project's folder, so that there is a place for a quarantine")
    case .noPlace:
      Language.Explanation(
        "No place for a quarantine",
        "did not move {0}: no folder around it may be written by this user, lies on the same disk and holds no packages",
        hint: "scan the project's folder, or run it as the user whose files these are")
    default:
      Language.Explanation(
        "Not a thing to move", "did not move {0}: it is no package's folder and no entry of a cache",
        hint: "remove the package with its own package manager")
    }
  }

  /// What the system did not do.
  private static func system(_ code: QuarantineRefusal.Code) -> Language.Explanation {
    switch code {
    case .mountPoint:
      Language.Explanation(
        "A mounted file system", "did not move {0}: a file system is mounted on it or in it",
        hint: "unmount that first, or scan it by itself")
    case .otherFileSystem:
      Language.Explanation(
        "On another disk", "did not move {0}: it cannot be renamed into the quarantine, and nothing is copied",
        hint: "scan the folder on that disk by itself; in a container, change the image instead")
    case .tooMany:
      Language.Explanation("Too large", "did not move {0}: it holds more than {1} entries", hint: "move it by hand")
    case .readOnly:
      Language.Explanation(
        "Read-only", "did not move {0}: its file system may only be read", hint: "mount it for writing first")
    case .permissionDenied:
      Language.Explanation(
        "Permission was denied", "did not move {0}: permission denied",
        hint: "run it as the user whose files these are")
    case .noSpace:
      Language.Explanation("The disk is full", "did not move {0}: the disk is full", hint: "make room first")
    case .notSupported:
      Language.Explanation(
        "Not possible on this file system",
        "did not move {0}: this system cannot rename without the risk of replacing something", hint: "move it by hand")
    case .quarantineUnusable:
      Language.Explanation(
        "The quarantine cannot be used", "did not use the quarantine for {0}: {1}",
        hint: "find out who made it; move it away, and run it again")
    case .busy:
      Language.Explanation(
        "Another run is at work", "did not move {0}: another run is at work there", hint: "run it again later")
    default: Language.Explanation("The system refused", "did not move {0}: {1}", hint: "check the disk that holds it")
    }
  }

  /// Why something is no quarantine.
  static func quarantineFault(_ code: String) -> String? {
    switch code {
    case "system": "the system refused"
    case "not-a-folder": "it is no folder"
    case "of-another-user": "it belongs to another user"
    case "open-to-others": "it does not have the rights that a quarantine has"
    case "no-manifest": "it has no manifest"
    case "never-begun": "the run that made it was interrupted before it moved anything"
    case "manifest-not-understood": "its manifest is not one of Gifthorse's, or was changed"
    case "strange-entry": "it holds something that its manifest does not list"
    case "not-locked": "its things are not locked away: a run was interrupted, or somebody has opened it"
    default: nil
    }
  }
}
