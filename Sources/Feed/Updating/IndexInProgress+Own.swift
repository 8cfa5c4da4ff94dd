// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories

/// What somebody here has put in: only this can be taken out by hand, never a public record.
extension IndexInProgress {
  /// The ids of the own records, by their labels.
  func ownRecords() throws(FeedError) -> [String: [String]] {
    var ids: [String: [String]] = [:]
    do {
      try writer.forEachOwnRecord { ids[$1, default: []].append($0) }
    } catch { throw FeedError(error) }
    return ids
  }

  func namesOfVEXDocuments() throws(FeedError) -> [String] {
    do { return try writer.namesOfVEXDocuments() } catch { throw FeedError(error) }
  }

  /// Takes a record that was made of a list, a table or a catalogue.
  /// - Returns: The code of why it was refused; nil where it was taken.
  func put(_ record: OSVRecord, label: String, _ tally: inout RecordTally) throws(FeedError) -> String? {
    do { return count(try writer.put(record, label: label), &tally) } catch { throw FeedError(error) }
  }

  /// Takes a record of somebody's own as it came.
  /// - Returns: The code of why it was refused; nil where it was taken.
  func put(own json: [UInt8], label: String, _ tally: inout RecordTally) throws(FeedError) -> String? {
    do {
      let outcome = try json.withUnsafeBufferPointer { (bytes) throws(AdvisoryIndexError) in
        try writer.put(bytes, origin: .own(label: label))
      }
      return count(outcome, &tally)
    } catch { throw FeedError(error) }
  }

  /// Keeps an OpenVEX document.
  func putVEX(_ json: [UInt8], named name: String) throws(FeedError) {
    do {
      guard try !writer.hasVEX(json, named: name) else { return }
      try writer.putVEX(json, named: name)
    } catch { throw FeedError(error) }
    noteNews()
  }

  func removeVEX(_ names: [String]) throws(FeedError) {
    do {
      for name in names { try writer.removeVEX(named: name) }
    } catch { throw FeedError(error) }
    if !names.isEmpty { noteNews() }
  }
}
