// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// What a commit's head says: its tree, its parents and when it was committed. The message is not looked at.
struct GitCommit {
  let tree: GitObjectID
  let parents: [GitObjectID]
  /// Since 1970, UTC; nil where the commit does not tell a time that can be one.
  let seconds: Int64?

  /// More than git itself makes of a merge.
  private static let parentLimit = 4_096
  /// What a report can write as a date: until 2262.
  private static let secondsLimit: Int64 = 9_000_000_000

  /// A folder without a commit.
  init(tree: GitObjectID) {
    (self.tree, parents, seconds) = (tree, [], nil)
  }

  init(_ bytes: [UInt8], hashBytes: Int) throws(GitFault) {
    let head = bytes.withUnsafeBufferPointer { Self.head($0, digits: hashBytes * 2) }
    guard let head, let tree = head.tree else { throw GitFault(.malformed, ["commit"]) }
    (self.tree, parents, seconds) = (tree, head.parents, head.seconds)
  }

  private struct Head {
    var tree: GitObjectID?
    var parents: [GitObjectID] = []
    var seconds: Int64?
  }

  private static func head(_ bytes: Bytes, digits: Int) -> Head? {
    var head = Head()
    var start = 0
    while start < bytes.count {
      let end = bytes.firstOffset(of: 0x0A, from: start) ?? bytes.count
      let line = bytes[slice: start..<end]
      if line.isEmpty { break }
      if head.tree == nil {
        guard line.starts(with: "tree "), let id = id(line, from: 5, digits) else { return nil }
        head.tree = id
      } else if line.starts(with: "parent ") {
        guard let id = id(line, from: 7, digits), head.parents.count < parentLimit else { return nil }
        head.parents.append(id)
      } else if line.starts(with: "committer ") {
        head.seconds = seconds(line)
        break
      }
      start = end + 1
    }
    return head
  }

  private static func id(_ line: Bytes, from start: Int, _ digits: Int) -> GitObjectID? {
    line.count == start + digits ? GitObjectID(hexadecimal: line[slice: start..<line.count]) : nil
  }

  /// The seconds of `NAME <MAIL> SECONDS ZONE`: what follows the last `>`.
  static func seconds(_ line: Bytes) -> Int64? {
    guard let close = line.lastIndex(of: UInt8(ascii: ">")) else { return nil }
    var index = close + 1
    while index < line.count, line[index] == 0x20 { index += 1 }
    let isNegative = index < line.count && line[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var (value, digits) = (Int64(0), 0)
    while index < line.count, (0x30...0x39).contains(line[index]), digits < 18 {
      value = value * 10 + Int64(line[index] - 0x30)
      digits += 1
      index += 1
    }
    guard digits > 0, value <= secondsLimit else { return nil }
    return isNegative ? -value : value
  }
}
