// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// What was moved into one locked folder: written before anything is moved, and never changed afterwards.
///
/// Which of its things have been moved, the folder tells and not the manifest: a thing lies under its number, or still where it was.
/// So the two cannot disagree, at whatever moment the program was killed.
public struct QuarantineManifest: Hashable, Sendable {
  public static let schema = "gifthorse.quarantine/1"
  /// Bytes of the largest manifest that is read.
  public static let mostBytes = 64 << 20

  /// The name of the locked folder: the time and a short name of its own.
  public var id: String
  /// RFC 3339, UTC.
  public var created: String
  public var items: [QuarantinedItem]

  public init(id: String, created: String, items: [QuarantinedItem]) {
    self.id = id
    self.created = created
    self.items = items
  }

  /// A path as it is shown: bytes that are no UTF-8 as `\xNN`.
  public static func shown(_ path: [UInt8]) -> String { PathText.shown(path) }
}

extension QuarantinedItem {
  /// Whether a path leads to something below the folder that it starts at, and not into a quarantine: each of its parts is a name.
  public static func isInside(_ path: [UInt8]) -> Bool {
    guard !path.isEmpty, !path.contains(0) else { return false }
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        && !part.elementsEqual(QuarantineLayout.folderName.utf8)
    }
  }
}
