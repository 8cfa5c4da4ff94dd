// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Discovery

/// Cuts that no reader of a format can tell from a whole file: the exceptions to the law on truncated files, each with its reason.
struct UndetectableCuts {
  let reason: String
  /// Whether a cut before the byte at `cut` is one of them.
  let isOne: @Sendable (_ bytes: [UInt8], _ cut: Int) -> Bool
  /// Whether the last package before the cut may be another one: where a line needs no end, half a version is one as well.
  var mayChangeLast = false

  /// Excused is only the loss of what comes after such a cut: what stands before it must all be there, in the same order.
  func excuses(_ bytes: [UInt8], _ cut: Int, _ outcome: Reading.Outcome, _ whole: Reading.Outcome) -> Bool {
    let titles = outcome.packages.map(\.title)
    return isOne(bytes, cut)
      && whole.packages.map(\.title).starts(with: mayChangeLast ? titles.dropLast() : titles[...])
  }

  /// nil where every cut can be told: JSON and the binary format end with what they began, Poetry's lockfile ends
  /// with a hash, and pnpm's misses what it refers to.
  static func of(_ extractor: any Extractor.Type) -> UndetectableCuts? {
    switch extractor.id {
    case "npm/yarn-lock":
      UndetectableCuts(
        reason:
          "a file cut at the end of a line is one of fewer entries, if none of those before asks for one of those behind",
        isOne: isAtLineEnd)
    case "npm/yarn-state":
      UndetectableCuts(
        reason: "entries do not name each other, so behind the project's own every entry may be the last",
        isOne: isAtLineEnd)
    case "python/uv-lock", "python/pdm-lock":
      UndetectableCuts(
        reason:
          "a file cut at the end of a line is one of fewer entries, if none of those before asks for one of those behind",
        isOne: isAtLineEnd)
    case "python/pylock":
      UndetectableCuts(
        reason: "few entries name each other, and a date that is cut in two is another date",
        isOne: { isAtLineEnd($0, $1) || isInDate($0, $1) })
    case "python/pth":
      UndetectableCuts(
        reason: "a file without content is in order, and one that is only named for a project says nothing",
        isOne: { $1 == 0 })
    case "python/requirements":
      UndetectableCuts(
        reason: "lines do not name each other, and the last one needs no end", isOne: { _, _ in true },
        mayChangeLast: true)
    case "python/setup-cfg", "python/conda-environment", "npm/workspace-catalog":
      UndetectableCuts(
        reason: "a value needs no quotes and no end, so that half of it is one as well", isOne: { _, _ in true },
        mayChangeLast: true)
    case "python/pyproject", "python/pipfile":
      UndetectableCuts(
        reason:
          "a file that ends between two keys is one of fewer keys, and a dependency of its own table one without a version",
        isOne: { _, _ in true }, mayChangeLast: true)
    case "python/script":
      UndetectableCuts(
        reason: "a file cut before its block begins has none, and behind it only code is missing",
        isOne: { _, _ in true })
    default: nil
    }
  }

  /// Inside of a number or a date that stands at the end of a line without quotes.
  private static func isInDate(_ bytes: [UInt8], _ cut: Int) -> Bool {
    let start = bytes[..<cut].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return bytes[start..<cut].contains(UInt8(ascii: "=")) && !bytes[start..<cut].contains { "\"'[{".utf8.contains($0) }
  }

  /// Right before or right behind the end of a line, CRLF included.
  private static func isAtLineEnd(_ bytes: [UInt8], _ cut: Int) -> Bool {
    guard cut > 0, cut < bytes.count else { return true }
    return bytes[cut] == UInt8(ascii: "\n") || bytes[cut] == UInt8(ascii: "\r") || bytes[cut - 1] == UInt8(ascii: "\n")
  }
}
