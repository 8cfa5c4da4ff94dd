// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

extension YarnLock {
  /// Reads the YAML of yarn 2 to 5.
  struct Berry {
    private let yaml: YAMLReader
    private let limit: Int
    private let wantsGraph: Bool
    private var entries = LaterEntries()
    private var hasMetadata = false
    /// Whether an entry has a checksum as yarn itself writes it.
    private var hasChecksum = false
    private var last: LaterEntry?

    init(_ file: SourceFile) {
      yaml = YAMLReader(file.text, depthLimit: file.limits.depth)
      limit = file.limits.entriesPerFile
      wantsGraph = file.wantsGraph
    }

    mutating func read(into extraction: inout Extraction) throws(ParseError) {
      defer { entries.finish(wantsGraph: wantsGraph, &extraction) }
      var isFirst = true
      while try yaml.nextDocument() {
        if !isFirst { extraction.note(.entryNotUnderstood, ["---"], line: yaml.line) }
        isFirst = false
        guard try yaml.enterMappingOrSkip() else { continue }
        guard try readEntries(&extraction) else { return }
      }
      noteEnd(&extraction)
    }

    /// - Returns: Whether there were not too many.
    private mutating func readEntries(_ extraction: inout Extraction) throws(ParseError) -> Bool {
      while let key = try yaml.nextKey() {
        if key.text == "__metadata" {
          try readMetadata(key, &extraction)
          continue
        }
        guard extraction.packages.count < limit else {
          extraction.note(.tooMany, ["\(limit)"], line: key.line)
          return false
        }
        guard try yaml.enterMappingOrSkip() else {
          extraction.note(.entryNotUnderstood, [PackageSource.redacted(key.text)], line: key.line)
          continue
        }
        try readEntry(key, &extraction)
      }
      return true
    }

    private mutating func readMetadata(_ key: YAMLReader.Scalar, _ extraction: inout Extraction) throws(ParseError) {
      guard try yaml.enterMappingOrSkip() else {
        return extraction.note(.entryNotUnderstood, [key.text], line: key.line)
      }
      var version: YAMLReader.Scalar?
      while let field = try yaml.nextKey() {
        if field.text == "version" { version = try yaml.scalarOrSkip() } else { try yaml.skip() }
      }
      hasMetadata = true
      entries.noteVersion(version?.text ?? "", line: version?.line ?? key.line, &extraction)
    }

    private mutating func readEntry(_ key: YAMLReader.Scalar, _ extraction: inout Extraction) throws(ParseError) {
      var entry = LaterEntry(key: key.text, line: key.line)
      var failure: ParseError?
      do throws(ParseError) {
        while let field = try yaml.nextKey() { try readField(field, into: &entry, &extraction) }
      } catch {
        failure = error
      }
      // An entry in which the grammar breaks is kept as far as it was read.
      if failure == nil || entry.resolution != nil { entries.add(entry, &extraction) }
      if let failure { throw failure }
      last = entry
    }

    private mutating func readField(
      _ field: YAMLReader.Scalar, into entry: inout LaterEntry, _ extraction: inout Extraction
    ) throws(ParseError) {
      switch field.text {
      case "version": entry.version = try yaml.scalarOrSkip()?.text
      case "resolution": entry.resolution = try yaml.scalarOrSkip()?.text
      case "linkType": entry.linkType = try yaml.scalarOrSkip()?.text
      case "checksum":
        let checksum = try yaml.scalarOrSkip()?.text.utf8 ?? "".utf8
        if checksum.suffix(Self.digits).count(where: Self.isHexadecimal) == Self.digits { hasChecksum = true }
      case "conditions":
        entry.isForPlatform = true
        try yaml.skip()
      case "dependencies": try readRequests(field, into: &entry, &extraction)
      case "dependenciesMeta": try readMeta(into: &entry)
      default: try yaml.skip()
      }
    }

    private func readRequests(
      _ field: YAMLReader.Scalar, into entry: inout LaterEntry, _ extraction: inout Extraction
    ) throws(ParseError) {
      guard try yaml.enterMappingOrSkip() else {
        return extraction.note(.entryNotUnderstood, [entry.key], line: field.line)
      }
      while let name = try yaml.nextKey() {
        guard let range = try yaml.scalarOrSkip() else {
          extraction.note(.entryNotUnderstood, [name.text], line: name.line)
          continue
        }
        entry.requests.append(LaterEntry.Request(name: name.text, range: range.text, line: name.line))
      }
    }

    /// Which dependencies are optional.
    private func readMeta(into entry: inout LaterEntry) throws(ParseError) {
      guard try yaml.enterMappingOrSkip() else { return }
      while let name = try yaml.nextKey() {
        guard try yaml.enterMappingOrSkip() else { continue }
        while let field = try yaml.nextKey() {
          let isTrue = try yaml.scalarOrSkip()?.text == "true"
          if field.text == "optional", isTrue { entry.optionalNames.insert(name.text) }
        }
      }
    }

    /// Of a checksum of SHA-512.
    private static let digits = 128

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// Notes what tells that the text was cut off at the end of a line.
    private func noteEnd(_ extraction: inout Extraction) {
      if !hasMetadata, entries.hasEntries { extraction.note(.unknownFormatVersion) }
      let isWhole = last.map { $0.linkType == "hard" || $0.linkType == "soft" } ?? true
      if !isWhole, let last {
        extraction.note(.truncated, [PackageSource.redacted(last.key)], line: last.line)
      } else if let line = entries.dependencies.firstMissing {
        extraction.note(.truncated, line: line)
      } else if hasChecksum, !entries.hasWorkspace {
        // Yarn always has an entry for the project. Lockfiles made by hand, which have no checksums of full length, may
        // not.
        extraction.note(.truncated)
      }
      extraction.isRightlyEmpty =
        hasMetadata && entries.hasWorkspace && extraction.packages.isEmpty && extraction.problems.isEmpty
    }
  }
}
