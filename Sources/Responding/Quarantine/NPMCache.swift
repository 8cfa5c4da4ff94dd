// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Discovery
public import Inventory
internal import Parsing
public import Scanning

/// What npm's cache holds of bad packages: archives under the digests of their contents, found through the index beside them.
///
/// Only the content is moved. What the index says then leads nowhere, which npm takes for an entry that is not there: it fetches anew.
/// - Source: https://github.com/npm/cacache/blob/main/README.md, `lib/entry-index.js` and `lib/content/path.js` there (read 2026-11-26);
///   tried with npm 10.8: `npm cache verify` drops the index entries whose content is gone.
public enum NPMCache {
  /// What to move of every cache that a scan came across and did not look into.
  ///
  /// - Parameter skipped: The scan's list of what was left out.
  public static func requests(
    for findings: [Finding], skipped: [Coverage.Skip], below roots: borrowing ScanRoots
  ) -> [QuarantinePlan.Request] {
    let bad = Dictionary(
      grouping: findings.filter { $0.package.ecosystem == .npm && $0.package.version != nil && !$0.isTrace },
      by: { archiveEnding(of: $0.package) })
    var requests: [QuarantinePlan.Request] = []
    for skip in skipped where skip.reason == .packageCache && skip.arguments == ["npm"] {
      guard !bad.isEmpty, let location = roots.location(ofShown: skip.path) else { continue }
      let root = roots.descriptor(ofRoot: location.root)
      forEachIndexEntry(of: location.path, below: root) { key, integrity in
        guard let found = bad.first(where: { isArchive(key, ending: $0.key) })?.value, let first = found.first,
          let content = contentPath(ofIntegrity: integrity)
        else { return }
        requests.append(
          QuarantinePlan.Request(
            path: "\(skip.path)/\(content)", role: .cache, package: first.package, findings: found.map(\.id)))
      }
    }
    return Set(requests).filter { exists($0.path, below: roots) }.sorted { $0.path < $1.path }
  }

  private static func exists(_ path: String, below roots: borrowing ScanRoots) -> Bool {
    guard let location = roots.location(ofShown: path) else { return false }
    return (try? SafeOpening.file(location.path.terminated, below: roots.descriptor(ofRoot: location.root))) != nil
  }

  // MARK: Names

  /// `/node-ipc/-/node-ipc-9.1.6.tgz`
  private static func archiveEnding(of package: Package) -> String {
    let name = package.name.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? package.name
    return "/\(package.name)/-/\(name)-\(package.version ?? "").tgz"
  }

  /// Whether a key of the index is about this archive: an address, or a file of the archive's name.
  private static func isArchive(_ key: String, ending: String) -> Bool {
    if key.utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8) { return true }
    guard key.utf8.starts(with: "pacote:tarball:file:".utf8), let slash = ending.utf8.lastIndex(of: UInt8(ascii: "/"))
    else { return false }
    let name = ending.utf8[slash...]
    return key.utf8.suffix(name.count).elementsEqual(name)
  }

  /// Where the content with this digest lies in the cache; nil for what is no digest.
  static func contentPath(ofIntegrity integrity: String) -> String? {
    guard let dash = integrity.utf8.firstIndex(of: UInt8(ascii: "-")) else { return nil }
    let algorithm = String(integrity[..<dash])
    guard ["sha512", "sha384", "sha256", "sha1"].contains(algorithm),
      let digits = hexadecimal(ofBase64: integrity.utf8[integrity.utf8.index(after: dash)...]), digits.count > 4
    else { return nil }
    let text = String(decoding: digits, as: UTF8.self)
    return "content-v2/\(algorithm)/\(text.prefix(2))/\(text.dropFirst(2).prefix(2))/\(text.dropFirst(4))"
  }

  private static func hexadecimal(ofBase64 text: Substring.UTF8View) -> [UInt8]? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let digits = Array("0123456789abcdef".utf8)
    var result: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in text.prefix(while: { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: " ") }) {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      (bits, count) = ((bits << 6 | value) & 0xFFFF, count + 6)
      guard count >= 8 else { continue }
      count -= 8
      let byte = bits >> count & 0xFF
      result += [digits[byte >> 4], digits[byte & 15]]
    }
    return result
  }

  // MARK: The index

  private static let mostFiles = 1_000_000
  private static let mostBytes = 8 << 20

  /// Calls `body` with the key and the integrity of each entry of each file of the index. One that is no JSON is passed over, as npm does.
  private static func forEachIndexEntry(of cache: [UInt8], below root: Int32, _ body: (String, String) -> Void) {
    var waiting = [cache.appending("index-v5".utf8)]
    let depth = waiting[0].count { $0 == UInt8(ascii: "/") } + 3
    let buffer = ReadBuffer()
    var seen = 0
    while let path = waiting.popLast(), seen < mostFiles {
      seen += 1
      if path.count(where: { $0 == UInt8(ascii: "/") }) < depth {
        waiting += names(in: path, below: root).map { path.appending($0) }
        continue
      }
      guard let file = try? SafeOpening.file(path.terminated, below: root) else { continue }
      file.whileOpen { number in
        guard let facts = try? SafeOpening.facts(of: number), facts.kind == .file,
          (try? buffer.fill(from: number, expected: facts.size, limit: mostBytes)) == true
        else { return }
        for line in buffer.bytes.split(separator: UInt8(ascii: "\n")) { read(line, body) }
      }
    }
  }

  private static func names(in folder: [UInt8], below root: Int32) -> [[UInt8]] {
    var names: [[UInt8]] = []
    _ = try? SafeOpening.folder(folder.terminated, below: root).whileOpen { (number) throws(SystemError) in
      try EntryReader().forEachEntry(of: number) { name, _, _ in names.append(Array(name)) }
    }
    return names
  }

  /// A digest of the rest, a tab, and an object.
  private static func read(_ line: Slice<Bytes>, _ body: (String, String) -> Void) {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return }
    var reader = JSONReader(Bytes(rebasing: line[(tab + 1)...]))
    var (key, integrity): (String?, String?)
    do throws(ParseError) {
      try reader.enterObject()
      while let name = try reader.nextKey() {
        if name.equals("key") {
          key = try reader.stringValue()
        } else if name.equals("integrity") {
          integrity = try reader.stringValue()
        } else {
          try reader.skip()
        }
      }
    } catch {
      return
    }
    if let key, let integrity { body(key, integrity) }
  }
}
