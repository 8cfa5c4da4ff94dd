// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Versions

/// Sets versions in a `Gemfile`, where one is pinned, and replaces entries of a `Gemfile.lock`.
///
/// - Source: https://bundler.io/man/gemfile.5.html and https://github.com/rubygems/rubygems, `bundler/lib/bundler/lockfile_parser.rb`
///   (read 2026-11-25)
enum GemfileEdit {
  /// `gem "name", "1.2.3"`, with what else stands on the line.
  static func edits(_ bytes: [UInt8], _ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    try FileText.lines(bytes).compactMap { line in
      let text = line.text.trimmedBlanks
      guard text.hasPrefix("gem ") || text.hasPrefix("gem(") else { return nil }
      let strings = strings(text)
      guard strings.count >= 2, let pin = pins.first(where: { strings[0] == $0.name }) else { return nil }
      // The second text is the version only where nothing but a comma stands between the two.
      let between = text[strings[0].endIndex..<strings[1].startIndex].utf8.filter {
        ![0x20, 0x09, 0x22, 0x27].contains($0)
      }
      guard between == [UInt8(ascii: ",")] else { return nil }
      let version = Substring(strings[1].utf8.drop { $0 == UInt8(ascii: "=") || $0 == 0x20 })
      guard pin.bad.contains(String(version)) else { return nil }
      return ByteEdit(line.range(version), pin.safe)
    }
  }

  /// What stands between quotes, up to a comment.
  private static func strings(_ text: Substring) -> [Substring] {
    var found: [Substring] = []
    var index = text.utf8.startIndex
    while index < text.utf8.endIndex {
      let byte = text.utf8[index]
      if byte == UInt8(ascii: "#") { break }
      index = text.utf8.index(after: index)
      guard byte == 0x22 || byte == 0x27 else { continue }
      guard let end = text.utf8[index...].firstIndex(of: byte) else { break }
      found.append(text[index..<end])
      index = text.utf8.index(after: end)
    }
    return found
  }

  // MARK: The lockfile

  private struct Spec {
    var line: TextLine
    var name: Substring
    var version: Substring
    var asks: [TextLine] = []
  }

  /// The entries below `GEM` and `specs:`: names at four blanks, what they ask for at six.
  private static func specs(_ lines: [TextLine]) -> [Spec] {
    var specs: [Spec] = []
    var section = ""
    for line in lines {
      if line.indent == 0 { section = line.text }
      guard section == "GEM", line.indent == 4 || line.indent == 6 else { continue }
      if line.indent == 4, let (name, version) = entry(line.text) {
        specs.append(Spec(line: line, name: name, version: version))
      } else if !specs.isEmpty {
        specs[specs.count - 1].asks.append(line)
      }
    }
    return specs
  }

