// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// The logs that npm keeps of its last runs, ten unless it is told otherwise.
///
/// A log tells of one moment, when the run began: what is seen in it begins and ends then.
/// - Source: https://docs.npmjs.com/cli/v10/using-npm/logging; what npm 6 and 10 write: npm's `lib/utils/log-file.js` and
///   `reify-output.js`, arborist's `place-dep.js` and `rebuild.js`, npm-registry-fetch's `check-response.js`, npm-lifecycle's `index.js`
///   (read 2026-11-25)
struct NPMLogs {
  private let reader: TraceReader

  init(_ reader: TraceReader) {
    self.reader = reader
  }

  func read() {
    guard !reader.wanted.names(in: .npm).isEmpty else { return }
    let shorts = ["$npm_config_logs_dir", "$npm_config_cache/_logs", "$NPM_CONFIG_CACHE/_logs", "~/.npm/_logs"]
    for short in shorts {
      guard let path = reader.path(short), let folder = reader.open(.npmLogs, path) else { continue }
      read(folder)
    }
  }

  private func read(_ folder: TraceFolder) {
    var count = 0
    var oldest: Int64?
    for entry in reader.entries(of: folder) where entry.text.hasSuffix(".log") {
      count += 1
      guard reader.isWithin(count, folder.path) else { break }
      let begun = Self.moment(ofName: entry.text)
      if let begun, oldest.map({ begun < $0 }) ?? true { oldest = begun }
      reader.read(entry.name, in: folder, limit: reader.limits.textBytes) { bytes in
        sight(events(in: bytes), in: bytes, folder.shown(entry.name), begun)
      }
    }
    reader.finish(.npmLogs, folder.path, entries: count, oldest: oldest)
  }

  /// The moment in `2026-05-14T15_02_11_123Z-debug-0.log`.
  static func moment(ofName name: String) -> Int64? {
    let text = name.utf8.prefix(19).map { $0 == UInt8(ascii: "_") ? UInt8(ascii: ":") : $0 }
    return text.count == 19 ? Moment(String(decoding: text, as: UTF8.self) + "Z")?.seconds : nil
  }

  // MARK: Events

  struct Event {
    enum Kind: Hashable {
      case planned, fetched, installed
      case ran(String)
    }

    let kind: Kind
    let name: String
    let version: String
    let line: Int
  }

  /// What a log says of wanted names, whatever their versions.
  func events(in bytes: Bytes) -> [Event] {
    var events: [Event] = []
    /// What was chosen for a place in the tree, until it is said that it was put there.
    var chosen: [String: (name: String, version: String)] = [:]
    var isDry = false
    forEachLine(of: bytes) { line, number in
      let words = words(of: line, limit: 12)
      guard words.count >= 4 else { return true }
      if words[2].equals("argv"), line.contains("\"--dry-run\"") { isDry = true }
      if words[2].equals("placeDep"), words.count > 4, let (name, version) = spec(words[4]) {
        let place = words[3].equals("ROOT") ? "" : words[3].string + "/"
        chosen[place + "node_modules/" + name] = (name, version)
        events.append(Event(kind: .planned, name: name, version: version, line: number))
      } else if words[2].equals("ADD") || words[2].equals("CHANGE") {
        if !isDry, let (name, version) = chosen[words[3].string] {
          events.append(Event(kind: .installed, name: name, version: version, line: number))
        }
      } else if let (kind, name, version) = event(words) {
        events.append(Event(kind: kind, name: name, version: version, line: number))
      }
      return events.count <= reader.limits.entries
    }
    return events
  }

  /// What a line says by itself.
  private func event(_ words: [Bytes]) -> (Event.Kind, name: String, version: String)? {
    if words[1].equals("http") { return fetch(words) }
    switch true {
    case words[2].equals("run") && words.count > 4:
      return spec(words[3]).map { (.ran(words[4].string), $0.name, $0.version) }
    case words[2].equals("lifecycle") && words.count > 4: return lifecycle(words)
    case words[2].equals("extract") && words.count > 4 && words[4].equals("extracted"):
      return spec(words[3]).map { (.installed, $0.name, $0.version) }
    // npm 6 draws the trees that it found, and the one that it wants.
    case words[2].equals("currentTree"): return words.last.flatMap(spec).map { (.installed, $0.name, $0.version) }
    case words[2].equals("idealTree"): return words.last.flatMap(spec).map { (.planned, $0.name, $0.version) }
    default: return nil
    }
  }

