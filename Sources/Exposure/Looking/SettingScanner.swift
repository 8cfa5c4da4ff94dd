// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Finds the settings of a text: a key, a separator and a value, as INI files, JSON, YAML, TOML, properties, assignments of shells, PHP's
/// `define` and XML write them.
///
/// One tolerant reader for all of them, because what is asked is small: whether a key has a value. It never hands out the value.
struct SettingScanner {
  enum Value {
    /// A text that is no variable, no reference to a store and no placeholder.
    case text
    /// `{` or `[`: an object or a list that begins here.
    case container
  }

  /// Whether white space alone may stand between key and value, as in `.netrc`.
  let takesSpace: Bool

  /// Calls `body` with each key that has a value: without its quotes.
  /// - Complexity: O(bytes), plus what `body` costs.
  func forEach(_ bytes: Bytes, _ body: (Bytes, Value) -> Void) {
    var at = 0
    var isLineStart = true
    while at < bytes.count {
      let byte = bytes[at]
      if isLineStart, isComment(bytes, at) {
        at = bytes.firstOffset(of: UInt8(ascii: "\n"), from: at) ?? bytes.count
      } else if byte == UInt8(ascii: "<"), bytes[slice: at..<bytes.count].starts(with: "<!--") {
        at = Self.endOfComment(bytes, from: at + 4)
      } else if Self.isWord(byte) {
        let end = Self.endOfWord(bytes, from: at)
        // What follows a dollar sign is used, not set.
        let isUsed = at > 0 && (bytes[at - 1] == UInt8(ascii: "$") || bytes[at - 1] == UInt8(ascii: "%"))
        if !isUsed, let start = startOfValue(bytes, from: end), let value = value(bytes, at: start) {
          body(bytes[slice: at..<end], value)
        }
        at = end
        isLineStart = false
      } else {
        isLineStart = byte == UInt8(ascii: "\n") || (isLineStart && Self.isSpace(byte))
        at += 1
      }
    }
  }

  private func isComment(_ bytes: Bytes, _ at: Int) -> Bool {
    switch bytes[at] {
    case UInt8(ascii: "#"), UInt8(ascii: ";"): true
    // npm's keys begin with two slashes, and no space behind them.
    case UInt8(ascii: "/"): bytes[slice: at..<min(at + 3, bytes.count)].equals("// ")
    default: false
    }
  }

  /// Behind the `-->` of a comment in XML. The settings that Maven comes with hold examples in such comments.
  private static func endOfComment(_ bytes: Bytes, from start: Int) -> Int {
    var at = start
    while let sign = bytes.firstOffset(of: UInt8(ascii: ">"), from: at) {
      at = sign + 1
      if sign >= start + 2, bytes[sign - 1] == UInt8(ascii: "-"), bytes[sign - 2] == UInt8(ascii: "-") { return at }
    }
    return bytes.count
  }

