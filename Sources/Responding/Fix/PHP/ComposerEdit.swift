// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Versions

/// Sets versions in a `composer.json`, where one is pinned, and replaces entries of a `composer.lock` whose manifest does not change: it holds a
/// digest of that.
///
/// - Source: https://getcomposer.org/doc/04-schema.md#package-links and https://github.com/composer/composer, `src/Composer/Package/Locker.php`
///   (read 2026-11-25)
enum ComposerEdit {
  static func edits(_ bytes: [UInt8], _ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    let outline = try JSONOutline(bytes)
    return ["require", "require-dev"].flatMap { kind in
      (outline.root[kind]?.children ?? []).compactMap { member in
        guard let text = member.string, let pin = pins.first(where: { isNamed(member.key, $0) }), pin.bad.contains(text)
        else { return nil }
        return outline.replacing(member, with: pin.safe)
      }
    }
  }

  /// - Parameter manifest: The `composer.json` beside it.
  static func lockEdits(
    _ bytes: [UInt8], _ pins: [Pin], known: KnownEntries, manifest: [UInt8]
  ) throws(EditDoubt) -> [ByteEdit] {
    guard try edits(manifest, pins).isEmpty else { throw EditDoubt(.manifestDigest, ["composer.json"]) }
    let outline = try JSONOutline(bytes)
    let packages = packages(outline)
    let asks = packages.flatMap { links($0.node) } + links(try JSONOutline(manifest).root)
    var edits: [ByteEdit] = []
    for pin in pins {
      for package in packages where isNamed(package.name, pin) && pin.bad.contains(package.version) {
        for ask in asks where isNamed(ask.name, pin) && !takes(ask.range, pin.safe) {
          throw EditDoubt(.notTaken, [pin.title, ask.name, ask.range])
        }
        let entries = known.all(.composer, pin)
        guard !entries.isEmpty else { throw EditDoubt(.entryNotKnown, [pin.title]) }
        var missing: KnownEntries.Dependency?
        let entry = entries.first { entry in
          missing = entry.dependencies.first { ask in
            !packages.contains { $0.name == ask.name && takes(ask.specifier, $0.version) }
          }
          return missing == nil
        }
        guard let entry else {
          throw EditDoubt(.dependencyMissing, [pin.title] + (missing.map { ["\($0.name) \($0.specifier)"] } ?? []))
        }
        edits.append(
          ByteEdit(
            package.node.range, String(decoding: entry.text, as: UTF8.self).replacing("\n", with: outline.newline)))
      }
    }
    return edits
  }

  static func harvest(_ bytes: [UInt8], _ pins: [Pin], into known: inout KnownEntries) {
    guard let outline = try? JSONOutline(bytes) else { return }
    for package in packages(outline) {
      for pin in pins where isNamed(package.name, pin) && package.version == pin.safe {
        let asks = links(package.node, ["require"]).map { KnownEntries.Dependency(name: $0.name, specifier: $0.range) }
        known.add(
          KnownEntries.Entry(text: outline.raw(package.node).filter { $0 != 0x0D }, dependencies: asks), .composer,
          pin.name, pin.safe)
      }
    }
  }

  private static func packages(_ outline: JSONOutline) -> [(name: String, version: String, node: JSONOutline.Node)] {
    ["packages", "packages-dev"].flatMap { list in
      (outline.root[list]?.children ?? []).compactMap { node in
        guard let name = node["name"]?.string, let version = node["version"]?.string else { return nil }
        return (name, version, node)
      }
    }
  }

  /// What somebody asks for among packages; PHP itself and its extensions are no packages.
  private static func links(
    _ node: JSONOutline.Node, _ kinds: [String] = ["require", "require-dev"]
  ) -> [(name: String, range: String)] {
    kinds.flatMap { kind in
      (node[kind]?.children ?? []).compactMap { member in
        guard member.key.contains("/"), let text = member.string else { return nil }
        return (member.key, text)
      }
    }
  }

  private static func isNamed(_ name: String, _ pin: Pin) -> Bool {
    pin.ecosystem.matchingName(name) == pin.ecosystem.matchingName(pin.name)
  }

  private static func takes(_ range: String, _ version: String) -> Bool {
    Composer.range(range)?.contains(version) == true
  }
}
