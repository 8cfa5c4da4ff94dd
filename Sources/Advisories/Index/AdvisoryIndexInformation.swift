// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// What an index says of itself.
public struct AdvisoryIndexInformation: Sendable {
  public let counts: IndexCounts
  /// A number that stands for the records and their claims: the same for the same input, however it came. Sixteen hexadecimal digits or fewer.
  public let content: String
  /// When the public records were as they are here: RFC 3339. What the feed has said, else the latest change of a record.
  public let asOf: String
  /// Seconds since 1970 of ``asOf``; nil where it is no time.
  public let asOfSeconds: Int64?
  /// Where the records come from: an address, a folder or a file; empty where only own records are here.
  public let source: String
  /// When the source was last asked with success: RFC 3339; nil where that is not told.
  public let checked: String?
  /// The date of the catalogue of exploited flaws; nil where there is none.
  public let exploitedAsOf: String?

  init(_ statements: IndexStatements, path: String) throws(AdvisoryIndexError) {
    func meta(_ key: String) throws(AdvisoryIndexError) -> String? {
      try statements.text("SELECT value FROM meta WHERE key = ?1", key)
    }
    guard let text = try meta("counts"), let counts = IndexCounts(text), let content = try meta("content"),
      let newest = try meta("newest").flatMap({ Int64($0) })
    else { throw AdvisoryIndexError(.damaged, path: path, detail: "meta") }
    self.counts = counts
    self.content = content
    let told = try meta("feed.as-of").flatMap(Moment.init)
    let moment = told ?? Moment(nanoseconds: newest)
    asOf = moment.nanoseconds == 0 ? "" : moment.text
    asOfSeconds = moment.nanoseconds == 0 ? nil : moment.seconds
    source = try meta("feed.source") ?? ""
    checked = try meta("feed.checked")
    exploitedAsOf = try meta("exploited-as-of")
  }
}
