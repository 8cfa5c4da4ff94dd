// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A package URL (purl): the label by which the outside knows a package.
///
/// - Source: https://github.com/package-url/purl-spec, and the definitions of the types in its folder `types`
///   (read 2026-11-25)
public struct PackageURL: Hashable, Sendable {
  /// `pkg:npm/%40scope/name@1.0.0`
  public let text: String

  /// - Complexity: O(length of name and version).
  public init(of package: Package) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(package.name.utf8.count + 32)
    bytes.append(contentsOf: "pkg:".utf8)
    bytes.append(contentsOf: Self.type(of: package.ecosystem).utf8)
    Self.append(name: Self.path(of: package), to: &bytes)
    if let version = package.version, !version.isEmpty {
      bytes.append(UInt8(ascii: "@"))
      Self.append(encoding: (package.ecosystem == .vscode ? version.lowercased() : version).utf8, to: &bytes)
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// The purl type that stands for an ecosystem; an ecosystem without a registered type is `generic`.
  static func type(of ecosystem: Ecosystem) -> String {
    switch ecosystem.base {
    case "npm": "npm"
    case "JSR": "generic/jsr"
    case "VSCode": "vscode-extension"
    case "PyPI": "pypi"
    case "conda": "conda"
    case "Docker": "docker"
    // There is no type for actions; one is a repository, and named so.
    case "GitHub Actions": "github"
    case "crates.io": "cargo"
    case "Go": "golang"
    case "RubyGems": "gem"
    case "Maven": "maven"
    case "NuGet": "nuget"
    case "Packagist": "composer"
    default: "generic"
    }
  }

  /// The name as the purl has it: segments where the ecosystem writes it otherwise, small letters where its type wants them.
  private static func path(of package: Package) -> String {
    let name = package.name
    return switch package.ecosystem.base {
    case "VSCode": slashed(name, at: UInt8(ascii: ".")).lowercased()
    case "Maven": slashed(name, at: UInt8(ascii: ":"))
    // A dot stays: the definition changes it in the names of files alone.
    case "PyPI": String(decoding: name.lowercased().utf8.map { $0 == UInt8(ascii: "_") ? 0x2D : $0 }, as: UTF8.self)
    case "Packagist", "GitHub Actions", "Go": name.lowercased()
    default: name
    }
  }

  /// The name with a slash for the first separator: `publisher.extension`, `group:artifact`.
  private static func slashed(_ name: String, at separator: UInt8) -> String {
    guard let place = name.utf8.firstIndex(of: separator) else { return name }
    return name[..<place] + "/" + name[name.utf8.index(after: place)...]
  }

  /// Segments are separated by `/`; empty, `.` and `..` segments would be dropped by a reader, so their dots are encoded.
  private static func append(name: String, to bytes: inout [UInt8]) {
    for segment in name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
      bytes.append(UInt8(ascii: "/"))
      if segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) {
        for _ in segment { bytes.append(contentsOf: "%2E".utf8) }
      } else {
        append(encoding: segment, to: &bytes)
      }
    }
  }

  private static func append(encoding text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    for byte in text {
      if isUnreserved(byte) {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(hexadecimal(byte >> 4))
        bytes.append(hexadecimal(byte & 15))
      }
    }
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
  }

  /// Letters, digits, `-._~`, and the colon, which the specification leaves as it is.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"):
      true
    default: false
    }
  }
}
