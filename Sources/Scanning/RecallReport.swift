// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
internal import Inventory
public import Parsing

/// Why saved scans could not be looked at.
public enum RecallError: Error {
  /// The file is not what a scan writes.
  case notAScan
  case index(AdvisoryIndexError)
}

/// Findings of saved scans that rest on records which were taken back since.
public struct RecallReport: Sendable {
  /// One such finding.
  public struct Recall: Hashable, Sendable {
    public var file: String
    public var purl: String
    public var id: String
    /// The records that the finding rested on, with the seconds since 1970 at which each was taken back; nil for one that is gone from the index.
    public var records: [Withdrawal]
  }

  public struct Withdrawal: Hashable, Sendable {
    public var id: String
    public var withdrawn: Int64?
  }

  public var recalls: [Recall] = []
  /// Scans that were read.
  public var scans = 0
  /// Files that are no saved scans, with a code.
  public var unread: [(file: String, reason: String)] = []

  public init() {}

  /// Looks at every finding of one saved scan.
  ///
  /// A finding is recalled where none of the records that condemned the version stands any more. What our own incident says is not taken back by anybody.
  public mutating func add(_ json: Bytes, from file: String, _ index: AdvisoryIndex) throws(RecallError) {
    let saved: SavedScan
    do throws(ParseError) {
      saved = try SavedScan(json)
    } catch {
      throw .notAScan
    }
    guard saved.isScan else { throw .notAScan }
    scans += 1
    for finding in saved.findings where !finding.hasIncident {
      do throws(AdvisoryIndexError) {
        if let recall = try recall(finding, file, index) { recalls.append(recall) }
      } catch {
        throw .index(error)
      }
    }
  }

  private func recall(
    _ finding: SavedScan.SavedFinding, _ file: String, _ index: AdvisoryIndex
  ) throws(AdvisoryIndexError) -> Recall? {
    var withdrawals: [Withdrawal] = []
    for id in finding.condemning.isEmpty ? [finding.id] : finding.condemning {
      guard let record = try index.record(id) else {
        withdrawals.append(Withdrawal(id: id, withdrawn: nil))
        continue
      }
      guard let withdrawn = record.withdrawn else { return nil }
      withdrawals.append(Withdrawal(id: id, withdrawn: withdrawn))
    }
    // What is only missing may be of an ecosystem that this index has not.
    guard withdrawals.contains(where: { $0.withdrawn != nil }) else { return nil }
    return Recall(file: file, purl: finding.purl, id: finding.id, records: withdrawals)
  }
}

/// What is needed of a saved scan.
private struct SavedScan {
  struct SavedFinding {
    var id = ""
    var purl = ""
    var hasIncident = false
    /// Ids of the records that condemned the version.
    var condemning: [String] = []
  }

  var isScan = false
  var findings: [SavedFinding] = []

  init(_ bytes: Bytes) throws(ParseError) {
    var reader = JSONReader(bytes)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("schema") {
        let schema = try reader.stringValue()
        isScan = schema == "gifthorse.scan/1" || schema == "gifthorse.find/1"
      } else if key.equals("findings") {
        guard try reader.enterArrayOrSkip() else { continue }
        while try reader.nextElement() { findings.append(try SavedFinding(&reader)) }
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
  }
}

extension SavedScan.SavedFinding {
  init(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("id") {
        id = try reader.stringValue() ?? ""
      } else if key.equals("purl") {
        purl = try reader.stringValue() ?? ""
      } else if key.equals("incident") {
        hasIncident = try reader.stringValue() != nil
      } else if key.equals("records") {
        guard try reader.enterArrayOrSkip() else { continue }
        while try reader.nextElement() { try readRecord(&reader) }
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readRecord(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    var (record, affected): (String?, String?) = (nil, nil)
    while let key = try reader.nextKey() {
      if key.equals("id") {
        record = try reader.stringValue()
      } else if key.equals("affected") {
        affected = try reader.stringValue()
      } else {
        try reader.skip()
      }
    }
    if let record, affected == "yes" { condemning.append(record) }
  }
}
