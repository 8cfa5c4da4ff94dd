// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// The path of a sign, ready to be held against paths: its components, and where they begin.
struct SignPattern: Sendable {
  /// Where the first component lies.
  enum Anchor: Sendable {
    case anywhere
    case root
    case home
    case temporary
  }

  let anchor: Anchor
  let folders: [NamePattern]
  let name: NamePattern

  init(_ path: String) {
    var rest = path.utf8[...]
    if rest.starts(with: "~/".utf8) {
      anchor = .home
      rest = rest.dropFirst(2)
    } else if rest.starts(with: "$TMPDIR/".utf8) {
      anchor = .temporary
      rest = rest.dropFirst(8)
    } else {
      anchor = rest.first == UInt8(ascii: "/") ? .root : .anywhere
    }
    var parts = rest.split(separator: UInt8(ascii: "/")).map(NamePattern.init)
    name = parts.popLast() ?? NamePattern("".utf8)
    folders = parts
  }

  /// How a folder stands to the pattern's own.
  enum Fit: Sendable {
    /// It is where the sign was seen to lie.
    case inPlace
    /// The same names, elsewhere: a copy of a home, a mounted disk.
    case elsewhere
  }

  /// A first look that costs little: whether the last components of a path match, as far as they are told.
  /// - Parameter tail: Where they lie in `path`, the very last first.
  func mayFit(_ path: Bytes, _ tail: [Range<Int>], _ machine: MachinePlaces) -> Bool {
    guard tail.count >= min(folders.count, SignTable.mostFolders) else { return false }
    // A folder for temporary files is told by its name, but for the one that the user has set.
    if anchor == .temporary, folders.count < tail.count, !machine.mayHoldTemporary(path[slice: tail[folders.count]]) {
      return false
    }
    for (range, folder) in zip(tail, folders.reversed()) where !folder.matches(path[slice: range]) { return false }
    return true
  }

  /// How the folder at this path, component by component, fits; nil where it does not.
  func fit(of folder: [ArraySlice<UInt8>], _ machine: MachinePlaces) -> Fit? {
    guard folder.count >= folders.count else { return nil }
    let above = folder.dropLast(folders.count)
    guard zip(folder.suffix(folders.count), folders).allSatisfy({ $1.matches($0) }) else { return nil }
    let isInPlace =
      switch anchor {
      case .anywhere: true
      case .root: above.isEmpty
      case .home: machine.isHome(above)
      case .temporary: machine.isTemporary(above)
      }
    if isInPlace { return .inPlace }
    // Elsewhere one name alone says nothing, and what is called as in a folder for temporary files neither.
    return folders.isEmpty || anchor == .temporary ? nil : .elsewhere
  }
}

extension SignPattern {
  /// Whether what it stands for may lie below the folder at this path.
  func goes(through folder: [ArraySlice<UInt8>], _ machine: MachinePlaces) -> Bool {
    switch anchor {
    case .root: isBeginning(folder[...])
    case .temporary:
      folder.indices.contains { machine.isTemporary(folder[..<$0]) && isBeginning(folder[$0...]) }
    case .anywhere, .home: false
    }
  }

  private func isBeginning(_ path: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    path.count <= folders.count && zip(path, folders).allSatisfy { $1.matches($0) }
  }

  /// The folders that the path begins with, as far as it is written out, absolute; nil for one that may lie anywhere.
  func places(_ machine: MachinePlaces) -> [String] {
    switch anchor {
    case .anywhere, .home: return []
    case .temporary: return machine.temporaryFolders
    case .root:
      let parts = folders.prefix { !$0.isWild }.compactMap(\.literal).map { String(decoding: $0, as: UTF8.self) }
      return parts.isEmpty ? [] : ["/" + parts.joined(separator: "/")]
    }
  }
}

extension SignList {
  /// The folders of this machine in which signs lie that are neither in a home nor in a project.
  public var places: [String] {
    var seen: Set<String> = []
    return signs.filter { $0.kind != .branch }.flatMap { SignPattern($0.path).places(machine) }.filter {
      seen.insert($0).inserted
    }
  }
}

