// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// One component of the paths in a cache.
///
/// In a pattern `*` is anything, `v*` what begins so, `*.jar` what ends so, `?.zip` the same where no version is told. `{v}` is a version,
/// of which the rest of the component is cut off: `-#` is a hyphen and at least eight hexadecimal digits, `-+` a hyphen and letters, digits,
/// points or underscores, `~-` and `~@@` say that it ends before that text where it has it. `{file}` is the name of a wheel or of a source
/// archive. The name is written as it is (`{name}`), with hyphens for slashes (`{-name}`), small (`{.name}`), with capital letters as Go's
/// cache writes them (`{!name}`), as Maven's folders (`{/name}`) or as Gradle's (`{:name}`).
enum CacheComponent {
  case literal([UInt8])
  case any(prefix: [UInt8], suffix: [UInt8])
  case version(prefix: [UInt8], ending: [UInt8])
  case pythonFile

  struct Match {
    var name: String?
    var version: String?
  }

  static func components(of pattern: String) -> ArraySlice<CacheComponent> {
    pattern.split(separator: "/").map { CacheComponent(String($0)) }[...]
  }

  private init(_ text: String) {
    let bytes = Array(text.utf8)
    if text == "{file}" {
      self = .pythonFile
    } else if let range = text.firstRange(of: "{v}") {
      self = .version(prefix: Array(text[..<range.lowerBound].utf8), ending: Array(text[range.upperBound...].utf8))
    } else if let star = bytes.firstIndex(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
      self = .any(prefix: Array(bytes[..<star]), suffix: Array(bytes[(star + 1)...]))
    } else {
      self = .literal(bytes)
    }
  }

  /// The pattern with the name in it, in each way that the ecosystem may write it.
  static func patterns(_ pattern: String, name: String, _ ecosystem: Ecosystem) -> [String] {
    var names = [name]
    let other = ecosystem.matchingName(name)
    // A crate's own spelling is not known, and the folders of uv and NuGet have the matching one.
    if other != name, ecosystem.base != "Go" { names.append(other) }
    if ecosystem.base == "crates.io" {
      names.append(String(decoding: other.utf8.map { $0 == 0x2D ? 0x5F : $0 }, as: UTF8.self))
    }
    var patterns: [String] = []
    for name in names
    where !name.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "{") })
    {
      let written = substituting(name, in: pattern)
      if !patterns.contains(written) { patterns.append(written) }
    }
    return patterns
  }

  private static func substituting(_ name: String, in pattern: String) -> String {
    guard let open = pattern.firstRange(of: "name}"), let brace = pattern[..<open.lowerBound].lastIndex(of: "{") else {
      return pattern
    }
    let kind = pattern[pattern.index(after: brace)..<open.lowerBound]
    return pattern[..<brace] + spelled(name, kind) + pattern[open.upperBound...]
  }

  private static func spelled(_ name: String, _ kind: Substring) -> String {
    func replacing(_ from: Character, _ to: Character, in text: some StringProtocol) -> String {
      text.split(separator: from, omittingEmptySubsequences: false).joined(separator: String(to))
    }
    switch kind {
    case "-": return replacing("/", "-", in: name)
    case ".": return name.lowercased()
    case "!":
      let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
      let bytes = name.utf8.flatMap { capitals.contains($0) ? [UInt8(ascii: "!"), $0 | 0x20] : [$0] }
      return String(decoding: bytes, as: UTF8.self)
    case "/":
      let parts = name.split(separator: ":", maxSplits: 1)
      return parts.count == 2 ? replacing(".", "/", in: parts[0]) + "/" + parts[1] : name
    case ":": return replacing(":", "/", in: name)
    default: return name
    }
  }

  // MARK: Matching

  /// What an entry's name says; nil where it is another's.
  func match(_ entry: [UInt8], _ ecosystem: Ecosystem) -> Match? {
    switch self {
    case .literal(let name): return entry == name ? Match() : nil
    case .any(let prefix, let suffix):
      let isMatch =
        entry.count >= prefix.count + suffix.count && entry.starts(with: prefix) && Self.ends(entry[...], with: suffix)
      return isMatch ? Match() : nil
    case .version(let prefix, let ending):
      guard entry.starts(with: prefix), let version = Self.version(entry.dropFirst(prefix.count), ending[...]) else {
        return nil
      }
      return Match(version: Self.spelled(version, ecosystem))
    case .pythonFile:
      return PythonArchive.package(of: entry).map { Match(name: $0.name, version: $0.version) }
    }
  }

  /// Go writes versions with a `v` that records leave out, and capital letters as in names.
  private static func spelled(_ version: ArraySlice<UInt8>, _ ecosystem: Ecosystem) -> String {
    var text = String(decoding: version, as: UTF8.self)
    guard ecosystem.base == "Go" else { return text }
    if text.utf8.first == UInt8(ascii: "v") { text.removeFirst() }
    return text
  }

  private static func version(_ text: ArraySlice<UInt8>, _ ending: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var text = text
    if ending.first == UInt8(ascii: "~") {
      let stop = ending.dropFirst().prefix { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "@") }
      let rest = ending.dropFirst(1 + stop.count)
      guard ends(text, with: rest) else { return nil }
      text = text.dropLast(rest.count)
      if let range = text.firstRange(of: stop) { text = text[..<range.lowerBound] }
    } else {
      guard let cut = cutting(ending, off: text) else { return nil }
      text = cut
    }
    guard let first = text.first, isDigit(first) || (first == UInt8(ascii: "v") && text.count > 1) else { return nil }
    return text
  }

  /// From the end: the signs of a version's ending, each taken off.
  private static func cutting(_ ending: ArraySlice<UInt8>, off text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var (ending, text) = (ending, text)
    while let sign = ending.popLast() {
      switch sign {
      case UInt8(ascii: "#"):
        let digits = text.reversed().prefix(while: isHexadecimal).count
        guard digits >= 8 else { return nil }
        text = text.dropLast(digits)
      case UInt8(ascii: "+"):
        let letters = text.reversed().prefix {
          isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
        }.count
        guard letters > 0 else { return nil }
        text = text.dropLast(letters)
      default: guard text.popLast() == sign else { return nil }
      }
    }
    return text
  }

  private static func ends(_ text: ArraySlice<UInt8>, with ending: some BidirectionalCollection<UInt8>) -> Bool {
    text.count >= ending.count && text.suffix(ending.count).elementsEqual(ending)
  }
}
