// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// Names of Python's wheels and source archives.
///
/// - Source: https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention and
///   https://packaging.python.org/en/latest/specifications/source-distribution-format/#source-distribution-file-name (read 2026-11-25)
enum PythonArchive {
  /// Of `name-1.0-py3-none-any.whl` or `name-1.0.tar.gz`, the name normalised; nil where it is neither.
  static func package(of file: [UInt8]) -> (name: String, version: String)? {
    let text = String(decoding: file, as: UTF8.self)
    // pdm keeps what it has unpacked under the wheel's name.
    for ending in [".whl.cache", ".whl", ".cache"] where text.hasSuffix(ending) {
      return wheel(text.dropLast(ending.utf8.count))
    }
    for ending in [".tar.gz", ".zip", ".tar.bz2", ".tgz"] where text.hasSuffix(ending) {
      return stem(text.dropLast(ending.utf8.count))
    }
    return wheel(text[...])
  }

  private static func wheel(_ stem: Substring) -> (name: String, version: String)? {
    let parts = stem.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 5 || parts.count == 6, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    return (PyPIName.normalised(String(parts[0])), String(parts[1]))
  }

  /// `name-1.0`: the version has no hyphen, and old names have some.
  static func stem(_ stem: Substring) -> (name: String, version: String)? {
    guard let hyphen = stem.utf8.lastIndex(of: UInt8(ascii: "-")), hyphen > stem.startIndex else { return nil }
    let version = stem[stem.utf8.index(after: hyphen)...]
    guard let first = version.utf8.first, isDigit(first) || first == UInt8(ascii: "v") else { return nil }
    return (PyPIName.normalised(String(stem[..<hyphen])), String(version))
  }
}
