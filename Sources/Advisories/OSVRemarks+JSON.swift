// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

extension OSVRemarks {
  /// Reads a `database_specific`; anything that is not understood is passed over, since each database may put in what it likes.
  init(_ reader: inout JSONReader) throws(ParseError) {
    var detail = AffectedDetail()
    try self.init(&reader, detail: &detail)
  }

  /// - Parameter detail: Becomes what our own incidents add to an entry, where they do.
  init(_ reader: inout JSONReader, detail: inout AffectedDetail) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("gifthorse") {
        detail = try AffectedDetail(&reader)
      } else {
        try readField(key, &reader)
      }
    }
  }

  private mutating func readField(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
    if key.equals("severity") {
      severity = try reader.stringValue()
    } else if key.equals("cwe_ids") {
      weaknesses += try reader.strings()
    } else if key.equals("cwes") {
      try readWeaknesses(&reader)
    } else if key.equals("malicious") {
      isMalicious = try reader.boolValue() ?? false
    } else if key.equals("informational") {
      informational = try reader.stringValue()
    } else if key.equals("categories") {
      if try reader.strings().contains("malicious") { isMalicious = true }
    } else if key.equals("license") {
      licence = try reader.stringValue()
    } else if key.equals("iocs") || key.equals("indicators") {
      // Digests of files stand in several shapes, by kind or by file: every text in here that is one counts.
      digests += try reader.stringsInside().filter { FileDigest($0) != nil }
    } else {
      try reader.skip()
    }
  }

  /// `[{"cweId": "CWE-506", …}]`, or plain strings.
  private mutating func readWeaknesses(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterArrayOrSkip() else { return }
    while try reader.nextElement() {
      guard try reader.peek() == .object else {
        if let text = try reader.stringValue() { weaknesses.append(text) }
        continue
      }
      try reader.enterObject()
      while let key = try reader.nextKey() {
        guard key.equals("cweId") else {
          try reader.skip()
          continue
        }
        if let text = try reader.stringValue() { weaknesses.append(text) }
      }
    }
  }
}