  /// `name (1.2.3)`
  private static func entry(_ text: String) -> (name: Substring, version: Substring)? {
    let text = text.trimmedBlanks
    guard let open = text.utf8.firstIndex(of: UInt8(ascii: "(")), text.utf8.last == UInt8(ascii: ")") else {
      return nil
    }
    return (text[..<open].trimmedBlanks, text[text.utf8.index(after: open)...].dropLast())
  }

  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let lines = try? FileText.lines(bytes) else { return }
    for spec in specs(lines) {
      for pin in pins where spec.name == pin.name && spec.version == pin.safe {
        let asks = spec.asks.map { line in
          let (name, version) = entry(line.text) ?? (line.text.trimmedBlanks, "")
          return KnownEntries.Dependency(name: String(name), specifier: String(version))
        }
        let digest = lines.first { $0.text.hasPrefix("  \(pin.name) (\(pin.safe)) sha256=") }?.text ?? ""
        known.add(
          KnownEntries.Entry(
            text: Array(spec.asks.map(\.text).joined(separator: "\n").utf8), dependencies: asks,
            companion: Array(digest.utf8)),
          .gemfile, pin.name, pin.safe)
      }
    }
  }

  static func lockEdits(_ bytes: [UInt8], _ pins: [Pin], known: KnownEntries) throws(EditDoubt) -> [ByteEdit] {
    let lines = try FileText.lines(bytes)
    let specs = specs(lines)
    var edits: [ByteEdit] = []
    for pin in pins {
      let own = specs.filter { $0.name == pin.name }
      guard let bad = own.first(where: { pin.bad.contains(String($0.version)) }) else { continue }
      // One entry a platform.
      guard own.count == 1 else {
        throw EditDoubt(.severalVersions, [pin.name, own.map { String($0.version) }.joined(separator: " ")])
      }
      try checkAskers(specs, lines, pin)
      let entry = try choose(known, pin, specs)
      edits.append(ByteEdit(bad.line.range(bad.version), pin.safe))
      edits += try replacement(bad, entry, bytes, specs)
      edits += try repeated(lines, pin, entry)
    }
    return edits
  }

  private static func choose(_ known: KnownEntries, _ pin: Pin, _ specs: [Spec]) throws(EditDoubt) -> KnownEntries.Entry
  {
    let entries = known.all(.gemfile, pin)
    guard !entries.isEmpty else { throw EditDoubt(.entryNotKnown, [pin.title]) }
    var missing: KnownEntries.Dependency?
    for entry in entries {
      missing = entry.dependencies.first { ask in
        !specs.contains { $0.name == ask.name && takes(ask.specifier, $0.version) }
      }
      if missing == nil { return entry }
    }
    throw EditDoubt(.dependencyMissing, [pin.title] + (missing.map { ["\($0.name) (\($0.specifier))"] } ?? []))
  }

  private static func takes(_ requirement: String, _ version: Substring) -> Bool {
    requirement.isEmpty || RubyGems.range(requirement)?.contains(String(version)) == true
  }

  private static func checkAskers(_ specs: [Spec], _ lines: [TextLine], _ pin: Pin) throws(EditDoubt) {
    for spec in specs {
      for line in spec.asks {
        guard let (name, requirement) = entry(line.text), name == pin.name else { continue }
        guard takes(String(requirement), pin.safe[...]) else {
          throw EditDoubt(.notTaken, [pin.title, String(spec.name), String(requirement)])
        }
      }
    }
  }

  /// What the entry asks for.
  private static func replacement(
    _ bad: Spec, _ entry: KnownEntries.Entry, _ bytes: [UInt8], _ specs: [Spec]
  ) throws(EditDoubt) -> [ByteEdit] {
    let newline = FileText.newline(bytes)
    let text = String(decoding: entry.text, as: UTF8.self)
    guard bad.asks.map(\.text).joined(separator: "\n") != text else { return [] }
    // What only the bad version asked for would be an entry that nobody asks for.
    let asked = Set(entry.dependencies.map(\.name))
    let others = Set(
      specs.filter { $0.name != bad.name }.flatMap {
        $0.asks.map { String((Self.entry($0.text)?.name ?? $0.text.trimmedBlanks)) }
      })
    if let left = bad.asks.map({ String(Self.entry($0.text)?.name ?? $0.text.trimmedBlanks) }).first(where: {
      !asked.contains($0) && !others.contains($0)
    }) {
      throw EditDoubt(.notTaken, [String(bad.name), left, ""])
    }
    let range = bad.line.end..<(bad.asks.last?.end ?? bad.line.end)
    return [ByteEdit(range, text.isEmpty ? "" : text.replacing("\n", with: newline) + newline)]
  }

  /// What is repeated below: the project's own requirement, and the digest.
  private static func repeated(
    _ lines: [TextLine], _ pin: Pin, _ entry: KnownEntries.Entry
  ) throws(EditDoubt) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var section = ""
    for line in lines {
      if line.indent == 0, !line.isBlank { section = line.text }
      guard line.indent == 2 else { continue }
      if section == "DEPENDENCIES", let (name, requirement) = Self.entry(line.text), name == pin.name {
        if pin.bad.contains(where: { requirement == "= " + $0 }) {
          edits.append(ByteEdit(line.range(requirement.dropFirst(2)), pin.safe))
        } else if !takes(String(requirement), pin.safe[...]) {
          throw EditDoubt(.notTaken, [pin.title, "DEPENDENCIES", String(requirement)])
        }
      }
      guard section == "CHECKSUMS", pin.bad.contains(where: { line.text.hasPrefix("  \(pin.name) (\($0))") }) else {
        continue
      }
      guard !entry.companion.isEmpty else { throw EditDoubt(.digestsNotKnown, [pin.title]) }
      edits.append(ByteEdit(line.start..<line.start + line.text.utf8.count, entry.companion))
    }
    return edits
  }
}
