// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Folders in which package managers keep what they have downloaded, as archives or as files named by their hashes.
///
/// - Source: the manuals of npm (`cache`), yarn (`cacheFolder`) and pnpm (`store-dir`) (read 2026-11-23), pip (`cache dir`), poetry
///   (`cache-dir`) and conda (`pkgs_dirs`) (read 2026-11-25)
enum PackageCache {
  /// Whose cache the folder `name` in the folder at `parent` is; nil if it is none.
  /// - Complexity: O(length of the name), for nearly every folder.
  static func owner(ofFolder name: Bytes, in parent: [UInt8]) -> String? {
    if name.equals("_cacache") { return "npm" }
    if let owner = pythonOwner(ofFolder: name, in: parent) { return owner }
    guard name.equals("cache") || name.equals("files") else { return nil }
    let components = parent.split(separator: UInt8(ascii: "/"))
    guard let last = components.last else { return nil }
    if name.equals("cache"), last.elementsEqual(".yarn".utf8) || last.elementsEqual("berry".utf8) { return "yarn" }
    guard name.equals("files"), last.first == UInt8(ascii: "v"), let store = components.dropLast().last else {
      return nil
    }
    return store.elementsEqual("store".utf8) || store.elementsEqual(".pnpm-store".utf8) ? "pnpm" : nil
  }

  /// pip keeps what it has downloaded, and wheels that it has built; poetry keeps archives; conda keeps them beside what it has unpacked.
  private static func pythonOwner(ofFolder name: Bytes, in parent: [UInt8]) -> String? {
    func lies(in folder: String) -> Bool {
      let ending = Array(folder.utf8)
      return parent.elementsEqual(ending) || parent.suffix(ending.count + 1).elementsEqual([UInt8(ascii: "/")] + ending)
    }
    switch name.first {
    case UInt8(ascii: "h") where name.equals("http") || name.equals("http-v2"): return lies(in: "pip") ? "pip" : nil
    case UInt8(ascii: "w") where name.equals("wheels"): return lies(in: "pip") ? "pip" : nil
    case UInt8(ascii: "a") where name.equals("artifacts"): return lies(in: "pypoetry") ? "poetry" : nil
    case UInt8(ascii: "p") where name.equals("pkgs"):
      let names = ["conda", ".conda", "miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba"]
      return names.contains(where: lies) ? "conda" : nil
    default: return nil
    }
  }
}
