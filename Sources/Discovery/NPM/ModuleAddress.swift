// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// What the address of a module in `deno.lock` says about packages: several public servers hand out npm packages file
/// by file.
///
/// - Source: https://esm.sh/#docs, https://unpkg.com/, https://www.jsdelivr.com/documentation#id-npm,
///   https://docs.skypack.dev/skypack-cdn/api-reference, https://jspm.org/docs (read 2026-11-23)
enum ModuleAddress {
  /// `partial`: what the server gave is not the package as the registry has it.
  case package(ExtractedPackage)
  /// Of a server that has nothing to do with a registry, or of a part of it that has not.
  case notOfRegistry
  /// Of a server that hands out packages, and yet without the name of one.
  case notUnderstood

  init(_ address: String) {
    var address = address
    let tarball = address.withUTF8 { bytes -> ExtractedPackage? in
      guard let tarball = RegistryTarball(bytes), let name = tarball.name else { return nil }
      return Self.package(name, tarball.version ?? "", .npm)
    }
    if let tarball {
      self = .package(tarball)
      return
    }
    guard let (host, path) = Self.split(address) else {
      self = .notOfRegistry
      return
    }
    let segments = path.split(separator: "/", omittingEmptySubsequences: true).map { Self.percentDecoded($0) }
    switch host {
    case "esm.sh", "cdn.esm.sh", "esm.run": self = Self.esm(segments[...])
    case "unpkg.com", "www.unpkg.com", "app.unpkg.com": self = Self.package(segments[...])
    case "cdn.skypack.dev": self = Self.skypack(segments[...])
    case "jspm.dev", "dev.jspm.io", "ga.jspm.io": self = Self.jspm(segments[...])
    case "jsr.io": self = Self.jsr(segments[...])
    case _ where host.hasSuffix(".jsdelivr.net"):
      let kind = segments.first
      self = kind == "npm" ? Self.package(segments.dropFirst()) : kind == "combine" ? .notUnderstood : .notOfRegistry
    default: self = .notOfRegistry
    }
  }

  /// Host, and path without query and fragment; nil where there is no host.
  private static func split(_ address: String) -> (host: Substring, path: Substring)? {
    let bytes = address.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), address[colon...].hasPrefix("://") else { return nil }
    let rest = bytes[bytes.index(colon, offsetBy: 3)...]
    let end = rest.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? rest.endIndex
    let slash = rest[..<end].firstIndex(of: UInt8(ascii: "/")) ?? end
    return (Substring(rest[..<slash]), Substring(rest[slash..<end]))
  }

  // MARK: Servers

  /// `/name@1.0.0/es2022/x.mjs`, with a build's number, `stable` or a star before it. Its replacements for Node's own
  /// modules (`/node/process.mjs`, `/v135/node_process.js`) are no packages.
  private static func esm(_ segments: ArraySlice<String>) -> ModuleAddress {
    var segments = segments
    while let first = segments.first, first == "stable" || isBuildNumber(first) { segments.removeFirst() }
    guard var first = segments.popFirst() else { return .notOfRegistry }
    if first == "jsr" { return jsr(segments) }
    if ["gh", "pr", "pkg.pr.new", "node"].contains(first) { return .notOfRegistry }
    if first.hasPrefix("*") { first.removeFirst() }
    let isFile = [".js", ".mjs", ".ts", ".css", ".json", ".wasm"].contains { first.hasSuffix($0) }
    if isFile, segments.isEmpty, !first.utf8.contains(UInt8(ascii: "@")) { return .notOfRegistry }
    return package(([first] + segments)[...])
  }

  private static func isBuildNumber(_ segment: String) -> Bool {
    segment.utf8.count > 1 && segment.utf8.first == UInt8(ascii: "v")
      && segment.utf8.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// `/name@1.0.0`, and `/-/name@v1.0.0-<hash>/…` or `/pin/name@v1.0.0-<hash>/…`.
  private static func skypack(_ segments: ArraySlice<String>) -> ModuleAddress {
    guard let first = segments.first, first == "-" || first == "pin" || first == "new" else { return package(segments) }
    var segments = segments.dropFirst()
    let last = segments.first?.hasPrefix("@") == true ? segments.startIndex + 1 : segments.startIndex
    if first != "new", segments.indices.contains(last), let dash = segments[last].utf8.lastIndex(of: UInt8(ascii: "-"))
    {
      if let at = segments[last].utf8.lastIndex(of: UInt8(ascii: "@")), at < dash {
        segments[last] = String(segments[last][..<dash])
      }
    }
    return package(segments)
  }

  /// `/npm:name@1.0.0!cjs/…`
  private static func jspm(_ segments: ArraySlice<String>) -> ModuleAddress {
    guard var first = segments.first else { return .notOfRegistry }
    if let colon = first.utf8.firstIndex(of: UInt8(ascii: ":")) {
      guard first[..<colon] == "npm" else { return .notOfRegistry }
      first = String(first[first.utf8.index(after: colon)...])
    }
    let segments = ([first] + segments.dropFirst()).map { segment in
      segment.utf8.firstIndex(of: UInt8(ascii: "!")).map { String(segment[..<$0]) } ?? segment
    }
    return package(segments[...])
  }

  /// `/@scope/name/1.0.0/mod.ts`, or `/@scope/name@1.0.0` where esm.sh hands it out.
  private static func jsr(_ segments: ArraySlice<String>) -> ModuleAddress {
    guard let scope = segments.first, scope.hasPrefix("@"), let name = segments.dropFirst().first else {
      return .notOfRegistry
    }
    if name.utf8.contains(UInt8(ascii: "@")) { return package(segments, ecosystem: .jsr) }
    var version = segments.dropFirst(2).first ?? ""
    if version.hasSuffix("_meta.json") { version = String(version.dropLast("_meta.json".count)) }
    return .package(package("\(scope)/\(name)", version == "meta.json" ? "" : version, .jsr))
  }

  // MARK: Packages

  /// `name@1.0.0` or `@scope/name@1.0.0` at the beginning.
  private static func package(_ segments: ArraySlice<String>, ecosystem: Ecosystem = .npm) -> ModuleAddress {
    guard let first = segments.first else { return .notOfRegistry }
    var text = first
    if first.hasPrefix("@") {
      guard first.utf8.count > 1, let second = segments.dropFirst().first else { return .notUnderstood }
      text = "\(first)/\(second)"
    }
    let at = DenoPackageID.separator(in: text)
    let name = at.map { String(text[..<$0]) } ?? text
    // esm.sh writes options behind an ampersand.
    let version = at.map { text[text.utf8.index(after: $0)...].utf8.prefix { $0 != UInt8(ascii: "&") } }
    return .package(package(name, version.map { String(Substring($0)) } ?? "", ecosystem))
  }

  private static func package(_ name: String, _ version: String, _ ecosystem: Ecosystem) -> ExtractedPackage {
    let normalised = NPMVersion.normalised(version)
    let isExact = NPMVersion.isExact(normalised)
    return ExtractedPackage(
      ecosystem: ecosystem, name: name, version: isExact ? normalised : nil, kind: .locked, confidence: .partial,
      requirement: isExact || version.isEmpty ? nil : version)
  }

  /// An escape that is none stays as it is.
  private static func percentDecoded(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        decoded.append(value)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }
}
