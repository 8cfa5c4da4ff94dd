// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// What all readers of traces share: what is wanted, where may be read, and what was found so far.
final class TraceReader {
  let wanted: WantedPackages
  let limits: TraceLimits
  let now: Int64
  private let roots: TraceRoots
  private let home: String
  private let environment: [String: String]
  private let found: [FoundCache]
  private let buffer = ReadBuffer()
  private var opened: Set<Opened> = []
  /// What a limit was told of.
  private var cutOff: Set<String> = []
  /// Lines passed over in the place that is being read.
  private var passedOver = 0
  private var merged: [Merged: Int] = [:]
  var traces = Traces()

  private struct Opened: Hashable {
    let kind: TracePlace
    let path: String
  }

  private struct Merged: Hashable {
    let package: Package
    let place: String
    let degree: PastSighting.Degree
  }

  init(
    _ wanted: WantedPackages, _ roots: TraceRoots, home: String, environment: [String: String] = [:],
    found: [FoundCache] = [], limits: TraceLimits = TraceLimits(), now: Int64
  ) {
    self.wanted = wanted
    self.roots = roots
    self.home = home
    self.environment = environment
    self.found = found
    self.limits = limits
    self.now = now
  }

  // MARK: Places

  /// The absolute path that a variable holds; nil where it is not set, or relative.
  func variable(_ name: String) -> String? {
    guard let value = environment[name], value.utf8.first == UInt8(ascii: "/") else { return nil }
    var parts: [Substring] = []
    for part in value.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// The path that a short form stands for: `~/x` in the home, `^/x` where caches lie, `&/x` where programs keep their files,
  /// `$NAME/x` below what a variable names, `#/x` at the root of everything, for the user `root` alone.
  /// - Source: https://specifications.freedesktop.org/basedir-spec/latest/ (read 2026-11-25)
  func path(_ short: some StringProtocol) -> String? {
    let parts = short.split(separator: "/", maxSplits: 1)
    guard let first = parts.first else { return nil }
    let base: String? =
      switch first {
      case "~": home
      case "^": variable("XDG_CACHE_HOME") ?? home + "/.cache"
      case "&": variable("XDG_DATA_HOME") ?? home + "/.local/share"
      case "#": home == "/root" ? "" : nil
      default: variable(String(first.dropFirst()))
      }
    guard let base else { return nil }
    return parts.count == 2 ? (base == "/" ? "/" : base + "/") + parts[1] : base
  }

  /// Where a cache of this kind may lie: what the short forms stand for, and what was found elsewhere.
  func paths(_ kind: TracePlace, _ shorts: [some StringProtocol]) -> [String] {
    shorts.compactMap { path($0) } + found.filter { $0.kind == kind }.map(\.path)
  }

  /// Opens the folder at an absolute path, once for each kind; what became of it otherwise is told.
  func open(_ kind: TracePlace, _ path: String) -> TraceFolder? {
    place(kind, path) { (base, rest) throws(SystemError) in
      TraceFolder(path: path, descriptor: try SafeOpening.folder(rest, below: base))
    }
  }

  /// The same of a file.
  func openFile(_ kind: TracePlace, _ path: String) -> Descriptor? {
    final class Box {
      var descriptor: Descriptor?
      init(_ descriptor: consuming Descriptor) { self.descriptor = consume descriptor }
    }
    let box = place(kind, path) { (base, rest) throws(SystemError) in
      Box(try SafeOpening.file(rest, below: base))
    }
    return box?.descriptor.take()
  }

  /// Opens the folder of a container program, which is no place that readings are told of.
  func openStorage(_ path: String) -> TraceFolder? {
    guard let (root, rest) = roots.root(of: path) else { return nil }
    do throws(SystemError) {
      let name = TraceFolder.terminated(Array(rest.utf8))
      return TraceFolder(path: path, descriptor: try SafeOpening.folder(name, below: root.descriptor))
    } catch {
      tell(error, path)
      return nil
    }
  }

  private func place<Result>(
    _ kind: TracePlace, _ path: String, _ open: (Int32, [CChar]) throws(SystemError) -> Result
  ) -> Result? {
    guard opened.insert(Opened(kind: kind, path: path)).inserted else { return nil }
    guard let (root, rest) = roots.root(of: path) else { return became(.outside, kind, path) }
    let name = TraceFolder.terminated(Array(rest.utf8))
    do throws(SystemError) {
      return try open(root.descriptor, name)
    } catch {
      guard error.isLink else { return became(error.isAbsence ? .absent : .unread, kind, path, error) }
    }
    return linked(kind, path, name, root.descriptor, open)
  }

  /// Follows a link once: to where it leads without another one, if that is below a root.
  private func linked<Result>(
    _ kind: TracePlace, _ path: String, _ name: [CChar], _ base: Int32,
    _ open: (Int32, [CChar]) throws(SystemError) -> Result
  ) -> Result? {
    do throws(SystemError) {
      let target = try SafeOpening.anything(name, at: base).whileOpen { SafeOpening.path(of: $0) }
      let shown = String(decoding: target ?? [], as: UTF8.self)
      // So that no history is kept.
      if shown == "/dev/null" { return became(.absent, kind, path) }
      guard let (root, rest) = roots.root(of: shown) else {
        tell(.linkLeadsOut, path, [shown])
        return became(.unread, kind, path)
      }
      return try open(root.descriptor, TraceFolder.terminated(Array(rest.utf8)))
    } catch {
      return became(error.isAbsence ? .absent : .unread, kind, path, error)
    }
  }

  private func became<Result>(
    _ state: Traces.Reading.State, _ kind: TracePlace, _ path: String, _ error: SystemError? = nil
  ) -> Result? {
    if state == .unread, let error { tell(error, path) }
    traces.readings.append(Traces.Reading(kind, path: path, state))
    return nil
  }

  // MARK: Telling

  func tell(_ reason: Coverage.Reason, _ path: String, _ arguments: [String] = [], line: Int? = nil) {
    traces.problems.append(Coverage.Problem(path: path, reason: reason, arguments: arguments, line: line))
  }

  func tell(_ error: SystemError, _ path: String) {
    if error.isAbsence { return }
    if error.isPermission { return tell(.permissionDenied, path) }
    // Below a cache nothing is a link that its program made.
    if error.isLink { return tell(.notAFile, path, ["link"]) }
    tell(.unreadable, path, [error.name])
  }

  func finish(_ kind: TracePlace, _ path: String, entries: Int, oldest: Int64? = nil) {
    traces.readings.append(
      Traces.Reading(kind, path: path, .read, entries: entries, oldest: oldest, passedOver: passedOver))
    passedOver = 0
  }

  /// Counts a line that the tool which wrote it would pass over too.
  func passOver() { passedOver += 1 }

  /// Whether `count` entries are within the limit; it is told, once, where they no longer are.
  func isWithin(_ count: Int, _ path: String) -> Bool {
    if count <= limits.entries { return true }
    if cutOff.insert(path).inserted { tell(.tooMany, path, ["\(limits.entries)"]) }
    return false
  }

  // MARK: Reading

  func entries(of folder: TraceFolder) -> [TraceFolder.Entry] {
    do throws(SystemError) {
      let (entries, isWhole) = try folder.entries(limit: limits.entries)
      if !isWhole { _ = isWithin(.max, folder.path) }
      return entries
    } catch {
      tell(error, folder.path)
      return []
    }
  }

  func folder(_ path: [UInt8], in folder: TraceFolder) -> TraceFolder? {
    do throws(SystemError) {
      return try folder.folder(path)
    } catch {
      tell(error, folder.shown(path))
      return nil
    }
  }

  /// Gives `body` a file's bytes, as far as the limit goes; they are valid until the next file is read.
  func read(_ name: [UInt8], in folder: TraceFolder, limit: Int, _ body: (Bytes) -> Void) {
    do throws(SystemError) {
      try read(try folder.file(name), folder.shown(name), limit: limit, body)
    } catch {
      tell(error, folder.shown(name))
    }
  }

  func read(_ file: consuming Descriptor, _ path: String, limit: Int, _ body: (Bytes) -> Void) throws(SystemError) {
    let file = file
    try file.whileOpen { (descriptor) throws(SystemError) in
      let facts = try SafeOpening.facts(of: descriptor)
      guard facts.kind == .file else { return tell(.notAFile, path, [facts.kind.rawValue]) }
      let isWhole = try buffer.fill(from: descriptor, expected: facts.size, limit: limit)
      if !isWhole { tell(.tooBig, path, ["\(facts.size)", "\(limit)"]) }
      body(buffer.bytes)
    }
  }

  /// The folder at `path`, which need not be there.
  func present(_ path: String, in folder: TraceFolder) -> TraceFolder? {
    self.folder(Array(path.utf8), in: folder)
  }

  /// Whether there is anything called so; what keeps it from being told is told when it is opened.
  func has(_ name: String, in folder: TraceFolder) -> Bool {
    (try? folder.times(of: Array(name.utf8))) != nil
  }

  /// The one word in a small file; nil where there is no such file.
  func word(_ name: String, in folder: TraceFolder) -> String? {
    guard has(name, in: folder) else { return nil }
    var word: String?
    read(Array(name.utf8), in: folder, limit: 1024) { word = words(of: $0, limit: 1).first?.string }
    return word
  }

  /// What `body` makes of a JSON file; where it cannot, that is told.
  func parsed<Result>(
    _ bytes: Bytes, _ path: String, _ body: (inout JSONReader) throws(ParseError) -> Result
  ) -> Result? {
    var json = JSONReader(bytes)
    do throws(ParseError) {
      return try body(&json)
    } catch {
      tell(.malformed, path, [error.code.rawValue])
      return nil
    }
  }

  // MARK: Finding

  /// The time, if it is believed.
  func bound(_ seconds: Int64?, isExact: Bool = true) -> PastSighting.Bound? {
    guard let seconds, FileTimes.isPlausible(seconds, now: now) else { return nil }
    return PastSighting.Bound(seconds, isExact: isExact)
  }

  /// Whether the version is wanted; one that cannot be compared is told.
  func isWanted(_ ecosystem: Ecosystem, _ name: String, _ version: String, _ path: String) -> Bool {
    switch wanted.judge(ecosystem, name, version) {
    case .wanted: return true
    case .unclear:
      tell(.versionNotComparable, path, ["\(name)@\(version)"])
      return false
    case .unwanted, nil: return false
    }
  }

  func sight(_ sighting: PastSighting) { traces.sightings.append(sighting) }

  /// Takes a sighting that is still there together with the earlier ones of the same package at the same place.
  func sightMerged(_ sighting: PastSighting) {
    let key = Merged(package: sighting.package, place: sighting.place, degree: sighting.degree)
    guard let index = merged[key] else {
      merged[key] = traces.sightings.count
      return sight(sighting)
    }
    var known = traces.sightings[index]
    if let from = sighting.from, known.from.map({ from.seconds < $0.seconds }) ?? true { known.from = from }
    if known.evidence.count < Self.evidenceKept { known.evidence += sighting.evidence }
    traces.sightings[index] = known
  }

  /// More pieces of evidence of one thing at one place tell nobody more.
  static let evidenceKept = 4
}

extension Int64 {
  /// `2026-11-23T21:33:43Z`; empty where it is no time that can be written.
  var momentText: String {
    let (nanoseconds, overflow) = multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? "" : Moment(nanoseconds: nanoseconds).text
  }
}
