// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import History
internal import Inventory
internal import Responding
internal import Scanning

/// Everything that is said for people, in one language. Another language is one more value, in a file of its own.
///
/// Templates hold places for arguments: `{0}` for the first, and `{0#package|packages}` to choose between one and
/// several by it. Each closure is a `switch` over a closed list, so the compiler says what a new language lacks.
public struct Language: Sendable {
  /// What is said about one code.
  struct Explanation {
    /// For a group: a few words, without arguments.
    let heading: String
    /// Names the place as `{0}`; the code's own arguments follow.
    let sentence: String
    /// What to do, where there is something to do.
    let hint: String?

    init(_ heading: String, _ sentence: String, hint: String? = nil) {
      self.heading = heading
      self.sentence = sentence
      self.hint = hint
    }
  }

  /// `en`, `nl` …
  public let code: String
  /// Between groups of three digits.
  let digitSeparator: String
  /// Which of a template's two forms goes with a number.
  let isSingular: @Sendable (Int) -> Bool
  let phrase: @Sendable (Phrase) -> String
  let problem: @Sendable (Coverage.Reason) -> Explanation
  let skip: @Sendable (Coverage.SkipReason) -> Explanation
  let note: @Sendable (Note.Code) -> Explanation
  let query: @Sendable (QueryError.Code) -> Explanation
  /// Why something was not moved into quarantine, or back.
  let refusal: @Sendable (QuarantineRefusal.Code) -> Explanation
  /// What a thing in quarantine is to its package manager.
  let role: @Sendable (QuarantinedItem.Role) -> String
  let findingClass: @Sendable (FindingClass) -> String
  let severity: @Sendable (Severity) -> String
  /// Why a claim holds, or does not, as a part of a sentence.
  let explanationReason: @Sendable (PackageExplanation.Reason) -> String
  let sighting: @Sendable (Sighting.Kind) -> String
  /// What packages of an incident's kind do, to follow "packages"; nil for a kind without words. `{0}` is how many.
  let deed: @Sendable (_ kind: String) -> String?
  /// What a system error means, by its symbolic name.
  let systemError: @Sendable (_ name: String) -> String?
  /// What something is that is no file: `fifo`.
  let fileKind: @Sendable (_ kind: String) -> String?
  /// How a text breaks its grammar: `unexpected-byte`.
  let fault: @Sendable (_ code: String) -> String?
  // What incidents say in codes, to stand in lists; the steps are sentences.
  let trigger: @Sendable (IncidentCode.Trigger) -> String
  let reading: @Sendable (IncidentCode.Reading) -> String
  let way: @Sendable (IncidentCode.Way) -> String
  let cleanup: @Sendable (IncidentCode.Cleanup) -> String
  /// What kind of thing a sign is: `line`.
  let signKind: @Sendable (Sign.Kind) -> String
  /// What is said after an alarm.
  let response: @Sendable (ResponsePhrase) -> String
  /// What a piece of evidence says, to follow its path. The places are its arguments.
  let evidence: @Sendable (EvidenceCode) -> String
  // What is said of a fix.
  let fix: @Sendable (FixPhrase) -> String
  let doubt: @Sendable (EditDoubt.Code) -> String
  /// What is said in a checklist.
  let checklist: @Sendable (ChecklistPhrase) -> String

  /// Every language that there is.
  static let all = [english]

  /// The language with this code, or English: what is said matters more than its language.
  static func named(_ code: String) -> Language {
    all.first { $0.code == code } ?? english
  }
}

extension Language {
  /// `12,345`
  func number(_ value: Int) -> String {
    let digits = Array(String(value.magnitude).utf8)
    var result = value < 0 ? "-" : ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position).isMultiple(of: 3) { result += digitSeparator }
      result.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return result
  }
}

/// A phrase that is not bound to a code of its own.
enum Phrase: CaseIterable {
  // The first line. {0} how many, {1} what they do.
  case foundMalicious
  case foundSuspicious
  case foundProtestware
  case foundVulnerable
  // The same where there are traces of attacks, and no package. {0} how many attacks.
  case foundTraces
  case foundTracesOfProtestware
  /// Beside packages. {0} how many attacks.
  case alsoTraces
  /// {0} how many places.
  case notVerified
  /// {0} how many packages.
  case clean
  case cleanWithoutPackages
  /// Stands for a deed where packages of several kinds were found.
  case deedMalicious
  case deedSuspicious
  case deedProtestware
  case deedVulnerable
  /// {0} a list such as "2 protestware".
  case alsoFound
  /// {0} how many, {1} the class.
  case countOfClass
  /// {0} how many places.
  case notEverythingRead

  // The first line of `find`. {0} what was looked for, {1} how many places.
  case queryFound
  /// A range would take a bad version.
  case queryFoundWithNotes
  case queryFoundBad
  /// All of it lies locked away.
  case queryFoundQuarantined
  case queryNotFound
  case queryNotVerified

