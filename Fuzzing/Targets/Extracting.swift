// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Discovery
internal import Inventory
internal import Parsing

/// What the law book says of every extractor: the same input gives the same answer, chains or not; nothing is silently empty; lines lie in
/// the file; purls are purls.
func fuzzExtractor(_ extractor: any Extractor.Type, _ bytes: Bytes) {
  let places = places(of: extractor)
  let place = places[bytes.count % places.count]
  let limits = Limits(depth: 64, entriesPerFile: 10_000)
  let plain = Reading.read(bytes, Reading.Request(extractor: extractor, place: place, limits: limits))
  let withPaths = Reading.read(
    bytes, Reading.Request(extractor: extractor, place: place, limits: limits, wantsPaths: true))
  require(plain.packages == withPaths.packages, "other packages where chains are wanted")
  require(plain.problems == withPaths.problems, "other problems where chains are wanted")
  require(plain.paths.isEmpty, "chains that nobody wanted")
  require(withPaths.paths.count == withPaths.packages.count, "not one chain for each package")
  if bytes.isEmpty, !extractor.mayBeEmpty { require(plain.problems.map(\.reason) == [.empty], "an empty file is none") }
  // An upper bound: YAML also ends lines with a lone carriage return, U+0085, U+2028 or U+2029, whatever the encoding.
  let lines = bytes.count { [0x0A, 0x0D, 0x85, 0x28, 0x29, 0xA8, 0xA9].contains($0) } + 2
  for problem in plain.problems { check(line: problem.line ?? 0, lines) }
  for package in plain.packages {
    check(line: package.line, lines)
    check(package)
  }
}

private func places(of extractor: any Extractor.Type) -> [FilePlace] {
  extractor.files.flatMap { file in
    let name =
      switch file {
      case .name(let name): name
      case .inFolder(let folder, let name): "\(folder)/\(name)"
      case .inFolderEnding(let ending, let name): "main\(ending)/\(name)"
      case .endingInFolder(let folder, let ending): "\(folder)/main\(ending)"
      case .affixes(let prefix, let suffix): "\(prefix)main\(suffix)"
      case .ending(let ending, _): "main\(ending)"
      }
    return ["/project/\(name)", "/project/node_modules/a/\(name)", "/usr/share/nodejs/a/\(name)"].map(FilePlace.init)
  }
}

private func check(line: Int, _ lines: Int) {
  require((0...lines).contains(line), "line \(line) of at most \(lines)")
}

private func check(_ package: ExtractedPackage) {
  require(!package.name.isEmpty, "a package without a name")
  require(package.version != "", "a version without a letter")
  let purl = Package(ecosystem: package.ecosystem, name: package.name, version: package.version).purl
  require(isPURL(purl), "no purl: \(purl)")
}

/// Whether a text has the form of a purl without qualifiers: only what the specification leaves unencoded, and percent signs with two digits.
func isPURL(_ text: String) -> Bool {
  guard text.hasPrefix("pkg:") else { return false }
  let bytes = Array(text.utf8)
  for (index, byte) in bytes.enumerated() {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      continue
    case UInt8(ascii: "%"):
      let digits = bytes[(index + 1)...].prefix(2)
      guard digits.count == 2, UInt8(String(decoding: digits, as: UTF8.self), radix: 16) != nil else { return false }
    default: guard "-._~:@/".utf8.contains(byte) else { return false }
    }
  }
  return bytes.count { $0 == UInt8(ascii: "@") } <= 1
}
