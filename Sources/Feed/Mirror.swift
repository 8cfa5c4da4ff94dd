// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Something in the layout of OSV's bucket.
/// - Source: https://google.github.io/osv.dev/data/#data-dumps (read 2026-11-25)
protocol Mirror {
  /// The lines of `ecosystems.txt`; nil where there is none.
  func ecosystems() throws(FeedError) -> [String]?

  /// The list of an ecosystem's records.
  func modifiedList(_ ecosystem: String, known: Validators?) throws(FeedError) -> Fetched

  /// An ecosystem's zip.
  func archive(_ ecosystem: String, known: Validators?, _ progress: (Int) -> Void) throws(FeedError) -> Fetched

  /// Calls `body` with each of the records, in any order; with nil for one that is not there.
  func records(
    _ ecosystem: String, _ ids: [String], _ body: (_ number: Int, Bytes?) throws(FeedError) -> Void
  ) throws(FeedError)

  /// The newest time in the list of the whole bucket; nil where there is no such list.
  func newestModification(now: Moment) throws(FeedError) -> Moment?
}

/// A file of a mirror.
enum Fetched {
  case absent
  /// The same as what the validators stand for.
  case unchanged
  case file(OpenFile, Validators)
}

/// The names and the bounds of what a mirror holds.
enum MirrorLayout {
  static let ecosystems = "ecosystems.txt"
  static let modifiedList = "modified_id.csv"
  static let archive = "all.zip"
  static let ecosystemsBytes = 1 << 20
  static let listBytes = 1 << 30
  static let archiveBytes = 16 << 30
  static let recordBytes = ZipLimits().entryBytes
  /// Enough for a thousand lines: times in the future may stand first.
  static let beginningBytes = 1 << 16

  /// The lines of `ecosystems.txt`.
  static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.map(String.init)
  }

  static func recordName(_ id: String) -> String { "\(id).json" }
}
