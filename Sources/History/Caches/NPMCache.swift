// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// npm's cache of downloads.
///
/// Its index has one file for each hash of a key, to which a line is added for each event, so that a removal is a later line without
/// contents. A line whose hash is wrong, or that is no JSON, is passed over by npm, and here.
/// - Source: cacache's `lib/entry-index.js` and `lib/content/path.js`, make-fetch-happen's `lib/cache/key.js` and pacote's `lib/fetcher.js`,
///   as npm 10 has them (read 2026-11-25)
struct NPMCache {
  private let reader: TraceReader

  init(_ reader: TraceReader) {
    self.reader = reader
  }

  func read() {
    guard !reader.wanted.names(in: .npm).isEmpty else { return }
    let shorts = ["$npm_config_cache/_cacache", "$NPM_CONFIG_CACHE/_cacache", "~/.npm/_cacache"]
    for path in reader.paths(.npmCache, shorts) {
      guard let cache = reader.open(.npmCache, path) else { continue }
      read(cache)
    }
  }

  private func read(_ cache: TraceFolder) {
    for entry in reader.entries(of: cache) where entry.text.hasPrefix("index-v") && entry.text != "index-v5" {
      reader.tell(.unknownFormatVersion, cache.shown(entry.name), [String(entry.text.dropFirst("index-v".count))])
    }
    var count = 0
    if let index = reader.folder(Array("index-v5".utf8), in: cache) {
      forEachBucket(of: index) { folder, name in
        count += 1
        guard reader.isWithin(count, cache.path) else { return false }
        read(name, in: folder, of: cache)
        return true
      }
    }
    reader.finish(.npmCache, cache.path, entries: count)
  }

  private func forEachBucket(of index: TraceFolder, _ body: (TraceFolder, [UInt8]) -> Bool) {
    for outer in reader.entries(of: index) where outer.kind == .folder {
      guard let middle = reader.folder(outer.name, in: index) else { continue }
      for inner in reader.entries(of: middle) where inner.kind == .folder {
        guard let folder = reader.folder(inner.name, in: middle) else { continue }
        for bucket in reader.entries(of: folder) {
          guard body(folder, bucket.name) else { return }
        }
      }
    }
  }

  private func read(_ name: [UInt8], in folder: TraceFolder, of cache: TraceFolder) {
    var lines: [Line] = []
    reader.read(name, in: folder, limit: reader.limits.indexBytes) { bytes in
      // Nearly every bucket is of a list of versions, which says nothing of a download.
      guard bytes.contains(".tgz") || bytes.contains("pacote:tarball:") || bytes.contains("/download/") else { return }
      lines = self.lines(of: bytes, folder.shown(name))
    }
    // A bucket may hold several keys that have one hash.
    var seen: Set<Package> = []
    for line in lines where seen.insert(line.package).inserted {
      sight(lines.filter { $0.package == line.package }, folder.shown(name), cache)
    }
  }

  // MARK: Lines

  private struct Line {
    let package: Package
    /// nil where the line says that it was removed.
    let integrity: String?
    let seconds: Int64?
  }

  private func lines(of bytes: Bytes, _ path: String) -> [Line] {
    var lines: [Line] = []
    forEachLine(of: bytes) { line, _ in
      guard let tab = line.firstOffset(of: 0x09) else { return true }
      let json = line[slice: (tab + 1)..<line.count]
      guard let entry = entry(of: json, path) else { return true }
      // Only of what is wanted: the hash costs more than all the rest.
      guard SHA1.hexDigest(of: json).utf8.elementsEqual(line[slice: 0..<tab]) else {
        reader.passOver()
        return true
      }
      lines.append(entry)
      return true
    }
    return lines
  }

  private func entry(of json: Bytes, _ path: String) -> Line? {
    var (key, integrity, milliseconds): (String?, String?, Int?)
    do throws(ParseError) {
      var json = JSONReader(json)
      try json.enterObject()
      while let name = try json.nextKey() {
        if name.equals("key") {
          key = try json.stringValue()
        } else if name.equals("integrity") {
          integrity = try json.stringValue()
        } else if name.equals("time") {
          milliseconds = try json.integerValue()
        } else {
          try json.skip()
        }
      }
    } catch {
      reader.passOver()
      return nil
    }
    guard let key, let (name, version) = packed(key) ?? Self.package(ofKey: key),
      reader.isWanted(.npm, name, version, path)
    else {
      return nil
    }
    return Line(
      package: Package(ecosystem: .npm, name: name, version: version), integrity: integrity,
      seconds: milliseconds.map { Int64($0 / 1000) })
  }