/// One component of a path in which `*` stands for anything, also for nothing.
struct NamePattern: Sendable {
  /// What stands before the first star; the whole name where there is none.
  private let first: [UInt8]
  /// What stands between stars.
  private let middle: [[UInt8]]
  /// What stands after the last star.
  private let last: [UInt8]
  let isWild: Bool

  init(_ text: some Collection<UInt8>) {
    guard text.contains(UInt8(ascii: "*")) else {
      (first, middle, last, isWild) = (Array(text), [], [], false)
      return
    }
    let parts = text.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
    first = parts.first ?? []
    middle = Array(parts.dropFirst().dropLast())
    isWild = parts.count > 1
    last = isWild ? parts[parts.count - 1] : []
  }

  /// The whole name, where there is no star.
  var literal: [UInt8]? { isWild ? nil : first }

  /// - Complexity: O(name), and that times the parts between stars, of which no pattern has more than a few.
  func matches(_ name: Bytes) -> Bool {
    guard isWild else { return name.equals(first) }
    guard name.count >= first.count + last.count, name[slice: 0..<first.count].equals(first),
      name[slice: (name.count - last.count)..<name.count].equals(last)
    else { return false }
    return middle.isEmpty || holdsMiddle(name[first.count..<(name.count - last.count)])
  }

  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    name.withUnsafeBufferPointer { matches($0) }
  }

  private func holdsMiddle(_ text: Slice<Bytes>) -> Bool {
    var rest = text
    for part in middle {
      while !rest.starts(with: part) {
        if rest.isEmpty { return false }
        rest = rest.dropFirst()
      }
      rest = rest.dropFirst(part.count)
    }
    return true
  }
}

/// Which folders of this machine are homes, and which hold temporary files.
public struct MachinePlaces: Sendable {
  private let home: [[UInt8]]
  private let temporary: [[UInt8]]

  /// - Parameters:
  ///   - home: The user's own, absolute, without links; nil where it is not known.
  ///   - temporary: `TMPDIR`, likewise.
  public init(home: String? = nil, temporary: String? = nil) {
    self.home = Self.components(home)
    self.temporary = Self.components(temporary)
  }

  private static func components(_ path: String?) -> [[UInt8]] {
    (path ?? "").utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
  }

  /// Where temporary files lie, whoever made them.
  var temporaryFolders: [String] {
    let own =
      temporary.isEmpty ? [] : ["/" + temporary.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")]
    return own + ["/tmp", "/var/tmp", "/dev/shm"]
  }

  /// `/root`, `/home/NAME`, `/Users/NAME`, and the user's own.
  func isHome(_ path: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    if !home.isEmpty, Self.areEqual(path, home) { return true }
    guard let first = path.first else { return false }
    if path.count == 1 { return first.elementsEqual("root".utf8) }
    return path.count == 2 && ["home", "Users"].contains { first.elementsEqual($0.utf8) }
  }

  /// `/tmp`, `/var/tmp`, `/dev/shm`, macOS's own for each user, `TMPDIR`; and any folder that is called `tmp`.
  func isTemporary(_ path: ArraySlice<ArraySlice<UInt8>>) -> Bool {
    guard let last = path.last else { return false }
    if !temporary.isEmpty, Self.areEqual(path, temporary) { return true }
    if last.elementsEqual("T".utf8) { return path.contains { $0.elementsEqual("folders".utf8) } }
    return ["tmp", "Temp", "shm"].contains { last.elementsEqual($0.utf8) }
  }

  /// Whether a path of so many components, with this last one, may be a home, a folder for temporary files, or the root.
  func mayBeAnchor(count: Int, last: Bytes) -> Bool {
    count <= 2 || count == home.count || mayHoldTemporary(last)
  }

  /// Whether a folder of this name may hold temporary files.
  func mayHoldTemporary(_ name: Bytes) -> Bool {
    name.equals("tmp") || name.equals("Temp") || name.equals("shm") || name.equals("T")
      || (temporary.last.map { name.equals($0) } ?? false)
  }

  private static func areEqual(_ path: ArraySlice<ArraySlice<UInt8>>, _ other: [[UInt8]]) -> Bool {
    path.count == other.count && zip(path, other).allSatisfy { $0.elementsEqual($1) }
  }
}
