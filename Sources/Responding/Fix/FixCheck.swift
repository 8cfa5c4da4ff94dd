// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Discovery
internal import Inventory
internal import Parsing

/// The law that every edit obeys: our own reader of the format finds the bad versions no more, and nothing that was not there.
public enum FixCheck {
  private struct Name: Hashable {
    let ecosystem: Ecosystem
    let name: String
    let version: String?
  }

  /// - Returns: false also where the new file cannot be read, or says of something else than before that it is not understood; true for a
  ///   format that nothing here reads yet.
  public static func isRight(path: String, old: [UInt8], new: [UInt8], _ pins: [Pin]) -> Bool {
    guard extractor(FilePlace(path: path)) != nil else { return true }
    guard let before = read(path, old), let after = read(path, new), after.problems.count <= before.problems.count
    else {
      return false
    }
    let (names, newNames) = (names(before), names(after))
    let bad = Set(pins.flatMap { pin in pin.bad.map { Name(ecosystem: pin.ecosystem, name: pin.name, version: $0) } })
    let safe = Set(pins.map { Name(ecosystem: $0.ecosystem, name: $0.name, version: $0.safe) })
    return newNames.isDisjoint(with: bad) && newNames.subtracting(safe).isSubset(of: names)
  }

  private static func read(_ path: String, _ bytes: [UInt8]) -> Reading.Outcome? {
    let place = FilePlace(path: path)
    guard let extractor = extractor(place) else { return nil }
    return bytes.withUnsafeBufferPointer { Reading.read($0, Reading.Request(extractor: extractor, place: place)) }
  }

  private static func extractor(_ place: FilePlace) -> (any Extractor.Type)? {
    extractors.first { $0.files.contains { matches($0, place) } }
  }

  private static func matches(_ pattern: FilePattern, _ place: FilePlace) -> Bool {
    let (name, folder) = (place.name, place.folders.last ?? "")
    return switch pattern {
    case .name(let text): name == text
    case .inFolder(let text, let own): folder == text && name == own
    case .inFolderEnding(let text, let own): folder.hasSuffix(text) && name == own
    case .endingInFolder(let text, let ending): folder == text && name.hasSuffix(ending)
    case .affixes(let prefix, let suffix):
      name.hasPrefix(prefix) && name.hasSuffix(suffix) && name.utf8.count > prefix.utf8.count + suffix.utf8.count
    case .ending(let ending, _): name.hasSuffix(ending)
    }
  }

  /// What is asked for by a range has no version, and stays out: a pin takes its place.
  private static func names(_ outcome: Reading.Outcome) -> Set<Name> {
    Set(outcome.packages.map { Name(ecosystem: $0.ecosystem, name: $0.name, version: $0.version) })
  }
}