  // Findings.
  case kindOfClass
  case alsoKnownAs
  case unverified
  case through
  case severalMore
  case severalMorePlaces
  case severalMorePackages
  case safe
  case safeUnverified
  case noSafeVersion
  case whatItDoes
  case whatToDo
  case noAdvice
  case published
  case publishedAndRemoved
  case removed
  case disagreements
  case disagreementsHeading
  case disagreementOurs
  case references
  case asksFor
  case comesFrom
  case partial
  // By what a trace was told. {0} the beginning of a digest.
  case evidenceDigest
  case evidencePinnedDigest
  case evidenceName
  case evidenceContent
  case evidenceLine
  case lessCertain
  case traces
  /// In the place of the kind of sighting.
  case traceHere
  case given
  /// {0} how many, {1} which.
  case givenOnLines

  // Findings of records alone. {0} the package, {1} the record's id.
  case recordTitleMalicious
  case recordTitleSuspicious
  case recordTitleVulnerable
  // Several packages in one. {0} how many.
  case recordTitleSeveral
  case recordTitleSeveralSuspicious
  case recordTitleSeveralOwn
  case recordTitleOwn
  case recordWhatMalicious
  case recordWhatSuspicious
  case recordWhatVulnerable
  case recordWhatOwn
  case recordStepStop
  case recordStepSecrets
  case recordStepAsk
  case recordStepLook
  case recordStepLeave
  /// {0} the package, {1} the version to go to.
  case recordStepUpdate
  /// {0} an id, {1} a text.
  case recordSays
  /// {0} a text, {1} its source, {2} the licence.
  case recordText
  case recordTextWithoutLicence
  case recordTextOfUnknownSource
  /// {0} a label.
  case recordTextOfOwn
  /// {0} packages, {1} flaws.
  case vulnerabilitiesHeading
  /// {0} the version, {1} how many flaws it ends.
  case upgradeEndsAll
  case upgradeNone
  /// No order of versions is known here.
  case upgradeEach
  /// {0} a list of versions.
  case fixedIn
  /// {0} how many flaws.
  case notFixed
  case severityUnknown
  /// {0} a date.
  case exploitedSince
  case exploitedForRansom
  /// {0} ids, {1} how many.
  case notAffectedSays
  case severalMoreFlaws

  // Sections.
  case notesHeading
  case problemsHeading
  case skipsHeading
  case placeWithLine
  case place
  case hint
  case error
  case warning

  // Totals.
  case totalsScanned
  case totalsRead
  case totalsFiles
  case totalsEntries
  case totalsPackages
  case totalsAdvisories
  case totalsAdvisoriesEmbedded
  case totalsNoRecords
  case totalsAdvisoriesIndex
  /// {0} days.
  case advisoriesAge
  case advisoriesOld
  case totalsTime
  case totalsSeconds
  case totalsConfinement
  case evidence

  // Confinement.
  case confined
  case partlyConfinedByLandlock
  case partlyConfinedByFilter
  case notConfined

  // Roots.
  case rootScanned
  case rootInside
  case rootSearched
  case rootMissing

  // The self-test.
  case testPassed
  case testFailed
  case testsPassed
  case testsFailed

  // Progress and errors.
  case progress
  case cannotOpenRoot
  case cannotOpenRootHint
  case cannotWrite
  case cannotWriteHint
  case cannotWriteAnswer
  case cannotWriteAnswerHint
  case unknownEcosystem
  case unknownEcosystemHint
  case noDefaultRoots
  case noDefaultRootsHint

  // What is known of one package. {0} as it was given, {1} how many condemn it, or cannot tell.
  case explainBad
  case explainOpen
  case explainWithoutVersion
  case explainGood
  /// {0} records, {1} incidents, {2} a date.
  case explainHeld
  case explainHeldOwn
  case explainIncident
  case explainEveryVersion
  case explainYes
  case explainNo
  case explainUnknown
  /// {0} a date.
  case explainWithdrawn
  /// {0} how many.
  case explainListed

  // What an index is. {0} records, {1} a number.
  case statusPath
  case statusSource
  case statusAsOf
  case statusChecked
  case statusContent
  case statusExploited
  case statusRecords
  case statusWithdrawn
  case statusOwn
  /// {0} how many.
  case statusDocuments
  /// {0} how many.
  case statusOwnRecords
  case statusFlaws
  /// {0} days.
  case statusOld
  case statusNoAge
  case statusNone

  // One record.
  case recordModified
  case recordPublished
  case recordSeverity
  case recordWeaknesses
  case recordRelated
  case recordDigests
  case recordPackages
  case recordFlaws
  /// {0} a label.
  case recordOwn
  case severityNotKnown
  /// {0} what was asked for, {1} ids.
  case recordByAlias

