// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Parsing

/// One look into one file, for all rules at once. Of what was read nothing stays but yes and no.
struct ContentLook {
  /// What was seen for one rule.
  private struct Seen {
    let rule: CredentialRule
    let number: Int
    var isFound = false
    var isStored = false
    var mark: Protection?
    var keyProtection: Protection?

    /// Whether nothing that follows in the file could change the answer.
    var isSettled: Bool { isFound && rule.marks.isEmpty && rule.test != .privateKey }
  }

  /// So much of a file is looked at; what is larger is told.
  static let mostBytes = 16 << 20
  /// Pieces overlap by so much, so that nothing is cut in two.
  static let overlap = 4096

  private var seen: [Seen]
  private var isSixteenBit = false

  init(_ rules: [(number: Int, rule: CredentialRule)]) {
    seen = rules.map { Seen(rule: $0.rule, number: $0.number) }
  }

  /// Whether the rest of the file need not be read.
  var isSettled: Bool { seen.allSatisfy(\.isSettled) }

  /// Looks at one piece of the file, which it may change.
  mutating func take(_ memory: UnsafeMutableBufferPointer<UInt8>, isFirst: Bool) {
    var count = memory.count
    if isFirst { isSixteenBit = count >= 2 && [[0xFF, 0xFE], [0xFE, 0xFF]].contains([memory[0], memory[1]]) }
    if isSixteenBit { count = Self.narrow(memory) }
    let bytes = Bytes(rebasing: UnsafeBufferPointer(memory)[..<count])
    for index in seen.indices { look(bytes, &seen[index], isFirst: isFirst) }
    readSettings(bytes, takesSpace: false)
    readSettings(bytes, takesSpace: true)
  }

  /// The rules that found something, with how it is protected.
  var found: [(number: Int, protection: Protection)] {
    seen.compactMap { seen in
      guard seen.isFound || seen.isStored else { return nil }
      guard seen.isFound else { return (seen.number, .systemStore) }
      return (seen.number, seen.mark ?? seen.keyProtection ?? seen.rule.protection ?? .none)
    }
  }

  /// ASCII in 16 bits without its zero bytes: whatever is told by more than that is not looked for.
  private static func narrow(_ memory: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in memory where byte != 0 {
      memory[count] = byte
      count += 1
    }
    return count
  }

  private func look(_ bytes: Bytes, _ seen: inout Seen, isFirst: Bool) {
    switch seen.rule.test {
    case .nonEmpty: seen.isFound = true
    case .folder, .setting, .word: break
    case .contains: seen.isFound = seen.isFound || seen.rule.texts.contains { bytes.contains($0) }
    case .urlPassword: seen.isFound = seen.isFound || AddressPassword.isIn(bytes)
    case .numberArray: seen.isFound = seen.isFound || isFirst && Self.isNumberArray(bytes)
    case .privateKey:
      seen.keyProtection = Protection.weaker(seen.keyProtection, PrivateKeyText.protection(in: bytes))
      seen.isFound = seen.keyProtection != nil
    }
    for (protection, texts) in seen.rule.marks where texts.contains(where: { bytes.contains($0) }) {
      seen.mark = Protection.weaker(seen.mark, protection)
    }
  }

  private mutating func readSettings(_ bytes: Bytes, takesSpace: Bool) {
    let test = takesSpace ? CredentialRule.Test.word : .setting
    let numbers = seen.indices.filter { index in
      let rule = seen[index].rule
      return !seen[index].isFound && (rule.test == test || (!takesSpace && !rule.stored.isEmpty))
    }
    guard !numbers.isEmpty else { return }
    var states = seen
    SettingScanner(takesSpace: takesSpace).forEach(bytes) { key, value in
      for number in numbers where !states[number].isFound {
        let rule = states[number].rule
        if rule.test == test, value == .text, Self.isNamed(key, rule.keys) { states[number].isFound = true }
        if !takesSpace, Self.isNamed(key, rule.stored) { states[number].isStored = true }
      }
    }
    seen = states
  }

  /// A key counts with what stands before its last full stop, and without.
  private static func isNamed(_ key: Bytes, _ patterns: [Wildcard]) -> Bool {
    guard !patterns.isEmpty else { return false }
    if patterns.contains(where: { $0.matches(key) }) { return true }
    guard let stop = key.lastIndex(of: UInt8(ascii: ".")) else { return false }
    let last = key[slice: (stop + 1)..<key.count]
    return patterns.contains { $0.matches(last) }
  }

  /// Solana's keys are the 64 bytes of a key pair, as numbers in a JSON array.
  /// - Source: https://docs.anza.xyz/cli/wallets/file-system (read 2026-11-25)
  private static func isNumberArray(_ bytes: Bytes) -> Bool {
    let text = bytes.drop { $0 <= 0x20 }
    guard text.first == UInt8(ascii: "[") else { return false }
    let isPlain = text.prefix(512).dropFirst().allSatisfy { byte in
      byte <= 0x20 || (0x30...0x39).contains(byte) || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
    }
    return isPlain && text.prefix(512).count(where: { $0 == UInt8(ascii: ",") }) >= 31
  }
}
