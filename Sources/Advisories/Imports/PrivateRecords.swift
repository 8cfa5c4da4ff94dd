// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Versions

/// Collects packages and their versions into records of their own, one for each id.
///
/// The id of a package from a list is `private/NAME/ECOSYSTEM/PACKAGE`, that of a catalogue's entry `private/NAME/ENTRY`:
/// it stays the same when lines are added above, so that a finding keeps its id. No public database has a slash there.
struct PrivateRecords {
  private let options: ImportOptions
  private let name: String
  private(set) var records: [OSVRecord] = []
  private var places: [String: Int] = [:]

  init(_ options: ImportOptions) {
    self.options = options
    name = Self.label(options.name)
  }

  /// Letters, digits, `.`, `_` and `-`; never empty, `.` or `..`.
  static func label(_ text: String) -> String {
    let bytes = text.utf8.prefix(64).map { isPlain($0) ? $0 : UInt8(ascii: "-") }
    return bytes.contains { $0 != UInt8(ascii: ".") } ? String(decoding: bytes, as: UTF8.self) : "list"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: ImportedNames.isLetterOrDigit(byte)
    }
  }

  /// Adds a version of a package, `*` for all, to the record of the package.
  mutating func add(_ package: Package, versions: [String]) {
    let name = package.ecosystem.matchingName(package.name)
    add(package, versions: versions, to: record("\(package.ecosystem.rawValue)/\(name)"))
  }

  /// Adds versions of a package to the record at `place`.
  mutating func add(_ package: Package, versions: [String], to place: Int) {
    let index = affected(package, of: place)
    for version in versions { Self.add(version, to: &records[place].affected[index]) }
  }

  private static func add(_ version: String, to entry: inout AffectedPackage) {
    if version != "*" {
      if !entry.versions.contains(version) { entry.versions.append(version) }
    } else if !entry.isWhole {
      var range = AffectedPackage.Range()
      range.type = "ECOSYSTEM"
      range.events = [.introduced("0")]
      entry.ranges.append(range)
    }
  }

  /// The place of the record with this id behind `private/NAME/`, which is made where it is not there.
  mutating func record(_ id: String) -> Int {
    if let place = places[id] { return place }
    var record = OSVRecord()
    record.id = "private/\(name)/\(id)"
    record.modified = options.modified
    record.remarks.isMalicious = options.isMalicious
    records.append(record)
    places[id] = records.count - 1
    return records.count - 1
  }

  /// Lets `change` change the record at `place`.
  mutating func change(_ place: Int, _ change: (inout OSVRecord) -> Void) {
    change(&records[place])
  }

  private mutating func affected(_ package: Package, of place: Int) -> Int {
    let entries = records[place].affected
    if let index = entries.firstIndex(where: { $0.ecosystem == package.ecosystem && $0.name == package.name }) {
      return index
    }
    var entry = AffectedPackage()
    (entry.ecosystem, entry.name) = (package.ecosystem, package.name)
    records[place].affected.append(entry)
    return entries.count
  }
}
