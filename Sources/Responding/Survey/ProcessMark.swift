// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// What tells a running process of an incident: a variable in its environment, or a word of its command line.
///
/// Records write it for people (`node with __ntw=1 in its environment`, `detached node running node-ipc.cjs`, `pgmon`).
struct ProcessMark: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// `__ntw=1`, whole.
    case variable
    /// Each of these is a word of the command line, with or without folders before it.
    case words([String])
  }

  /// As the record has it.
  let text: String
  let kind: Kind
  private let variable: [UInt8]

  /// - Returns: nil for prose in which nothing tells a process from others: it is said that it was not looked for.
  init?(_ text: String) {
    self.text = text
    let words = text.split(separator: " ").map(String.init)
    if let variable = words.first(where: Self.isVariable) {
      (kind, self.variable) = (.variable, Array(variable.utf8))
      return
    }
    variable = []
    if words.count == 1 || (words.count > 1 && words.dropFirst().allSatisfy { $0.hasPrefix("-") }) {
      kind = .words(words)
    } else if let script = words.first(where: Self.isScript) {
      kind = .words([script])
    } else {
      return nil
    }
  }

  private static func isVariable(_ word: String) -> Bool {
    guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return false }
    return word[..<equals].utf8.allSatisfy { byte in
      byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & ~0x20)
    }
  }

  private static func isScript(_ word: String) -> Bool {
    [".js", ".cjs", ".mjs", ".py", ".sh", ".exe", ".pyz"].contains { word.hasSuffix($0) }
  }

  /// Whether an environment, its entries separated by zero bytes, has the variable.
  func isIn(environment: Bytes) -> Bool {
    guard kind == .variable else { return false }
    return environment.split(separator: 0).contains { $0.elementsEqual(variable) }
  }

  /// Whether a command line, its words separated by zero bytes, has every word.
  func isIn(commandLine: Bytes) -> Bool {
    guard case .words(let wanted) = kind else { return false }
    // What follows the first few words are arguments, in which a search for the name itself would be found; and an editor that shows the
    // file does not run it.
    let words = commandLine.split(separator: 0).prefix(4)
    guard let program = words.first.map(Self.name(of:)), let first = wanted.first,
      program.elementsEqual(first.utf8) || Self.interpreters.contains(where: { program.starts(with: $0.utf8) })
    else { return false }
    return wanted.allSatisfy { word in
      words.contains { $0.elementsEqual(word.utf8) || Self.name(of: $0).elementsEqual(word.utf8) }
    }
  }

  /// What runs a script that is named after it.
  private static let interpreters = [
    "node", "bun", "deno", "python", "pypy", "ruby", "perl", "php", "sh", "bash", "dash", "zsh",
  ]

  private static func name(of word: Slice<Bytes>) -> Slice<Bytes> {
    guard let slash = word.lastIndex(of: UInt8(ascii: "/")) else { return word }
    return word[(slash + 1)...]
  }
}
