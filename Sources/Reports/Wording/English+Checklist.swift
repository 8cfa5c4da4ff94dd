// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension English {
  static func checklist(_ phrase: ChecklistPhrase) -> String {
    switch phrase {
    case .title: "What to replace: {0}"
    case .made: "As of {0} UTC: {1} {1#kind|kinds} of password, key or token to replace."
    case .progress: "{0} of {1} {0#is|are} ticked."
    case .howTo:
      "Write an x between the brackets of what is done, and notes below it. The program keeps both when it writes this list anew, and says which files have changed since."
    case .fromAnotherComputer:
      "**Do all of it from another, clean computer**: what is typed on this one may be read."
    case .readsNotKnown:
      "It is not known what this incident reads. So everything that is here counts as read."
    case .nothing: "Nothing was found here that it reads. That says nothing of what lies where nothing was looked at."
    case .beforeHeading: "Before anything is revoked"
    case .itemsHeading: "Replace, in this order"
    case .othersHeading: "Here too, and not among what this incident reads as far as is known"
    case .goneHeading: "No longer here"
    case .notesHeading: "Notes"
    case .scope: "What a thief can do with it: {0}"
    case .whereTo: "Where: {0}"
    case .how: "How: {0}"
    case .log: "What shows abuse: {0}"
    case .file: "In {0}"
    case .fileWithDate: "In {0}, last written on {1}"
    case .folder: "In the folder {0} ({2} {2#entry|entries}), last written on {1}"
    case .variable: "In the environment variable {0}"
    case .passphrase: "a passphrase protects it: this gives you time, and no more"
    case .hardware: "of no use without its device"
    case .systemStore: "the system's store of passwords holds it"
    case .readableByOthers: "other users of this computer can read it"
    case .new: "New on this list."
    case .changed: "Written since this list was made: {0}."
    case .unchanged:
      "**Ticked, but not written since this list was made: {0}. Look again whether the new one is in use, and the old one revoked.**"
    case .added: "**Not on the list before: {0}.**"
    case .gone: "{0}: its files are not here any more. That they were deleted revokes nothing."
    case .cut: "**The earlier list was not read wholly: it is too long. Ticks may be missing.**"
    }
  }
}
