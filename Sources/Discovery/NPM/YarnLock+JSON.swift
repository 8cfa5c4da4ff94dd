// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

extension YarnLock {
  /// Reads the JSON of yarn 6: `entries` by the patterns that they answer, each with a `resolution` that holds what
  /// earlier yarns wrote beside it. The members of the workspace have a list of their own, with hashes only.
  struct JSON {
    private var reader: JSONReader
    private let limit: Int
    private let wantsGraph: Bool
    private var entries = LaterEntries()
    private var hasVersion = false
    private var hasWorkspaces = false

    init(_ file: SourceFile) {
      reader = JSONReader(file.text, depthLimit: file.limits.depth)
      limit = file.limits.entriesPerFile
      wantsGraph = file.wantsGraph
    }

    mutating func read(into extraction: inout Extraction) throws(ParseError) {
      defer { entries.finish(wantsGraph: wantsGraph, &extraction) }
      try reader.enterObject()
      while let key = try reader.nextKey() {
        if key.equals("__metadata") {
          try readMetadata(key, &extraction)
        } else if key.equals("entries") {
          guard try enter(key, &extraction) else { continue }
          while let key = try reader.nextKey() { try readEntry(key, &extraction) }
        } else if key.equals("workspaces") {
          hasWorkspaces = try enterAndLeave(key, &extraction)
        } else {
          // JSON is YAML, and earlier yarns have the entries here.
          try readEntry(key, &extraction)
        }
      }
      try reader.finish()
      let isEmpty = extraction.packages.isEmpty && extraction.problems.isEmpty
      extraction.isRightlyEmpty = isEmpty && hasVersion && (hasWorkspaces || entries.hasWorkspace)
      if !hasVersion, entries.hasEntries { extraction.note(.unknownFormatVersion) }
    }

    private mutating func readMetadata(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
      guard try enter(key, &extraction) else { return }
      while let field = try reader.nextKey() {
        guard field.equals("version") else {
          try reader.skip()
          continue
        }
        let version =
          try reader.peek() == .number ? try reader.integerValue().map(String.init) : try reader.stringValue()
        hasVersion = true
        entries.noteVersion(version ?? "", line: field.line, &extraction)
      }
    }

    private mutating func readEntry(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) {
      guard extraction.packages.count < limit else { throw ParseError(.tooMany, at: key.offset) }
      guard try enter(key, &extraction) else { return }
      var entry = LaterEntry(key: key.string, line: key.line)
      var failure: ParseError?
      do throws(ParseError) {
        try readFields(into: &entry, &extraction)
      } catch {
        failure = error
      }
      // An entry in which the grammar breaks is kept as far as it was read.
      if failure == nil || entry.resolution != nil { entries.add(entry, &extraction) }
      if let failure { throw failure }
    }

    /// The fields of the open object. In yarn 6 `resolution` is an object with fields of the same kind; there is no
    /// third level.
    private mutating func readFields(
      into entry: inout LaterEntry, isInner: Bool = false, _ extraction: inout Extraction
    )
      throws(ParseError)
    {
      while let field = try reader.nextKey() {
        if field.equals("resolution") {
          if !isInner, try reader.peek() == .object {
            try reader.enterObject()
            try readFields(into: &entry, isInner: true, &extraction)
          } else {
            entry.resolution = try reader.stringValue()
          }
        } else if field.equals("version") {
          entry.version = try reader.stringValue()
        } else if field.equals("dependencies") {
          try readRequests(field, into: &entry, &extraction)
        } else if field.equals("optionalDependencies") {
          try readOptionalNames(into: &entry)
        } else if field.equals("requirements") || field.equals("conditions") {
          entry.isForPlatform = true
          try reader.skip()
        } else {
          try reader.skip()
        }
      }
    }

    private mutating func readRequests(
      _ key: JSONString, into entry: inout LaterEntry, _ extraction: inout Extraction
    ) throws(ParseError) {
      guard try enter(key, &extraction) else { return }
      while let name = try reader.nextKey() {
        let line = name.line
        guard let range = try reader.stringValue() else {
          extraction.note(.entryNotUnderstood, [name.string], line: line)
          continue
        }
        entry.requests.append(LaterEntry.Request(name: name.string, range: range, line: line))
      }
    }

    private mutating func readOptionalNames(into entry: inout LaterEntry) throws(ParseError) {
      guard try reader.enterArrayOrSkip() else { return }
      while try reader.nextElement() {
        if let name = try reader.stringValue() { entry.optionalNames.insert(name) }
      }
    }

    // MARK: Values

    /// Opens the object that belongs to `key`. Anything else is passed over and noted.
    private mutating func enter(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) -> Bool {
      if try reader.enterObjectOrSkip() { return true }
      extraction.note(.entryNotUnderstood, [PackageSource.redacted(key.string)], line: key.line)
      return false
    }

    /// Passes over the object that belongs to `key`, and tells whether it is one and has a key.
    private mutating func enterAndLeave(_ key: JSONString, _ extraction: inout Extraction) throws(ParseError) -> Bool {
      guard try enter(key, &extraction) else { return false }
      var isEmpty = true
      while try reader.nextKey() != nil {
        isEmpty = false
        try reader.skip()
      }
      return !isEmpty
    }
  }
}
