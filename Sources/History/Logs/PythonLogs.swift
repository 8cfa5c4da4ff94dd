// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// The logs that pip writes where it is told to, and those of pipx's last runs.
///
/// pip writes times without a zone: they may be off by one, and are said to be "by then".
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
        try reader.read(file, path, limit: reader.limits.textBytes) { lines = readPip($0, path) }
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

  private func readPip(_ bytes: Bytes, _ path: String) -> Int {
    var count = 0
    forEachLine(of: bytes) { line, number in
      count = number
      // A line may list all packages of a large project.
      let words = words(of: line, limit: 10_000)
      let moment = words.first.flatMap(Self.moment)
      let said = words.dropFirst(moment == nil ? 0 : 1)
      guard let first = said.first, said.count >= 2 else { return true }
      let second = said[said.startIndex + 1]
      if first.equals("Successfully"), second.equals("installed") || second.equals("uninstalled") {
        let isRemoved = second.equals("uninstalled")
        for word in said.dropFirst(2) {
          sight(
            PythonArchive.stem(Substring(word.string)), isRemoved ? .logRemoved : .logInstalled, path, number, moment)
        }
      } else if first.equals("Downloading") || (first.equals("Using") && second.equals("cached") && said.count > 2) {
        let file = first.equals("Using") ? said[said.startIndex + 2] : second
        let name = file.string.split(separator: "/").last ?? ""
        sight(PythonArchive.package(of: Array(name.utf8)), .logFetched, path, number, moment)
      }
      return reader.isWithin(number, path)
    }
    return count
  }

  /// `2026-05-14T15:02:11,123`
  private static func moment(_ word: Bytes) -> Int64? {
    guard word.count >= 19, word[4] == UInt8(ascii: "-"), word[10] == UInt8(ascii: "T") else { return nil }
    return Moment(word[slice: 0..<19].string + "Z")?.seconds
  }

  private func sight(
    _ package: (name: String, version: String)?, _ code: EvidenceCode, _ path: String, _ line: Int, _ seconds: Int64?
  ) {
    guard let package, reader.isWanted(.pypi, package.name, package.version, path) else { return }
    let moment = reader.bound(seconds, isExact: false)
    reader.sight(
      PastSighting(
        package: Package(ecosystem: .pypi, name: package.name, version: package.version), place: path,
        from: code == .logRemoved ? nil : moment, to: moment ?? reader.bound(reader.now, isExact: false),
        degree: .onDisk, evidence: [PastSighting.Evidence(path: path, code, ["\(line)"])]))
  }

  // MARK: pipx

  private func readPipx(_ folder: TraceFolder) {
    var count = 0
    var oldest: Int64?
    for entry in reader.entries(of: folder) where entry.text.hasSuffix(".log") {
      count += 1
      let begun = Self.moment(ofName: entry.text)
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
    var seen: Set<Package> = []
    let moment = reader.bound(begun, isExact: false)
    forEachLine(of: bytes) { line, number in
      guard let end = line.firstOffset(of: UInt8(ascii: ")")), end + 3 < line.count else { return true }
      var command = line[slice: (end + 3)..<line.count]
      if command.starts(with: "running ") { command = command[slice: 8..<command.count] }
      for mention in InstallCommand.mentions(in: command, reader.wanted) where !mention.isRemoval {
        let package = Package(ecosystem: mention.ecosystem, name: mention.name, version: mention.version)
        guard mention.version != nil, seen.insert(package).inserted else { continue }
        reader.sight(
          PastSighting(
            package: package, place: path, from: moment, to: moment, degree: .locked,
            evidence: [PastSighting.Evidence(path: path, .logPlanned, ["\(number)"])]))
      }
      return true
    }
  }
}
