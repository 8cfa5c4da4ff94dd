// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Names and versions in the addresses of npm's archives, and in the specifiers that people type.
enum NPMAddress {
  /// Of `https://host/any/path/@scope/name/-/name-1.0.0.tgz`, or of GitHub's `https://host/download/@scope/name/1.0.0/digest`; nil
  /// where the address is no archive's.
  static func package(of address: String) -> (name: String, version: String)? {
    guard let scheme = address.firstRange(of: "://") else { return nil }
    let path = address[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
    let parts = path.split(separator: "/").map(percentDecoded).flatMap { $0.split(separator: "/").map(String.init) }
    if let download = parts.firstIndex(of: "download"), parts.count == download + 5, parts[download + 1].hasPrefix("@")
    {
      return (parts[download + 1] + "/" + parts[download + 2], parts[download + 3])
    }
    guard parts.count >= 4, parts[parts.count - 2] == "-", let file = parts.last, file.hasSuffix(".tgz") else {
      return nil
    }
    let stem = parts[parts.count - 3]
    let scope = parts[parts.count - 4]
    guard file.hasPrefix(stem + "-") else { return nil }
    let version = file.dropFirst(stem.count + 1).dropLast(4)
    return version.isEmpty ? nil : (scope.hasPrefix("@") ? "\(scope)/\(stem)" : stem, String(version))
  }

  /// `@scope/name@1.0.0` → its name and what follows the `@`; nil where nothing does.
  static func parts(ofSpec spec: Substring) -> (name: String, version: String)? {
    let start =
      spec.utf8.first == UInt8(ascii: "@") ? spec.utf8.index(after: spec.utf8.startIndex) : spec.utf8.startIndex
    guard let at = spec.utf8[start...].firstIndex(of: UInt8(ascii: "@")) else { return nil }
    let version = spec[spec.utf8.index(after: at)...]
    return version.isEmpty ? nil : (String(spec[..<at]), String(version))
  }
}

/// With `%2f` and its like decoded.
private func percentDecoded(_ text: Substring) -> String {
  guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
  var bytes: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.popFirst() {
    let digits = rest.prefix(2)
    if byte == UInt8(ascii: "%"), digits.count == 2, let value = UInt8(Substring(digits), radix: 16) {
      bytes.append(value)
      rest = rest.dropFirst(2)
    } else {
      bytes.append(byte)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