  /// The package whose archive a key stands for: `make-fetch-happen:request-cache:https://host/name/-/name-1.0.0.tgz` or
  /// `pacote:tarball:name@1.0.0`; nil where it is none, as of lists of versions.
  static func package(ofKey key: String) -> (name: String, version: String)? {
    let request = "make-fetch-happen:request-cache:"
    let tarball = "pacote:tarball:"
    if key.hasPrefix(request) { return NPMAddress.package(of: String(key.dropFirst(request.count))) }
    guard key.hasPrefix(tarball) else { return nil }
    let spec = Substring(key).dropFirst(tarball.count)
    return NPMAddress.package(of: String(spec)) ?? NPMAddress.parts(ofSpec: spec)
  }

  /// The wanted package whose archive, named as `npm pack` names it, was added from a folder: `pacote:tarball:file:/x/scope-name-1.0.0.tgz`.
  private func packed(_ key: String) -> (name: String, version: String)? {
    guard key.hasPrefix("pacote:tarball:file:"), key.hasSuffix(".tgz"), let file = key.split(separator: "/").last else {
      return nil
    }
    for name in reader.wanted.names(in: .npm) {
      let start = (name.hasPrefix("@") ? name.dropFirst().split(separator: "/").joined(separator: "-") : name) + "-"
      guard file.utf8.starts(with: start.utf8) else { continue }
      let version = file.utf8.dropFirst(start.utf8.count).dropLast(".tgz".utf8.count)
      // A longer name that only begins so has a letter there.
      if let first = version.first, isDigit(first) { return (name, String(decoding: version, as: UTF8.self)) }
    }
    return nil
  }

  // MARK: Windows

  /// One sighting for each time between a download and the removal after it.
  private func sight(_ lines: [Line], _ path: String, _ cache: TraceFolder) {
    var open: (first: Line, content: String?)?
    for line in lines {
      if let integrity = line.integrity {
        if open == nil { open = (line, integrity) } else { open?.content = integrity }
      } else if let (first, content) = open {
        sight(first, content, removed: line, path, cache)
        open = nil
      }
    }
    if let (first, content) = open { sight(first, content, removed: nil, path, cache) }
  }

  private func sight(_ line: Line, _ integrity: String?, removed: Line?, _ path: String, _ cache: TraceFolder) {
    let content = integrity.flatMap { self.content($0, of: cache) }
    let born = content?.times.arrival(now: reader.now)
    let told = reader.bound(line.seconds)
    var from = told ?? born
    if let told, let born, born.isExact, born.seconds < told.seconds { from = born }
    var evidence = [PastSighting.Evidence(path: path, .cacheIndexed, [(line.seconds ?? 0).momentText])]
    var end: PastSighting.Bound?
    if let removed {
      end = reader.bound(removed.seconds) ?? PastSighting.Bound(reader.now, isExact: false)
      evidence.append(PastSighting.Evidence(path: path, .cacheRemoved, [(removed.seconds ?? 0).momentText]))
    }
    if let content {
      // What lies there lies there, whatever the index says.
      end = nil
      evidence.append(
        PastSighting.Evidence(path: content.path, .cacheContent, born.map { [$0.seconds.momentText] } ?? []))
    } else {
      evidence.append(PastSighting.Evidence(path: cache.shown(Array("content-v2".utf8)), .cacheContentGone))
      if removed == nil { end = PastSighting.Bound(reader.now, isExact: false) }
    }
    reader.sight(
      PastSighting(
        package: line.package, place: cache.path, from: from, to: end, degree: .onDisk, evidence: evidence))
  }

  /// The file that holds what has this digest: `content-v2/sha512/ab/cd/…`, in hexadecimal digits.
  private func content(_ integrity: String, of cache: TraceFolder) -> (path: String, times: FileTimes)? {
    for digest in integrity.split(separator: " ").prefix(4) {
      let parts = digest.split(separator: "-", maxSplits: 1)
      let base64 = parts.last?.split(separator: "?").first
      guard parts.count == 2, let algorithm = parts.first, algorithm.utf8.allSatisfy(isLetterOrDigit),
        let hex = base64.flatMap(hexadecimal(ofBase64:)), hex.utf8.count >= 8
      else { continue }
      let path = "content-v2/\(algorithm)/\(hex.prefix(2))/\(hex.dropFirst(2).prefix(2))/\(hex.dropFirst(4))"
      if let times = times(of: Array(path.utf8), of: cache) { return (cache.shown(Array(path.utf8)), times) }
    }
    return nil
  }

  private func times(of path: [UInt8], of cache: TraceFolder) -> FileTimes? {
    do throws(SystemError) {
      return try cache.file(path).whileOpen { (file) throws(SystemError) in
        guard try SafeOpening.facts(of: file).kind == .file else { return nil }
        return try FileTimes(of: file)
      }
    } catch {
      reader.tell(error, cache.shown(path))
      return nil
    }
  }
}