  /// Where the value begins of a key that ends at `end`, its opening quote passed over; nil where no separator follows.
  private func startOfValue(_ bytes: Bytes, from end: Int) -> Int? {
    var at = end
    let isQuoted = at < bytes.count && Self.isQuote(bytes[at])
    if isQuoted { at += 1 }
    let beforeSpace = at
    at = Self.afterSpace(bytes, from: at)
    // <add key="ClearTextPassword" value="…" />
    if isQuoted, bytes[slice: at..<bytes.count].starts(with: "value") { at += 5 }
    at = Self.afterSpace(bytes, from: at)
    guard at < bytes.count else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ">"):
      at += 1
      // `:=`, `=>`, `?=` and `==`; a second colon is no separator.
      if at < bytes.count, bytes[at] == UInt8(ascii: "=") || bytes[at] == UInt8(ascii: ">") { at += 1 }
    case UInt8(ascii: ",") where isQuoted: at += 1
    default:
      guard takesSpace, at > beforeSpace else { return nil }
    }
    at = Self.afterSpace(bytes, from: at)
    if at < bytes.count, Self.isQuote(bytes[at]) { at += 1 }
    return at
  }

  /// What stands there; nil where it is nothing, or only stands for a value.
  private func value(_ bytes: Bytes, at start: Int) -> Value? {
    guard start < bytes.count else { return nil }
    let rest = bytes[slice: start..<min(start + 64, bytes.count)]
    switch rest[0] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      return rest.starts(with: "{{") ? nil : .container
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ","),
      UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: "#"), UInt8(ascii: "`"),
      UInt8(ascii: ")"), UInt8(ascii: "&"), UInt8(ascii: ";"):
      return nil
    case UInt8(ascii: "$") where rest.count > 1:
      // A variable; `$2b$` and `$apr1$` are hashed passwords, and `${` is used.
      return Self.isLetter(rest[1]) && !rest.starts(with: "$apr1$") || [0x7B, 0x28].contains(rest[1]) ? nil : .text
    case UInt8(ascii: "%") where rest.dropFirst(2).contains(UInt8(ascii: "%")): return nil
    default: return Self.isReference(rest) || Self.isPlainWord(rest) ? nil : .text
    }
  }

  /// Texts that say where a value is to be taken from, or that are encrypted.
  private static func isReference(_ text: Bytes) -> Bool {
    let starts: [StaticString] = [
      "process.env", "os.environ", "os.getenv", "getenv(", "env(", "ENV[", "ENV.", "env.", "env:", "op://", "vault:",
      "!vault", "!reference", "!ENV", "ENC[", "encrypted:", "var.", "local.", "data.", "module.", "secrets.",
      "keyring:", "file:", "secretref:", "ssm:", "arn:aws:secretsmanager", "bws://", "doppler://", "config(",
    ]
    return starts.contains { text.starts(with: $0) }
  }

  /// Words that settings with such keys have for values and that are no secrets: `id-token: write`.
  private static func isPlainWord(_ text: Bytes) -> Bool {
    let end = text.firstIndex { !isWord($0) } ?? text.count
    let words: [StaticString] = [
      "null", "nil", "none", "None", "true", "false", "yes", "no", "write", "read", "inherit", "required", "undefined",
      "string", "optional", "disabled", "enabled", "String", "str",
    ]
    return words.contains { text[slice: 0..<end].equals($0) }
  }

  private static func endOfWord(_ bytes: Bytes, from start: Int) -> Int {
    var end = start
    while end < bytes.count, isWord(bytes[end]) { end += 1 }
    return end
  }

  private static func afterSpace(_ bytes: Bytes, from start: Int) -> Int {
    var at = start
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
    return at
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }
}

/// A password in an address: `https://user:password@host`.
enum AddressPassword {
  /// - Complexity: O(bytes).
  static func isIn(_ bytes: Bytes) -> Bool {
    var at = 0
    while let colon = bytes.firstOffset(of: UInt8(ascii: ":"), from: at) {
      at = colon + 1
      guard bytes[slice: colon..<min(colon + 3, bytes.count)].equals("://") else { continue }
      at = colon + 3
      if isUserPart(bytes, at) { return true }
    }
    return false
  }

  /// Whether what follows is `user:password@`, or a token alone before the `@`.
  private static func isUserPart(_ bytes: Bytes, _ start: Int) -> Bool {
    let limit = min(start + 4096, bytes.count)
    var colon: Int?
    for at in start..<limit {
      switch bytes[at] {
      case UInt8(ascii: "@"):
        guard let colon else { return at - start >= 20 && !isVariable(bytes, start) }
        return at > colon + 1 && !isVariable(bytes, colon + 1)
      case UInt8(ascii: ":"): colon = colon ?? at
      case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "`"), UInt8(ascii: "?"):
        return false
      default: continue
      }
    }
    return false
  }

  private static func isVariable(_ bytes: Bytes, _ at: Int) -> Bool {
    [UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "*")].contains(bytes[at])
  }
}