  /// `http fetch GET 200 https://host/name/-/name-1.0.0.tgz 12ms (cache miss)`
  private func fetch(_ words: [Bytes]) -> (Event.Kind, name: String, version: String)? {
    guard words.contains(where: { $0.equals("200") || $0.equals("304") }),
      let address = words.first(where: { $0.starts(with: "http") && $0.contains("://") }),
      let (name, version) = NPMAddress.package(of: address.string), reader.wanted.hasName(.npm, name)
    else { return nil }
    return (.fetched, name, version)
  }

  /// `lifecycle name@1.0.0~postinstall: Args: …` is written where there is a script, `name@1.0.0~postinstall: name@1.0.0` always.
  private func lifecycle(_ words: [Bytes]) -> (Event.Kind, name: String, version: String)? {
    guard words[4].equals("Args:") || words[4].equals("CWD:") || words[4].equals("Returned:"),
      let tilde = words[3].firstOffset(of: UInt8(ascii: "~")), let (name, version) = spec(words[3][slice: 0..<tilde])
    else { return nil }
    let stage = words[3][slice: (tilde + 1)..<words[3].count]
    return (.ran(stage.ends(with: ":") ? stage[slice: 0..<(stage.count - 1)].string : stage.string), name, version)
  }

  private func spec(_ word: Bytes) -> (name: String, version: String)? {
    guard let parts = NPMAddress.parts(ofSpec: Substring(word.string)), reader.wanted.hasName(.npm, parts.name) else {
      return nil
    }
    return parts
  }

  // MARK: Sightings

  private func sight(_ events: [Event], in bytes: Bytes, _ path: String, _ begun: Int64?) {
    guard !events.isEmpty else { return }
    let place = folder(of: bytes) ?? path
    var found: [Package: (degree: PastSighting.Degree, evidence: [PastSighting.Evidence])] = [:]
    var order: [Package] = []
    // One piece of evidence of each kind.
    var said: Set<String> = []
    for event in events where reader.isWanted(.npm, event.name, event.version, path) {
      let package = Package(ecosystem: .npm, name: event.name, version: event.version)
      let (code, degree, arguments) = Self.evidence(of: event)
      if found[package] == nil { order.append(package) }
      guard said.insert("\(package.title) \(code) \(arguments.dropFirst())").inserted else { continue }
      var entry = found[package] ?? (degree, [])
      entry.degree = max(entry.degree, degree)
      if entry.evidence.count < TraceReader.evidenceKept {
        entry.evidence.append(PastSighting.Evidence(path: path, code, arguments))
      }
      found[package] = entry
    }
    let moment = reader.bound(begun)
    for package in order {
      guard let (degree, evidence) = found[package] else { continue }
      reader.sight(
        PastSighting(package: package, place: place, from: moment, to: moment, degree: degree, evidence: evidence))
    }
  }

  private static func evidence(of event: Event) -> (EvidenceCode, PastSighting.Degree, [String]) {
    let line = "\(event.line)"
    return switch event.kind {
    case .planned: (.logPlanned, .locked, [line])
    case .fetched: (.logFetched, .onDisk, [line])
    case .installed: (.logInstalled, .onDisk, [line])
    case .ran(let script): (.logScriptRan, .ran, [line, script])
    }
  }

  /// Where npm ran: `verbose cwd /home/u/project`.
  private func folder(of bytes: Bytes) -> String? {
    var found: String?
    forEachLine(of: bytes) { line, _ in
      guard line.contains(" verbose cwd ") else { return true }
      let words = words(of: line, limit: 3)
      guard words.count == 3, words[2].equals("cwd"), let end = words[2].baseAddress, let start = line.baseAddress
      else {
        return true
      }
      let offset = end - start + words[2].count + 1
      if offset < line.count { found = line[slice: offset..<line.count].string }
      return false
    }
    return found
  }
}
