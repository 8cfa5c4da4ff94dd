// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// Every different package once, by number, in the order of first sight.
struct PackageTable {
  private(set) var packages: [Package] = []
  /// For each package the hash of its name alone.
  private(set) var nameHashes: [UInt64] = []
  /// For each package the hash of all of it.
  private var hashes: [UInt64] = []
  /// Open addressing: numbers of packages, or -1. At most half full, a power of two.
  private var slots = [Int32](repeating: -1, count: 1 << 10)

  /// The number of the package with these coordinates, which is new if it has not been asked for before.
  /// - Complexity: O(length of the texts), amortised.
  mutating func number(ecosystem: Ecosystem, name: String, version: String?) -> Int {
    let nameHash = TextHash.of(name)
    let versionHash = version.map(TextHash.of) ?? 1
    let hash = TextHash.combined(TextHash.combined(nameHash, versionHash), TextHash.of(ecosystem.rawValue))
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, packages[number].name == name, packages[number].version == version,
        packages[number].ecosystem == ecosystem
      {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(packages.count)
    packages.append(Package(ecosystem: ecosystem, name: name, version: version))
    hashes.append(hash)
    nameHashes.append(nameHash)
    if packages.count * 2 > slots.count { grow() }
    return packages.count - 1
  }

  /// The number of a package that is here; nil for any other.
  func find(_ package: Package) -> Int? {
    let versionHash = package.version.map(TextHash.of) ?? 1
    let hash = TextHash.combined(
      TextHash.combined(TextHash.of(package.name), versionHash), TextHash.of(package.ecosystem.rawValue))
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      if packages[Int(slots[slot])] == package { return Int(slots[slot]) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Makes room for `count` more packages.
  mutating func reserve(_ count: Int) {
    let wanted = packages.count + count
    guard wanted * 2 > slots.count else { return }
    packages.reserveCapacity(wanted)
    hashes.reserveCapacity(wanted)
    nameHashes.reserveCapacity(wanted)
    var size = slots.count
    while wanted * 2 > size { size *= 2 }
    rehash(count: size)
  }

  private mutating func grow() {
    rehash(count: slots.count * 2)
  }

  private mutating func rehash(count: Int) {
    slots = [Int32](repeating: -1, count: count)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }
}
