// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Why advisories could not be brought in. The index that was there before still serves.
public struct FeedError: Error, Hashable, Sendable {
  /// Stable, kebab-case.
  public enum Code: String, CaseIterable, Sendable {
    /// What was named as a source is neither an address nor a folder nor a zip.
    case invalidSource = "invalid-source"
    /// An address without encryption, of another machine, and nobody said that this is all right.
    case insecureAddress = "insecure-address"
    /// No `--db`, and an environment that names no home.
    case noFolder = "no-folder"
    /// An ecosystem was asked for that the source does not have.
    case unknownEcosystem = "unknown-ecosystem"
    /// A name of an ecosystem or a record that cannot be one: it would climb out of its folder.
    case invalidName = "invalid-name"
    /// No connection, or one that broke, after all tries.
    case unreachable
    /// The server's certificate is not one that this machine trusts.
    case untrustedCertificate = "untrusted-certificate"
    /// An answer that is neither the content nor a known way of saying no.
    case refusedByServer = "refused-by-server"
    /// More bytes than the limit.
    case tooLarge = "too-large"
    /// Something that the layout demands is not there.
    case notThere = "not-there"
    /// The list of changes cannot be read.
    case unreadableList = "unreadable-list"
    /// The list names records by the thousands that the zip lacks.
    case zipBehindList = "zip-behind-list"
    /// No zip, or one of a kind that is not read.
    case zipUnreadable = "zip-unreadable"
    /// The zip ends before its directory.
    case zipTruncated = "zip-truncated"
    /// An entry whose content does not have its checksum.
    case zipChecksum = "zip-checksum"
    /// An entry whose name climbs out of the folder.
    case zipName = "zip-name"
    /// The zip's directory and an entry's own header say different things.
    case zipDisagrees = "zip-disagrees"
    /// An entry that expands beyond the limits.
    case zipExpands = "zip-expands"
    /// An ecosystem that lost more than a tenth of its records.
    case setShrank = "set-shrank"
    /// An ecosystem of which more than a tenth of the records cannot be read.
    case setUnreadable = "set-unreadable"
    /// A file that was to be imported is not there.
    case noSuchFile = "no-such-file"
    /// It is of none of the formats that can be imported.
    case unknownFormat = "unknown-format"
    /// It is JSON, and broken.
    case invalidJSON = "invalid-json"
    /// Nothing in it is a record, a package or a statement.
    case nothingToImport = "nothing-to-import"
    /// Lines or entries that cannot be taken, and nobody said to leave them out. The detail is their number.
    case entriesNotTaken = "entries-not-taken"
    /// An ecosystem was named whose packages are not looked for.
    case ecosystemNotKnown = "ecosystem-not-known"
    /// What can be no label, or a file of which none can be made.
    case invalidLabel = "invalid-label"
    /// Nothing was imported under this label. The detail are the labels that there are.
    case noSuchLabel = "no-such-label"
    /// Another update is running.
    case locked
    case cannotRead = "cannot-read"
    case cannotWrite = "cannot-write"
    /// What lies in the place of the index is something else.
    case foreignFile = "foreign-file"
    /// The index itself failed.
    case indexFailed = "index-failed"
  }

  public let code: Code
  /// What it is about, in the user's own words: a path, an address, an ecosystem, a record.
  public let subject: String
  /// A reason from below: an errno's text, a server's status, counts. May be empty.
  public let detail: String

  public init(_ code: Code, _ subject: String, _ detail: String = "") {
    self.code = code
    self.subject = subject
    self.detail = detail
  }

  /// The program's exit status: 64 where the command line is wrong, else 75, "try again later".
  public var exitStatus: Int32 {
    switch code {
    case .invalidSource, .insecureAddress, .noFolder, .unknownEcosystem, .invalidName, .noSuchFile, .unknownFormat,
      .invalidJSON, .nothingToImport, .entriesNotTaken, .ecosystemNotKnown, .invalidLabel, .noSuchLabel:
      64
    default: 75
    }
  }
}
