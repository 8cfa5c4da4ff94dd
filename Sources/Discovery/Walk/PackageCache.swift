// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Folders in which package managers keep what they have downloaded, as archives or as files named by their hashes.
///
/// - Source: the manuals of npm (`cache`), yarn (`cacheFolder`) and pnpm (`store-dir`) (read 2026-11-23)
enum PackageCache {
  /// Whose cache the folder `name` in the folder at `parent` is; nil if it is none.
  /// - Complexity: O(length of the name), for nearly every folder.
  static func owner(ofFolder name: Bytes, in parent: [UInt8]) -> String? {
    if name.equals("_cacache") { return "npm" }
    guard name.equals("cache") || name.equals("files") else { return nil }
    let components = parent.split(separator: UInt8(ascii: "/"))
    guard let last = components.last else { return nil }
    if name.equals("cache"), last.elementsEqual(".yarn".utf8) || last.elementsEqual("berry".utf8) { return "yarn" }
    guard name.equals("files"), last.first == UInt8(ascii: "v"), let store = components.dropLast().last else {
      return nil
    }
    return store.elementsEqual("store".utf8) || store.elementsEqual(".pnpm-store".utf8) ? "pnpm" : nil
  }
}
