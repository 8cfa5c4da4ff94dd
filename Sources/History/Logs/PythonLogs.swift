// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// The logs that pip writes where it is told to, and those of pipx's last runs.
///
/// Both write times without a zone, see ``LocalClock``.
/// - Source: https://pip.pypa.io/en/stable/user_guide (`--log`), pip's `_internal/commands/install.py`, `req/req_uninstall.py` and
///   `operations/prepare.py`; https://pipx.pypa.io/stable/reference/environment-variables, and what pipx 1.18 writes (read 2026-11-25)
struct PythonLogs {
  private let reader: TraceReader

  init(_ reader: TraceReader) {
    self.reader = reader
  }

  func read() {
    guard !reader.wanted.names(in: .pypi).isEmpty else { return }
    for short in ["$PIP_LOG", "~/.pip/pip.log", "~/pip.log", "~/Library/Logs/pip.log"] {
      guard let path = reader.path(short), let file = reader.openFile(.pipLog, path) else { continue }
      var lines = 0
      do throws(SystemError) {
        let written = try file.whileOpen { (file) throws(SystemError) in try FileTimes(of: file).modified }
        try reader.read(file, path, limit: reader.limits.textBytes) { lines = readPip($0, path, written) }
      } catch {
        reader.tell(error, path)
      }
      reader.finish(.pipLog, path, entries: lines)
    }
    for short in ["$PIPX_HOME/logs", "~/.local/state/pipx/log", "&/pipx/logs", "~/.local/pipx/logs"] {
      guard let path = reader.path(short), let folder = reader.open(.pipxLogs, path) else { continue }
      readPipx(folder)
    }
  }

  // MARK: pip

  /// What one line says of one package.
  private struct Event {
    let name: String
    let version: String
    let code: EvidenceCode
    let line: Int
    /// By the clock on the wall.
    let seconds: Int64?
  }

  private func readPip(_ bytes: Bytes, _ path: String, _ written: Int64) -> Int {
    var count = 0
    var events: [Event] = []
    var last: Int64?
    forEachLine(of: bytes) { line, number in
      count = number
      // A line may list all packages of a large project.
      let words = words(of: line, limit: 10_000)
      let moment = words.first.flatMap(Self.moment)
      last = moment ?? last
      for (package, code) in Self.packages(in: words.dropFirst(moment == nil ? 0 : 1))
      where reader.isWanted(.pypi, package.name, package.version, path) {
        events.append(
          Event(name: package.name, version: package.version, code: code, line: number, seconds: moment))
      }
      return reader.isWithin(number, path)
    }
    let clock = LocalClock(last: last, written: written)
    for event in events { sight(event, path, clock) }
    return count
  }

  /// The packages that a line without its time says to have come or gone.
  private static func packages(
    in words: ArraySlice<Bytes>
  ) -> [(package: (name: String, version: String), code: EvidenceCode)] {
    guard let first = words.first, words.count >= 2 else { return [] }
    let second = words[words.startIndex + 1]
    if first.equals("Successfully"), second.equals("installed") || second.equals("uninstalled") {
      let code: EvidenceCode = second.equals("installed") ? .logInstalled : .logRemoved
      return words.dropFirst(2).compactMap { PythonArchive.stem(Substring($0.string)) }.map { ($0, code) }
    }
    let isCached = first.equals("Using") && second.equals("cached") && words.count > 2
    guard first.equals("Downloading") || isCached else { return [] }
    let file = isCached ? words[words.startIndex + 2] : second
    let name = file.string.split(separator: "/").last ?? ""
    return PythonArchive.package(of: Array(name.utf8)).map { [($0, .logFetched)] } ?? []
  }

  /// `2026-05-14T15:02:11,123`
  private static func moment(_ word: Bytes) -> Int64? {
    guard word.count >= 19, word[4] == UInt8(ascii: "-"), word[10] == UInt8(ascii: "T") else { return nil }
    return Moment(word[slice: 0..<19].string + "Z")?.seconds
  }

  private func sight(_ event: Event, _ path: String, _ clock: LocalClock) {
    let moment = reader.bound(event.seconds.map(clock.seconds), isExact: false)
    reader.sight(
      PastSighting(
        package: Package(ecosystem: .pypi, name: event.name, version: event.version), place: path,
        from: event.code == .logRemoved ? nil : moment, to: moment ?? reader.bound(reader.now, isExact: false),
        degree: .onDisk, evidence: [PastSighting.Evidence(path: path, event.code, ["\(event.line)"])]))
  }

  // MARK: pipx

  private func readPipx(_ folder: TraceFolder) {
    var count = 0
    var oldest: Int64?
    for entry in reader.entries(of: folder) where entry.text.hasSuffix(".log") {
      count += 1
      let written = (try? folder.times(of: entry.name))?.modified
      let begun = Self.moment(ofName: entry.text).map { LocalClock(last: $0, written: written).seconds($0) }
      if let begun, oldest.map({ begun < $0 }) ?? true { oldest = begun }
      reader.read(entry.name, in: folder, limit: reader.limits.textBytes) { bytes in
        readPipx(bytes, folder.shown(entry.name), begun)
      }
    }
    reader.finish(.pipxLogs, folder.path, entries: count, oldest: oldest)
  }

  /// `cmd_2026-11-25_23.38.20.log`
  private static func moment(ofName name: String) -> Int64? {
    let parts = name.split(separator: "_")
    guard parts.count >= 3, parts[0] == "cmd", parts[2].utf8.count >= 8 else { return nil }
    let time = parts[2].utf8.prefix(8).map { $0 == UInt8(ascii: ".") ? UInt8(ascii: ":") : $0 }
    return Moment("\(parts[1])T\(String(decoding: time, as: UTF8.self))Z")?.seconds
  }

  /// The commands that pipx ran, each once: `12.3ms (setup:2166): /usr/bin/pipx install name==1.0`.
  private func readPipx(_ bytes: Bytes, _ path: String, _ begun: Int64?) {
    var seen: Set<String> = []
    let moment = reader.bound(begun, isExact: false)
    forEachLine(of: bytes) { line, number in
      guard let end = line.firstOffset(of: UInt8(ascii: ")")), end + 3 < line.count else { return true }
      var command = line[slice: (end + 3)..<line.count]
      if command.starts(with: "running ") { command = command[slice: 8..<command.count] }
      for mention in InstallCommand.mentions(in: command, reader.wanted) where !mention.isRemoval {
        let package = Package(ecosystem: mention.ecosystem, name: mention.name, version: mention.version)
        guard mention.version != nil, seen.insert(package.title).inserted else { continue }
        reader.sight(
          PastSighting(
            package: package, place: path, from: moment, to: moment, degree: .locked,
            evidence: [PastSighting.Evidence(path: path, .logPlanned, ["\(number)"])]))
      }
      return true
    }
  }
}
