// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories

/// The name under which something of somebody's own is kept: letters, digits, `.`, `_` and `-`.
struct OwnLabel: Hashable {
  let text: String

  /// What the ids of records begin with that were made of a list, a table or a catalogue.
  var prefix: String { "private/\(text)/" }

  /// The label that a user has written.
  init(_ text: String) throws(FeedError) {
    // One that had to be changed could be that of something else, which it would replace.
    guard ImportOptions(name: text).label == text, Self.hasLetterOrDigit(text) else {
      throw FeedError(.invalidLabel, text)
    }
    self.text = text
  }

  /// The label of a file or a folder: its name without the ending; what may not stand in a label becomes `-`.
  init(ofFile path: String) throws(FeedError) {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let dot = name.utf8.lastIndex(of: UInt8(ascii: "."))
    let stem = dot.flatMap { $0 > name.startIndex ? String(name[..<$0]) : nil } ?? name
    // One that had to be cut could be that of another file.
    guard Self.hasLetterOrDigit(stem), stem.utf8.count <= 64 else { throw FeedError(.invalidLabel, name) }
    text = ImportOptions(name: stem).label
  }

  /// The label of an OpenVEX document's name: several of one label have numbers behind it.
  static func label(ofDocument name: String) -> String {
    String(name.prefix { $0 != "/" })
  }

  private static func hasLetterOrDigit(_ text: String) -> Bool {
    text.utf8.contains {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20)
    }
  }
}
