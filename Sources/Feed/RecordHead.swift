// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// What the feed itself has to know of a record: which one it is, from when, and of which ecosystems.
///
/// - Source: https://ossf.github.io/osv-schema/ (1.7, read 2026-11-25)
struct RecordHead {
  var id = ""
  var modified: Moment?
  /// Without suffixes, each once.
  var ecosystems: [String] = []

  /// nil where the text is no JSON object, or has no id.
  /// - Parameter withEcosystems: Leave them out where nobody asks: most of the bytes are then passed over.
  init?(_ bytes: Bytes, withEcosystems: Bool) {
    guard (try? read(bytes, withEcosystems)) != nil, EcosystemName.isSoundID(id) else { return nil }
  }

  private mutating func read(_ bytes: Bytes, _ withEcosystems: Bool) throws(ParseError) {
    var reader = JSONReader(bytes)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("id") {
        id = try reader.stringValue() ?? ""
      } else if key.equals("modified") {
        modified = try reader.stringValue().flatMap { Moment($0) }
      } else if withEcosystems, key.equals("affected") {
        try readAffected(&reader)
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
  }

  private mutating func readAffected(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterArrayOrSkip() else { return }
    while try reader.nextElement() {
      guard try reader.enterObjectOrSkip() else { continue }
      while let key = try reader.nextKey() {
        if key.equals("package") { try readPackage(&reader) } else { try reader.skip() }
      }
    }
  }

  private mutating func readPackage(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      guard key.equals("ecosystem"), let name = try reader.stringValue() else {
        if !key.equals("ecosystem") { try reader.skip() }
        continue
      }
      let base = EcosystemName.base(name)
      if EcosystemName.isSound(base), !ecosystems.contains(base) { ecosystems.append(base) }
    }
  }
}
