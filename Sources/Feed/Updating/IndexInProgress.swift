// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Parsing

/// The new index while it is being made: the writer, and what the feed keeps in it for its own next run.
///
/// A class, since the closures that records come in through all write to it.
final class IndexInProgress {
  /// What the feed keeps. The ones with an ecosystem's name behind them are one for each.
  enum Key: String {
    case source
    case asOf = "as-of"
    /// When the source was last asked, with success.
    case checked
    /// `all` that the source lists, or `some`, those that were asked for.
    case selection
    /// Their names, one a line.
    case ecosystems
    case knownExploited = "known-exploited"
    case knownExploitedSource = "known-exploited-source"
    case knownExploitedCount = "known-exploited-count"
    case list = "list."
    case archive = "archive."
    case watermark = "watermark."
    /// How many of the records that the list names the index does not have, since they cannot be read.
    case lacking = "lacking."
  }

  let path: String
  /// Whether it began as a copy of another index: only then can its public records be listed and removed.
  let isCopy: Bool
  let writer: AdvisoryIndexWriter
  /// Whether anything became different from the index that this one began as.
  private(set) var hasNews = false
  private(set) var reasons: [String: Int] = [:]

  /// - Parameters:
  ///   - basis: The index that it begins as a copy of.
  ///   - ownSource: Another index whose private records it takes over, for one that begins empty.
  init(path: String, basedOn basis: String? = nil, ownFrom ownSource: String? = nil) throws(AdvisoryIndexError) {
    self.path = path
    isCopy = basis != nil
    writer = try AdvisoryIndexWriter(path: path, basedOn: basis)
    if let ownSource { try writer.takeOwn(from: ownSource) }
  }

  /// Takes a public record, and adds what became of it to `tally`.
  func put(_ json: Bytes, _ tally: inout RecordTally) throws(FeedError) {
    do { _ = count(try writer.put(json, origin: .feed), &tally) } catch { throw FeedError(error) }
  }

  /// Adds what became of a record to `tally`.
  /// - Returns: The code of why it was refused; nil where it was taken.
  func count(_ outcome: RecordOutcome, _ tally: inout RecordTally) -> String? {
    switch outcome {
    case .stored:
      tally.stored += 1
      hasNews = true
    case .storedInPart(let reason):
      tally.stored += 1
      tally.inPart += 1
      reasons[reason, default: 0] += 1
      hasNews = true
    case .unchanged: tally.unchanged += 1
    case .refused(let reason):
      tally.refused += 1
      reasons[reason, default: 0] += 1
      return reason
    }
    return nil
  }

  /// Something became different from the index that this one began as.
  func noteNews() { hasNews = true }

  func remove(_ ids: [String]) throws(FeedError) {
    do {
      for id in ids where try writer.remove(id: id) { hasNews = true }
    } catch { throw FeedError(error) }
  }

  func count(of ecosystem: String) throws(FeedError) -> Int {
    do { return try writer.recordCount(of: ecosystem) } catch { throw FeedError(error) }
  }

  /// The ids that the index has of an ecosystem: those that `listed` lacks, and all of them.
  func compare(
    _ ecosystem: String, with isListed: (String) -> Bool
  ) throws(FeedError) -> (
    gone: [String], present: HashedSet
  ) {
    var gone: [String] = []
    var present = HashedSet()
    do {
      try writer.forEachID(of: ecosystem) { id in
        if !isListed(id) { gone.append(id) }
        present.insert(id)
      }
    } catch { throw FeedError(error) }
    present.sort()
    return (gone, present)
  }

  func setKnownExploited(_ list: KnownExploited) throws(FeedError) {
    // Sorted, so that the same list always gives the same index.
    let entries = list.entries.values.sorted { $0.cve.utf8.lexicographicallyPrecedes($1.cve.utf8) }
      .map { (cve: $0.cve, added: $0.dateAdded, ransomware: $0.isKnownFromRansomware) }
    do { try writer.setKnownExploited(entries, asOf: list.dateReleased) } catch { throw FeedError(error) }
    hasNews = true
  }

  func value(_ key: Key, _ ecosystem: String = "") throws(FeedError) -> String? {
    do { return try writer.value(key.rawValue + ecosystem) } catch { throw FeedError(error) }
  }

  func set(_ value: String?, for key: Key, _ ecosystem: String = "") throws(FeedError) {
    guard try self.value(key, ecosystem) != value else { return }
    do { try writer.setValue(value, for: key.rawValue + ecosystem) } catch { throw FeedError(error) }
    hasNews = true
  }

  func validators(_ key: Key, _ ecosystem: String = "") throws(FeedError) -> Validators? {
    guard let lines = try value(key, ecosystem)?.split(separator: "\n", omittingEmptySubsequences: false),
      lines.count == 2
    else { return nil }
    return Validators(
      etag: lines[0].isEmpty ? nil : String(lines[0]), lastModified: lines[1].isEmpty ? nil : String(lines[1]))
  }

  func set(_ validators: Validators?, for key: Key, _ ecosystem: String = "") throws(FeedError) {
    let known = validators.flatMap { $0.isEmpty ? nil : $0 }
    try set(known.map { "\($0.etag ?? "")\n\($0.lastModified ?? "")" }, for: key, ecosystem)
  }

  func finish() throws(FeedError) {
    do { try writer.finish() } catch { throw FeedError(error) }
  }
}

/// What became of some records.
struct RecordTally {
  var stored = 0
  /// Of those that were stored.
  var inPart = 0
  var unchanged = 0
  var refused = 0

  var sound: Int { stored + unchanged }
  var all: Int { sound + refused }
}

extension FeedError {
  init(_ error: AdvisoryIndexError) {
    if error.code == .foreign {
      self.init(.foreignFile, error.path)
      return
    }
    self.init(.indexFailed, error.path, "\(error.code.rawValue)\(error.detail.isEmpty ? "" : ": \(error.detail)")")
  }
}
