// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing
internal import Versions

/// Sets a dependency in a `Cargo.toml` to exactly the safe version, where its requirement takes a bad one.
///
/// - Source: https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html (read 2026-11-25)
enum CargoManifestEdit {
  private struct Dependency {
    var name: String
    /// Between the quotes.
    var range: Range<Int>?
    var requirement = ""
    var isElsewhere = false
  }

  static func edits(_ bytes: [UInt8], _ pins: [Pin]) throws(EditDoubt) -> [ByteEdit] {
    let mark = try FileText.markLength(bytes)
    var found: [[String]: Dependency] = [:]
    do throws(ParseError) {
      try bytes.withUnsafeBufferPointer { (buffer) throws(ParseError) in
        var reader = TOMLLeafReader(buffer[slice: mark..<bytes.count])
        while let leaf = try reader.next() {
          guard case .string(let string) = leaf, let path = place(reader.path) else { continue }
          let field = reader.path.count > path.count ? reader.path[path.count] : "version"
          var dependency = found[path] ?? Dependency(name: path.last ?? "")
          switch field {
          case "version" where string.string.utf8.count == string.raw.count:
            let start = mark + string.offset + 1
            (dependency.range, dependency.requirement) = (start..<start + string.raw.count, string.string)
          case "package": dependency.name = string.string
          case "git", "path", "registry": dependency.isElsewhere = true
          default: break
          }
          found[path] = dependency
        }
      }
    } catch {
      throw EditDoubt(.malformed, [error.code.rawValue])
    }
    return pins.flatMap { pin in
      found.values.compactMap { dependency in
        guard let range = dependency.range, !dependency.isElsewhere, isNamed(dependency.name, pin) else { return nil }
        guard let wanted = Cargo.range(dependency.requirement), pin.bad.contains(where: { wanted.contains($0) == true })
        else { return nil }
        return ByteEdit(range, "=\(pin.safe)")
      }
    }
  }

  private static func isNamed(_ name: String, _ pin: Pin) -> Bool {
    pin.ecosystem.matchingName(name) == pin.ecosystem.matchingName(pin.name)
  }

  /// The path of the dependency that a value belongs to: `dependencies.x`, `target.'cfg(unix)'.dev-dependencies.x`, `workspace.dependencies.x`.
  private static func place(_ path: [String]) -> [String]? {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"]
    guard let index = path.firstIndex(where: kinds.contains), index + 1 < path.count else { return nil }
    let isOwn = index == 0 || (index == 1 && path[0] == "workspace") || (index == 2 && path[0] == "target")
    return isOwn && path.count <= index + 3 ? Array(path[...(index + 1)]) : nil
  }
}
