// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

extension YarnLock {
  /// Reads the notation of yarn 1, line by line, so that one bad line costs one entry at most.
  ///
  /// Yarn 1 itself reads tokens, and lets several fields share a line; it never writes them so. Such a line is noted,
  /// and so is everything else that is not as yarn writes it. A field that comes twice counts as it last was, as for
  /// yarn.
  struct Classic {
    /// What an indented line of the second level belongs to.
    private enum Block {
      case none
      case requests(isOptional: Bool)
      case other
    }

    private struct Entry {
      let line: Int
      let key: Bytes
      let patterns: [ClassicToken]
      var name: ClassicToken?
      var version: ClassicToken?
      var resolved: ClassicToken?
    }

    private static let highestVersion = 1
    /// A file that is no lockfile at all has as many bad lines as lines; so many of them are told.
    private static let notesLimit = 100

    private let text: Bytes
    private let limit: Int
    private let wantsGraph: Bool
    private var line = 0
    private var entry: Entry?
    private var block = Block.none
    /// Whether the block that is open has no line yet.
    private var blockIsEmpty = false
    private var dependencies = YarnDependencies()
    private var hasHeader = false
    private var isOfUnknownVersion = false
    private var hasEntries = false
    private var notes = 0
    /// Whether the last line has been read.
    private var isAtEnd = false

    init(_ file: SourceFile) {
      text = file.text
      limit = file.limits.entriesPerFile
      wantsGraph = file.wantsGraph
    }

    mutating func read(into extraction: inout Extraction) {
      extraction.reserve(min(text.count / 300, limit))
      var start = 0
      while start < text.count {
        let end = text.firstOffset(of: UInt8(ascii: "\n"), from: start) ?? text.count
        line += 1
        let hasReturn = end > start && text[end - 1] == UInt8(ascii: "\r")
        readLine(text[slice: start..<(hasReturn ? end - 1 : end)], isCutOff: end == text.count, &extraction)
        start = end + 1
        guard extraction.packages.count < limit || start >= text.count else {
          extraction.note(.tooMany, ["\(limit)"], line: line)
          return finish(&extraction)
        }
      }
      noteEnd(&extraction)
      finish(&extraction)
    }

    // MARK: Lines

    private mutating func readLine(_ content: Bytes, isCutOff: Bool, _ extraction: inout Extraction) {
      let indentation = content.firstIndex { $0 != UInt8(ascii: " ") } ?? content.count
      guard indentation < content.count else {
        if content.isEmpty { endEntry(&extraction) } else if isCutOff { note(.truncated, content, &extraction) }
        return
      }
      if content[indentation] == UInt8(ascii: "#") {
        // Yarn writes comments before the entries only.
        if isCutOff, hasEntries { note(.truncated, content, &extraction) }
        return readComment(content, &extraction)
      }
      var tokens = ClassicTokens(content, from: indentation)
      let isUnderstood: Bool
      switch indentation {
      case 0:
        endEntry(&extraction)
        isUnderstood = beginEntry(content, &tokens)
      case 2: isUnderstood = entry != nil && readField(&tokens, isCutOff: isCutOff)
      case 4: isUnderstood = entry != nil && readRequest(&tokens, isCutOff: isCutOff)
      default: isUnderstood = false
      }
      if !isUnderstood { note(isCutOff ? .truncated : .entryNotUnderstood, content, &extraction) }
    }

    private mutating func readComment(_ content: Bytes, _ extraction: inout Extraction) {
      guard content.starts(with: "# yarn lockfile v") else { return }
      hasHeader = true
      let version = content[slice: 17..<content.count].string
      guard Int(version).map({ $0 > Self.highestVersion }) ?? true else { return }
      isOfUnknownVersion = true
      extraction.note(.unknownFormatVersion, [version], line: line)
    }

    /// `a@^1.0.0, "b@npm:a@^1.0.0":`
    private mutating func beginEntry(_ content: Bytes, _ tokens: inout ClassicTokens) -> Bool {
      var patterns: [ClassicToken] = []
      repeat {
        guard let pattern = tokens.key(), !pattern.raw.isEmpty else { return false }
        patterns.append(pattern)
      } while tokens.skip(UInt8(ascii: ","))
      guard tokens.skip(UInt8(ascii: ":")), tokens.isAtEnd else { return false }
      entry = Entry(line: line, key: content, patterns: patterns)
      hasEntries = true
      block = .none
      return true
    }

    private mutating func readField(_ tokens: inout ClassicTokens, isCutOff: Bool) -> Bool {
      guard let key = tokens.key() else { return false }
      let hasColon = tokens.skip(UInt8(ascii: ":"))
      if hasColon, tokens.isAtEnd {
        openBlock(key)
        return true
      }
      block = .none
      guard let value = tokens.value(), tokens.isAtEnd else { return false }
      if key.equals("version"), !value.raw.isEmpty { entry?.version = value }
      if key.equals("resolved") { entry?.resolved = value }
      if key.equals("name") { entry?.name = value }
      // What has no closing quote may have lost its end.
      return !isCutOff || value.isQuoted || (key.equals("integrity") && Self.isWholeDigest(value.raw))
    }

