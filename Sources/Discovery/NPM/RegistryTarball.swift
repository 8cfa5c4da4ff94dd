// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// The address of a package's tarball as npm's registries build it: `https://host/any/path/@scope/name/-/name-1.0.0.tgz`.
struct RegistryTarball {
  /// Everything before `/-/`.
  private let path: Bytes
  /// Everything after it, without fragment and query.
  private let file: Bytes

  /// nil where the address is not of this form.
  init?(_ address: Bytes) {
    let end = Self.endOfPath(address)
    var slash = end
    while slash > 0, address[slash - 1] != UInt8(ascii: "/") { slash -= 1 }
    guard slash >= 3, address[slash - 2] == UInt8(ascii: "-"), address[slash - 3] == UInt8(ascii: "/") else {
      return nil
    }
    file = address[slice: slash..<end]
    path = address[slice: 0..<(slash - 3)]
    guard file.ends(with: ".tgz"), address.starts(with: "http") else { return nil }
  }

  /// Looks at every address whole: a query may well end with `/name/-/name-1.0.0.tgz`.
  private static func endOfPath(_ address: Bytes) -> Int {
    address.firstOffset(ofEither: UInt8(ascii: "?"), or: UInt8(ascii: "#"))
  }

  /// Whether the address is one of the package `name`.
  func pathEnds(withPackage name: String) -> Bool {
    var name = name
    return name.withUTF8 { name in
      guard path.count > name.count, path[path.count - name.count - 1] == UInt8(ascii: "/") else { return false }
      return path[slice: (path.count - name.count)..<path.count].equals(name)
    }
  }

  /// Whether the address is one of the package and its version: false where that takes a closer look.
  func isOf(_ package: ExtractedPackage) -> Bool {
    guard var version = package.version, pathEnds(withPackage: package.name) else { return false }
    return version.withUTF8 { version in
      let start = file.count - 4 - version.count
      return start > 0 && file[start - 1] == UInt8(ascii: "-")
        && file[slice: start..<(start + version.count)].equals(version)
    }
  }

  /// The package's name: the last component of the path, with the scope before it; nil where the path has none. Some
  /// registries write it encoded (`@scope%2fname`).
  var name: String? {
    let components = path.split(separator: UInt8(ascii: "/"))
    // `https:`, the host, and then the name.
    guard components.count >= 3, let last = components.last.map(Self.percentDecoded), !last.isEmpty else { return nil }
    let scope = Self.percentDecoded(components[components.count - 2])
    return scope.hasPrefix("@") && !last.hasPrefix("@") ? "\(scope)/\(last)" : last
  }

  private static func percentDecoded(_ text: Slice<Bytes>) -> String {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2, digits.first != UInt8(ascii: "+"),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The version in the file's name, where it begins with the package's own.
  var version: String? {
    guard let stem = name?.utf8.split(separator: UInt8(ascii: "/")).last else { return nil }
    let text = Self.percentDecoded(file.dropLast(4)).utf8
    let rest = text.dropFirst(stem.count)
    guard text.starts(with: stem), rest.first == UInt8(ascii: "-"), rest.count > 1 else { return nil }
    return String(Substring(rest.dropFirst()))
  }
}
