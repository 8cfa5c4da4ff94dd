// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement

/// A folder that stays open after it was read.
final class OpenFolder {
  let place: ScanPlace
  let path: [UInt8]
  let descriptor: Descriptor

  init(place: ScanPlace, path: [UInt8], descriptor: consuming Descriptor) {
    self.place = place
    self.path = path
    self.descriptor = descriptor
  }

  /// Where the way from this folder to the one at `other` begins in that path; nil where that does not lie below.
  func startOfRest(of other: [UInt8]) -> Int? {
    if path.isEmpty { return 0 }
    guard other.count > path.count, other[path.count] == UInt8(ascii: "/"), other.starts(with: path) else {
      return nil
    }
    return path.count + 1
  }
}
