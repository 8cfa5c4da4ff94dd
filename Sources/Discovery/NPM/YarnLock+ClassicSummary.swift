// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

extension YarnLock.Classic {
  /// What the patterns of one entry say together.
  struct Summary {
    /// The registry's names, each once; for packages from elsewhere the names that the project gave them.
    private(set) var names: [String] = []
    /// The names under which it is installed, where they are others.
    private(set) var installedNames: [String] = []
    /// Whether no pattern asks for a package of a registry.
    private(set) var isForeign = true
    /// Where an address leads that the patterns ask for.
    private(set) var address: String?
    /// The folder, where all patterns are folders.
    private(set) var folder: String?

    init(_ tokens: [YarnLock.ClassicToken]) {
      var isFolder = true
      for token in tokens {
        token.withBytes { bytes in
          let pattern = YarnPattern(bytes, isClassic: true)
          if pattern.kind == .folder, folder == nil { folder = Self.path(of: pattern) }
          if pattern.kind != .folder { isFolder = false }
          if pattern.kind == .registry { isForeign = false }
          if pattern.kind == .address, address == nil { address = pattern.range.string }
          add(pattern)
        }
      }
      if !isFolder { folder = nil }
    }

    private mutating func add(_ pattern: YarnPattern) {
      guard !pattern.name.isEmpty else { return }
      let name = pattern.realName.string
      if !names.contains(name) { names.append(name) }
      if !pattern.name.elementsEqual(pattern.realName) { installedNames.append(pattern.name.string) }
    }

    private static func path(of pattern: YarnPattern) -> String {
      let range = pattern.range
      guard let colon = range.firstIndex(of: UInt8(ascii: ":")) else { return range.string }
      return range[slice: (colon + 1)..<range.count].string
    }
  }
}
