// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Parsing
import TestSupport
import Testing

/// Holds our reader against Foundation's on documents that nobody picked.
@Suite struct JSONDifferentialTests {
  @Test func `generated documents mean the same to both readers`() throws {
    var random = SeededGenerator(seed: 8259)
    for _ in 0..<1_500 {
      var text = ""
      Self.writeValue(&text, depth: 5, &random)
      let theirs = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      let ours = try JSONValue.read(text.utf8)
      #expect(Self.means(ours, theirs), "\(text)")
      #expect(JSONValue.failure(text.utf8) == nil)
    }
  }

  @Test func `damaged documents are refused by both readers or by none`() {
    var random = SeededGenerator(seed: 4627)
    var refused = 0
    for _ in 0..<6_000 {
      var text = ""
      Self.writeValue(&text, depth: 3, &random)
      var bytes = Array(text.utf8)
      Self.damage(&bytes, &random)
      guard Self.isComparable(bytes) else { continue }
      let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      let failure = JSONValue.failure(bytes)
      #expect(
        (failure == nil) == (theirs != nil), "\(String(decoding: bytes, as: UTF8.self)) \(String(describing: failure))")
      if failure != nil { refused += 1 }
    }
    // The damage is of a kind that both readers have something to say about.
    #expect(refused > 1_000)
  }

  // MARK: What cannot be compared

  /// Foundation also refuses half a surrogate pair, numbers beyond Double and ill-formed UTF-8, which are no matter of the grammar,
  /// and reads a trailing comma on some systems, which the grammar does not allow.
  private static func isComparable(_ bytes: [UInt8]) -> Bool {
    guard let text = String(validating: bytes, as: UTF8.self) else { return false }
    return text.range(of: #"\\u[dD]|[0-9]{3}|[eE][+-]?[0-9]{2}|,\s*[\]}]"#, options: .regularExpression) == nil
  }

  // MARK: Generating

  private static func writeValue(_ text: inout String, depth: Int, _ random: inout SeededGenerator) {
    writeSpace(&text, &random)
    switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &random) {
    case 0: text += ["true", "false", "null"].randomElement(using: &random) ?? "null"
    case 1, 2: writeNumber(&text, &random)
    case 3, 4, 5: writeString(&text, &random)
    case 6, 7: writeContainer(&text, "[", "]", &random) { text, random in writeValue(&text, depth: depth - 1, &random) }
    default:
      writeContainer(&text, "{", "}", &random) { text, random in
        writeString(&text, &random)
        writeSpace(&text, &random)
        text += ":"
        writeValue(&text, depth: depth - 1, &random)
      }
    }
    writeSpace(&text, &random)
  }

  private static func writeContainer(
    _ text: inout String, _ opening: String, _ closing: String, _ random: inout SeededGenerator,
    _ writeEntry: (inout String, inout SeededGenerator) -> Void
  ) {
    text += opening
    for index in 0..<Int.random(in: 0...4, using: &random) {
      if index > 0 { text += "," }
      writeSpace(&text, &random)
      writeEntry(&text, &random)
    }
    writeSpace(&text, &random)
    text += closing
  }

  private static func writeSpace(_ text: inout String, _ random: inout SeededGenerator) {
    guard Int.random(in: 0..<4, using: &random) == 0 else { return }
    text += [" ", "\n", "\t", "\r\n", "   "].randomElement(using: &random) ?? " "
  }

  private static func writeNumber(_ text: inout String, _ random: inout SeededGenerator) {
    if Bool.random(using: &random) { text += "-" }
    text += String(Int.random(in: 0..<99, using: &random))
    if Bool.random(using: &random) { text += "." + ["5", "0", "25"].randomElement(using: &random)! }
    if Bool.random(using: &random) { text += ["e1", "E+2", "e-1", "E0"].randomElement(using: &random)! }
  }

  private static func writeString(_ text: inout String, _ random: inout SeededGenerator) {
    let parts = [
      "a", "name", " ", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00E9", "\\ud83d\\ude00", "é", "日", "😀",
      "0123456789", "{", "]", ",", ":", "\\b",
      "\u{7F}", "node_modules/",
    ]
    text += "\""
    for _ in 0..<Int.random(in: 0...5, using: &random) { text += parts.randomElement(using: &random) ?? "" }
    text += "\""
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    for _ in 0...Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = Array("{}[]\",:\\ 01-.eE+tnux/\n".utf8).randomElement(using: &random)!
      case 2: bytes.insert(Array("{}[]\",:\\ 01-.eE+tnux/\t".utf8).randomElement(using: &random)!, at: place)
      default: bytes.removeSubrange(place...)
      }
    }
  }

  // MARK: Comparing

  private static func means(_ ours: JSONValue, _ theirs: Any) -> Bool {
    switch ours {
    case .object(let members):
      guard let other = theirs as? [String: Any], other.count == members.count else { return false }
      return members.allSatisfy { key, value in other[key].map { means(value, $0) } ?? false }
    case .array(let elements):
      guard let other = theirs as? [Any], other.count == elements.count else { return false }
      return zip(elements, other).allSatisfy { means($0, $1) }
    case .string(let text): return (theirs as? String).map { Array($0.utf8) == Array(text.utf8) } ?? false
    case .number(let whole):
      guard let number = theirs as? NSNumber else { return false }
      return whole.map { number.doubleValue == Double($0) } ?? true
    case .bool(let flag): return (theirs as? Bool) == flag
    case .null: return theirs is NSNull
    }
  }
}