    /// Whether `text` is a digest of full length, as the last line of a file whose last line break somebody took away.
    private static func isWholeDigest(_ text: Bytes) -> Bool {
      // Twenty or sixty-four bytes in base 64.
      (text.starts(with: "sha1-") && text.count == 33) || (text.starts(with: "sha512-") && text.count == 95)
    }

    private mutating func openBlock(_ key: ClassicToken) {
      blockIsEmpty = true
      if key.equals("dependencies") {
        block = .requests(isOptional: false)
      } else if key.equals("optionalDependencies") {
        block = .requests(isOptional: true)
      } else {
        block = .other
      }
    }

    private mutating func readRequest(_ tokens: inout ClassicTokens, isCutOff: Bool) -> Bool {
      blockIsEmpty = false
      guard let name = tokens.key() else { return false }
      _ = tokens.skip(UInt8(ascii: ":"))
      guard let range = tokens.value(), tokens.isAtEnd, !isCutOff || range.isQuoted else { return false }
      switch block {
      case .none: return false
      case .other: return true
      case .requests(let isOptional):
        name.withBytes { name in
          range.withBytes { dependencies.request(name, $0, line: line, isOptional: isOptional) }
        }
        return true
      }
    }

    // MARK: Entries

    private mutating func endEntry(_ extraction: inout Extraction) {
      guard let entry else { return }
      self.entry = nil
      block = .none
      let first = extraction.packages.count
      let folder = add(entry, &extraction)
      for pattern in entry.patterns {
        pattern.withBytes { dependencies.answer(YarnPattern($0, isClassic: true)) }
      }
      dependencies.endEntry(packages: first..<extraction.packages.count, folder: folder)
    }

    /// - Returns: The folder that the entry stands for, where it is no package.
    private mutating func add(_ entry: Entry, _ extraction: inout Extraction) -> String? {
      let summary = Summary(entry.patterns)
      if let folder = summary.folder, entry.resolved == nil { return folder }
      let names = self.names(of: entry, summary)
      if names.isEmpty || entry.version == nil {
        let isCutOff = entry.version == nil && isAtEnd
        note(isCutOff ? .truncated : .entryNotUnderstood, entry.key, line: entry.line, &extraction)
      }
      let named = package(named: names.first ?? "", entry, summary)
      for (index, name) in names.enumerated() {
        var package = named
        package.name = name
        if index > 0 { package.confidence = .partial }
        extraction.add(package)
      }
      addContent(of: entry, named, names, &extraction)
      return nil
    }

    /// The first is what is installed as far as the patterns tell; the others are what else the entry says it is.
    private func names(of entry: Entry, _ summary: Summary) -> [String] {
      guard let name = entry.name?.string else { return summary.names }
      // For a package from an address this is its real name; else it is one of the names under which the entry is
      // installed.
      if summary.isForeign { return [name] }
      return summary.names.contains(name) || summary.installedNames.contains(name)
        ? summary.names : summary.names + [name]
    }

    private func package(named name: String, _ entry: Entry, _ summary: Summary) -> ExtractedPackage {
      let version = entry.version.flatMap { YarnLock.version($0.string) }
      var package = ExtractedPackage(name: name, version: version, kind: .locked, line: entry.line)
      if version == nil || isOfUnknownVersion { package.confidence = .partial }
      let isOfRegistry = entry.resolved?.withBytes { RegistryTarball($0) != nil } ?? !summary.isForeign
      if !isOfRegistry || summary.isForeign, let address = entry.resolved?.string ?? summary.address {
        package.source = PackageSource.redacted(address)
      }
      return package
    }

    /// Adds what the address gives, where the entry does not say so.
    private func addContent(
      of entry: Entry, _ named: ExtractedPackage, _ names: [String], _ extraction: inout Extraction
    ) {
      guard let other = entry.resolved?.withBytes({ YarnLock.content(of: $0, besides: named) }) ?? nil,
        other.version != named.version || !names.contains(other.name)
      else { return }
      extraction.add(other)
    }

    // MARK: The end

    /// Notes what tells that the text was cut off at the end of a line.
    private mutating func noteEnd(_ extraction: inout Extraction) {
      isAtEnd = true
      if entry?.version != nil, blockIsEmpty, case .requests = block {
        extraction.note(.truncated, [Self.shown(entry?.key ?? text)], line: line)
      }
      endEntry(&extraction)
      if let line = dependencies.firstMissing, extraction.problems.isEmpty { extraction.note(.truncated, line: line) }
      let isEmpty = hasHeader && !hasEntries && text.last == UInt8(ascii: "\n")
      let hasOnlyFolders = hasEntries && extraction.packages.isEmpty
      extraction.isRightlyEmpty = extraction.problems.isEmpty && (isEmpty || hasOnlyFolders)
    }

    private mutating func finish(_ extraction: inout Extraction) {
      endEntry(&extraction)
      dependencies.markOptional(in: &extraction)
      if wantsGraph { dependencies.fill(&extraction.graph) }
    }

    private mutating func note(
      _ reason: Coverage.Reason, _ content: Bytes, line: Int? = nil, _ extraction: inout Extraction
    ) {
      notes += 1
      guard notes <= Self.notesLimit else { return }
      extraction.note(reason, [Self.shown(content)], line: line ?? self.line)
    }

    /// The start of a line as it may be shown.
    private static func shown(_ content: Bytes) -> String {
      PackageSource.redacted(content[slice: 0..<min(content.count, 200)].string)
    }
  }
}
