// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// What npm's cache knows of a version: the registry's own description of the package, if it was fetched once.
///
/// That description has everything that a lockfile's entry has. The cache's index is a file for each key, its contents lie under their digests.
/// - Source: https://github.com/npm/cacache, `lib/entry-index.js` and `lib/content/path.js`, and https://github.com/npm/registry,
///   `docs/responses/package-metadata.md` (read 2026-11-25)
public enum CachedDescription {
  /// How large a description may be.
  public static let descriptionBytes = 64 << 20

  /// Reads the description of a package.
  ///
  /// - Parameters:
  ///   - registry: The address of the registry, with a slash at its end.
  ///   - read: A file of the cache, by its path below the cache's folder (`_cacache`); nil where there is none.
  public static func find(of name: String, registry: String, read: (String) -> [UInt8]?) -> [UInt8]? {
    // A slash of a scope is written as the registry's client writes it.
    let escaped = name.utf8.first == UInt8(ascii: "@") ? name.replacing("/", with: "%2f") : name
    let key = "make-fetch-happen:request-cache:" + registry + escaped
    let digest = Array(key.utf8).withUnsafeBufferPointer { SHA256.digest(of: $0).text }
    guard let index = read("index-v5/" + path(digest)), let integrity = integrity(index, key: key) else { return nil }
    guard let content = contentPath(integrity) else { return nil }
    return read(content)
  }

  private static func path(_ digest: String) -> String {
    "\(digest.prefix(2))/\(digest.dropFirst(2).prefix(2))/\(digest.dropFirst(4))"
  }

  /// The digest of the last entry of a key. Each line is a digest of the entry, a tab and the entry.
  private static func integrity(_ index: [UInt8], key: String) -> String? {
    var found: String?
    for line in index.split(separator: 0x0A) {
      guard let tab = line.firstIndex(of: 0x09), let entry = try? JSONOutline(Array(line[(tab + 1)...])) else {
        continue
      }
      if entry.root["key"]?.string == key { found = entry.root["integrity"]?.string }
    }
    return found
  }

  /// `sha512-…` in base 64 → `content-v2/sha512/ab/cd/…` in base 16.
  private static func contentPath(_ integrity: String) -> String? {
    let parts = integrity.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 1)
    guard parts.count == 2, let bytes = decoded(parts[1]) else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    let text = String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    let name = String(Substring(parts[0]))
    guard name == "sha512" || name == "sha1" || name == "sha256" else { return nil }
    return "content-v2/\(name)/\(path(text))"
  }

  private static func decoded(_ text: Substring.UTF8View) -> [UInt8]? {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
    for byte in text where byte != UInt8(ascii: "=") {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        bits &= (1 << UInt32(count)) - 1
      }
    }
    return bytes
  }

  /// The fields of a description that a lockfile keeps.
  private static let kept = [
    "license", "hasInstallScript", "deprecated", "dependencies", "bin", "engines", "optionalDependencies",
    "peerDependencies",
    "peerDependenciesMeta", "os", "cpu", "libc", "funding",
  ]

  /// Adds lockfile entries of the wanted versions, as npm makes them of a description.
  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let outline = try? JSONOutline(bytes), let name = outline.root["name"]?.string else { return }
    for pin in pins where pin.ecosystem == .npm && pin.name == name {
      guard let version = outline.root["versions"]?[pin.safe], version["version"]?.string == pin.safe,
        let integrity = version["dist"]?["integrity"]?.string, integrity.hasPrefix("sha512-"),
        let address = version["dist"]?["tarball"]?.string, version["bundleDependencies"] == nil,
        version["_hasShrinkwrap"] == nil
      else { continue }
      var members: [(key: String, value: JSONOutline.Value)] = [
        ("version", .string(pin.safe)), ("resolved", .string(address)), ("integrity", .string(integrity)),
      ]
      members += kept.compactMap { key in
        guard let node = version[key], node.kind != .object || !node.children.isEmpty else { return nil }
        // A license may be described; a lockfile has its name. Who asks for money is written in many ways.
        guard key != "license" || node.kind == .string, key != "funding" else { return nil }
        return (key, outline.value(of: node))
      }
      let text = outline.written(.object(members), indent: "")
      PackageLockEdit.harvest(
        Array("{\"lockfileVersion\":3,\"packages\":{\"node_modules/\(pin.name)\":".utf8) + text + Array("}}".utf8),
        [pin], into: &known)
    }
  }
}
