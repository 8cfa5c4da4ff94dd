// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Responding

extension English {
  static func fix(_ phrase: FixPhrase) -> String {
    switch phrase {
    case .nothing: "Nothing to fix: nothing bad of the wanted kind stands in a file of a project."
    case .planned: "{0} {0#file|files} can be fixed. Nothing was changed."
    case .plannedAndLeft:
      "{0} {0#file|files} can be fixed, and {1} {1#thing is|things are} left for a person. Nothing was changed."
    case .applied: "FIXED: {0} {0#file was|files were} changed, and nothing is left to do here."
    case .appliedAndLeft: "{0} {0#file was|files were} changed, and {1} {1#thing is|things are} left for a person."
    case .leftOnly: "Nothing can be changed here with certainty: {1} {1#thing is|things are} left for a person."
    case .choices: "Where to go"
    case .choice: "{0}: to {1}, which the incident's sources name as clean"
    case .choiceLessSure:
      "{0}: to {1}, the nearest that the incident's record takes for clean; it is less sure of it than of others (`gifthorse incidents` tells)"
    case .choiceOlder: "{0}: back to {1}, which the incident's sources name as clean"
    case .choiceUnverified: "{0}: to {1}, which is believed to be clean; no source confirms it"
    case .choiceByRecords: "{0}: to {1}, in which no record finds anything"
    case .choiceNone: "{0}: no clean version is known: take it out, or replace it"
    case .changes: "Changes"
    case .changesApplied: "What was changed"
    case .changedMeanwhile: "'{0}' was not changed: something else has written to it meanwhile. Run this again."
    case .failed: "'{0}' was not changed: {1}"
    case .doubts: "What is not changed, and why"
    case .commands: "What to type"
    case .commandsAfterwards: "What to type once the changes above are made"
    case .untouched: "What lies on this machine in {0} {0#place|places}, and stays until it is taken away"
    case .untouchedOne: "{0}, {1}: '{2}'"
    case .untouchedHint:
      "`--quarantine` moves it, and what caches hold of it, into a locked folder; installing again does the rest"
    case .more: "and {0} more (--verbose lists them)"
    case .howToQuarantine: "`--apply` moves them."
    case .afterFound: "A scan afterwards: {0} {0#finding is|findings are} still here, see what is left to do above."
    case .afterClean: "A scan afterwards finds nothing of it any more, and everything was read."
    case .afterNotVerified:
      "A scan afterwards finds nothing of it any more, but {1} {1#place|places} could not be read."
    case .evidenceWritten: "Written down, for the customer and the insurer:"
    case .noQuarantine: "{0} is no quarantine of this program's: {1}"
    case .howToApply:
      "`--apply` makes these changes; `--evidence FILE` beside it writes down what was found and done, for a customer or an insurer."
    case .afterwards:
      "Install again from the lockfile afterwards, without scripts (`npm ci --ignore-scripts`), then scan."
    case .undo: "The changes above, kept in a file, are undone by `patch -p1 -R`."
    case .partlyRead: "Not everything could be read in {0} {0#place|places}: there may be more to fix."
    }
  }

  /// Why a file is left as it is. The arguments follow the path.
  static func doubt(_ code: EditDoubt.Code) -> String {
    switch code {
    case .malformed: "'{0}' breaks its own grammar ({1}): nothing in it is changed"
    case .wrongEncoding: "'{0}' is not written in UTF-8"
    case .repeatedKey: "in '{0}' one key stands twice, and tools differ in which of them counts"
    case .unknownForm: "'{0}' is written in a form that is not changed here: {1}"
    case .entryNotKnown: "'{0}': nothing that was read holds the whole entry of {1}"
    case .dependencyMissing: "'{0}': {1} needs {2}, which is not locked there"
    case .notTaken: "'{0}': something there does not take {1}: {2} {3}"
    case .conditionalOverride: "'{0}' has an override of its own for that: {1}"
    case .fromElsewhere: "'{0}' asks for {1} by something else than a version: {2}"
    case .directDiffers: "'{0}' asks itself for another version of {1} than the one to override: {2}"
    case .severalVersions: "'{0}': one version cannot stand for all that there are of {1}: {2}"
    case .digestsNotKnown: "'{0}' holds digests, and those of {1} are not known here"
    case .manifestDigest: "'{0}' holds a digest of {1}, which only its own tool can renew"
    case .binary: "'{0}' is binary: only its own tool can write it"
    case .notFound: "'{0}': the place of {1} was not found in it"
    }
  }
}