  // Findings that a withdrawn record caused. {0} how many.
  case recallNone
  case recallSome
  /// {0} the purl, {1} the finding's id, {2} the records and their dates.
  case recallOne
  case recallGone
  /// {0} a path, {1} a reason.
  case recallNotRead
  case recallHint

  // The index of advisories. {0} a path, {1} what the system says.
  case noIndex
  case noIndexHint
  case foreignIndex
  case foreignIndexHint
  case otherIndex
  case otherIndexHint
  case damagedIndex
  case damagedIndexHint
  case unreadableIndex
  case unreadableIndexHint
  case unwritableIndex
  case noIndexFolder
  case noIndexFolderHint
  case noFeed
  case noFeedHint
  case noSuchRecord
  case noSuchRecordHint
  case noPurl
  case noPurlHint
  case inputTooLong

  // Incidents. {0} incidents, {1} packages, {2} bad versions.
  case incidentsTotal
  /// {0} packages.
  case incidentsWholePackages
  /// {0} a date.
  case incidentsAsOf
  case incidentsHint
  /// {0} how many, {1} what was asked for.
  case incidentsSeveral
  case incidentWithoutDate
  case incidentRelated
  case incidentPackages
  case incidentNoPackage
  case incidentPackagesInVariants
  /// {0} a package.
  case incidentEveryVersion
  /// {0} versions.
  case incidentLessSure
  /// {0} packages.
  case incidentNoSafeVersions
  case incidentNote
  case incidentPackageUnverified
  case incidentTrigger
  /// There are several.
  case incidentTriggers
  case incidentReads
  case incidentReadsNothing
  case incidentLeaves
  case incidentLeavesNothing
  case incidentHosts
  case incidentAddresses
  case incidentQueries
  case incidentDefanged
  case incidentTraces
  case incidentNoTraces
  case incidentFiles
  case incidentProcesses
  case incidentOther
  case incidentSharedHosts
  case incidentSigns
  case incidentSignIsLessSure
  case incidentCleanup
  case incidentSureness
  case incidentUnverified
  case incidentNetworkUnverified
  case incidentGeneralKnowledge
  case incidentNoSource
  /// {0} a source.
  case incidentSourceWithoutLink
  case incidentNotes
  /// {0} a title.
  case incidentVariant
  case incidentVariantRest
  /// {0} how many.
  case severalMoreItems
  /// {0} what was asked for.
  case noSuchIncident
  /// {0} ids.
  case noSuchIncidentNear
  case noSuchIncidentHint
  /// {0} what was asked for, {1} those that there are.
  case noSuchEcosystem
  case noSuchKind
  case thereAre

  // Ways to say a problem, or a note, that depend on its arguments.
  /// {0} what is wrong, {1} what the system says of it.
  case faultWithDetail
  /// To follow what introduces it. {0} a text.
  case furtherWords
  case inBrackets
  case tooBigManifestHint
  case wholePackageIsBad
  /// {0} how many, {1} a list.
  case badVersions
  /// {0} the place, {1} the heading.
  case problemWithoutFacts

  // Quarantine.
  case quarantineHeading
  /// {0} a folder. It stands by itself: nobody should paste a stranger's name into a command.
  case quarantineUndo
  /// {0} how many things.
  case quarantineWouldMove
  case quarantineMoved
  case quarantineNothing
  /// {0} the locked folder.
  case quarantineIn
  /// {0} what it is, {1} packages, {2} how many files.
  case quarantineThing
  /// {0} how many files.
  case quarantineShared
  /// {0} the locked folder.
  case quarantineNotLocked
  case quarantineFinished
  case quarantineRefused
  /// {0} how many things.
  case restoreDone
  case restoreNothing
  /// {0} how many things.
  case restoreAlreadyBack
  case restoreRefused

  // The evidence sheet.
  case sheetTitle
  /// {0} a time, {1} a user, {2} a machine.
  case sheetMade
  case sheetProgram
  case sheetScanned
  case sheetFound
  case sheetSince
  /// {0} a package, {1} a place.
  case sheetExposure
  /// {0} and {1} times.
  case sheetFromTo
  case sheetFromUntilNow
  case sheetUnknownUntil
  case sheetUnknownUntilNow
  /// A time that is a bound and not the moment itself. {0} the time.
  case sheetAtTheLatest
  case sheetBefore
  case sheetLocked
  case sheetOnDisk
  case sheetRan
  case sheetDone
  case sheetEdited
  case sheetMoved
  case sheetNotMoved
  case sheetTicked
  case sheetOpen
  case sheetNow
  /// {0} a verdict.
  case sheetVerdict
  case sheetStillThere
  case sheetNotScannedAgain
  case sheetNotChecked
  case sheetAllChecked
  case sheetScans
  /// {0} a name, {1} a digest.
  case sheetScan
  case sheetNothing
  case sheetRemark
}
