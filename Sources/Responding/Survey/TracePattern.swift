// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// A path that an incident leaves behind, as its record writes it: `~` is a home, `$TMPDIR` a folder for temporary files, `<pid>` stands for a
/// number and any other `<word>` for anything, `*` as well.
struct TracePattern: Sendable {
  /// As the record has it.
  let text: String
  /// The same for the walk, which knows stars only.
  let path: String
  private let isFolder: Bool

  /// - Returns: nil for what lies anywhere (it is a part of the package), and for files that everybody has (a shell's profile): there only a
  ///   line tells, and the incident's signs have that.
  init?(_ text: String) {
    guard text.hasPrefix("~/") || text.hasPrefix("$TMPDIR/") || text.hasPrefix("/") else { return nil }
    let isFolder = text.hasSuffix("/")
    let path = Self.starred(isFolder ? String(text.dropLast()) : text)
    let name = path.split(separator: "/").last ?? ""
    guard !Self.profiles.contains(String(name)), name.contains(where: { $0 != "*" && $0 != "." }) else { return nil }
    self.init(text: text, path: path, isFolder: isFolder)
  }

  private init(text: String, path: String, isFolder: Bool) {
    (self.text, self.path, self.isFolder) = (text, path, isFolder)
  }

  private static let profiles: Set<String> = [
    ".bashrc", ".zshrc", ".profile", ".bash_profile", ".zprofile", "crontab", "hosts",
  ]

  private static func starred(_ text: String) -> String {
    var result: [UInt8] = []
    var isInside = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "<") {
        isInside = true
        result.append(UInt8(ascii: "*"))
      } else if byte == UInt8(ascii: ">") {
        isInside = false
      } else if !isInside {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What the walk looks for: the path, as a file and as a folder unless the record says which.
  ///
  /// Of a file in a folder that is made for each run (`$TMPDIR/nt-<pid>/…`) the folder as well: the file is often deleted, and the folder stays.
  var signs: [Sign] {
    var signs = isFolder ? [] : [Sign(kind: .file, path: path)]
    signs.append(Sign(kind: .folder, path: path))
    if let folder = runFolder { signs.append(Sign(kind: .folder, path: folder)) }
    return signs
  }

  private var runFolder: String? {
    guard let slash = text.lastIndex(of: "/") else { return nil }
    let folder = text[..<slash]
    guard let name = folder.split(separator: "/").last, name.contains("<pid>"), name != "<pid>" else { return nil }
    return Self.starred(String(folder))
  }

  /// Whether a path that the walk found has numbers where the record has process numbers.
  func takes(_ found: String) -> Bool {
    let names = found.split(separator: "/")
    return text.split(separator: "/").filter { $0.contains("<pid>") }.allSatisfy { part in
      names.contains { Self.holdsNumber($0, in: part) }
    }
  }

  /// `nt-4711` for `nt-<pid>`.
  private static func holdsNumber(_ name: Substring, in part: Substring) -> Bool {
    guard let start = part.firstIndex(of: "<"), let end = part.firstIndex(of: ">") else { return false }
    let (before, after) = (part[..<start], part[part.index(after: end)...])
    guard name.hasPrefix(before), name.hasSuffix(after), name.utf8.count > before.utf8.count + after.utf8.count else {
      return false
    }
    return name.utf8.dropFirst(before.utf8.count).dropLast(after.utf8.count).allSatisfy { (0x30...0x39).contains($0) }
  }
}
