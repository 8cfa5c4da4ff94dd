// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// What a line of a requirements file means, once continuations are joined and comments left out.
///
/// - Source: https://pip.pypa.io/en/stable/reference/requirements-file-format/ (read 2026-11-25)
struct RequirementLine {
  /// Whether what is listed is installed, rather than asked for.
  var isVendored = false

  private static let withValue: Set<String> = [
    "-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links", "--no-binary", "--only-binary",
    "--trusted-host", "--use-feature", "--hash", "--global-option", "--install-option", "--build-option", "-C",
    "--config-settings", "--config-setting",
  ]
  private static let alone: Set<String> = [
    "--no-index", "--pre", "--prefer-binary", "--require-hashes", "--process-dependency-links", "-Z",
    "--always-unzip", "--use-wheel", "--no-use-wheel", "--use-pep517", "--no-use-pep517", "--no-build-isolation",
  ]

  func read(_ line: ArraySlice<UInt8>, at number: Int, into extraction: inout Extraction) {
    let end = Self.startOfOptions(line)
    let requirement = line[..<end].trimmed
    guard requirement.isEmpty else { return readRequirement(requirement.string, at: number, into: &extraction) }
    readOptions(line, at: number, into: &extraction)
  }

  /// Options begin with the first word that begins with a hyphen.
  private static func startOfOptions(_ line: ArraySlice<UInt8>) -> Int {
    line.indices.first {
      line[$0] == UInt8(ascii: "-") && ($0 == line.startIndex || line[$0 - 1].isBlank)
    } ?? line.endIndex
  }

  // MARK: Options

  private func readOptions(_ line: ArraySlice<UInt8>, at number: Int, into extraction: inout Extraction) {
    var words = Self.words(line)[...]
    while let word = words.popFirst() {
      var (option, value) = Self.split(word)
      let isKnown = Self.isFile(option) || Self.isEditable(option) || Self.withValue.contains(option)
      if isKnown, value == nil { value = words.popFirst() }
      if let value, Self.isFile(option) {
        include(value, at: number, into: &extraction)
      } else if let value, Self.isEditable(option) {
        readRequirement(value, isEditable: true, at: number, into: &extraction)
      } else if !Self.alone.contains(option), !isKnown || value == nil {
        return extraction.note(.entryNotUnderstood, [PackageSource.redacted(line.string)], line: number)
      }
    }
  }

  private static func isFile(_ option: String) -> Bool {
    ["-r", "--requirement", "--requirements", "-c", "--constraint"].contains(option)
  }

  private static func isEditable(_ option: String) -> Bool { option == "-e" || option == "--editable" }

  /// `--name=value`, and the value that stands right behind a short option's letter.
  private static func split(_ word: String) -> (option: String, value: String?) {
    if word.hasPrefix("--") {
      guard let sign = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (word, nil) }
      return (String(word[..<sign]), String(word[word.utf8.index(after: sign)...]))
    }
    guard word.utf8.count > 2, word.hasPrefix("-") else { return (word, nil) }
    let bytes = ArraySlice(word.utf8)
    return (bytes.prefix(2).string, bytes.dropFirst(bytes.dropFirst(2).first == UInt8(ascii: "=") ? 3 : 2).string)
  }

  /// Words as a shell tells them, as far as pip needs it: quotes keep spaces.
  private static func words(_ line: ArraySlice<UInt8>) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var quote: UInt8?
    for byte in line {
      if let open = quote {
        if byte == open { quote = nil } else { word.append(byte) }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte.isBlank {
        if !word.isEmpty { words.append(word.string) }
        word = []
      } else {
        word.append(byte)
      }
    }
    return word.isEmpty ? words : words + [word.string]
  }

  private func include(_ path: String, at line: Int, into extraction: inout Extraction) {
    if path.hasPrefix("http://") || path.hasPrefix("https://") || path.hasPrefix("file:") || path.contains("${") {
      return extraction.note(.includeNotRead, [PackageSource.redacted(path), "address"], line: line)
    }
    extraction.include(path, line: line, as: Requirements.id)
  }

  // MARK: Requirements

  private func readRequirement(
    _ text: String, isEditable: Bool = false, at line: Int, into extraction: inout Extraction
  ) {
    if let requirement = PythonRequirement(text), requirement.isUnderstood,
      requirement.address != nil || !PythonArchive.isArchive(text)
    {
      return add(requirement.package(line: line), to: &extraction)
    }
    let (place, hasMarker) = Self.withoutMarker(text)
    if Self.isAddress(place) {
      readAddress(place, isOptional: hasMarker, at: line, into: &extraction)
    } else if PythonArchive.isArchive(place) {
      readArchive(place, isOptional: hasMarker, at: line, into: &extraction)
    } else if !isEditable, !Self.isFolder(place) {
      if let package = PythonRequirement(text)?.package(line: line) { add(package, to: &extraction) }
      extraction.note(.entryNotUnderstood, [PackageSource.redacted(text)], line: line)
    }
  }

  /// Where an address is meant, a marker needs a space before its semicolon.
  private static func withoutMarker(_ text: String) -> (place: String, hasMarker: Bool) {
    let bytes = ArraySlice(text.utf8)
    let isAddress = isAddress(text)
    let sign = bytes.indices.first {
      bytes[$0] == UInt8(ascii: ";")
        && (!isAddress || ($0 + 1 < bytes.endIndex && bytes[$0 + 1].isBlank)
          || ($0 > bytes.startIndex && bytes[$0 - 1].isBlank))
    }
    guard let sign else { return (text, false) }
    return (bytes[..<sign].trimmed.string, true)
  }

  private static func isAddress(_ text: String) -> Bool {
    let scheme = text.prefix { $0 != ":" }
    guard scheme.utf8.count < text.utf8.count else { return false }
    return ["http", "https", "ftp", "file"].contains(scheme.lowercased())
      || ["git+", "hg+", "svn+", "bzr+"].contains(where: scheme.hasPrefix)
  }

  /// A path that says that it is one.
  private static func isFolder(_ text: String) -> Bool {
    text.hasPrefix(".") || text.hasPrefix("/") || text.hasPrefix("~") || (text.contains("/") && !text.contains(" "))
      || text.hasPrefix("\\") || text.contains(":\\")
  }

  private func readAddress(_ address: String, isOptional: Bool, at line: Int, into extraction: inout Extraction) {
    if let egg = Self.egg(in: address), let requirement = PythonRequirement(egg) {
      let version = requirement.pinned ?? PythonArchive(address: address)?.version
      return add(
        .declaredPython(requirement.name, version: version, source: address, line: line, isOptional: isOptional),
        to: &extraction)
    }
    if PythonArchive(address: address) != nil {
      return readArchive(address, isOptional: isOptional, at: line, into: &extraction)
    }
    guard let name = Self.repositoryName(address) else {
      // A folder on this machine is found where it lies.
      if !address.hasPrefix("file:") {
        extraction.note(.entryNotUnderstood, [PackageSource.redacted(address)], line: line)
      }
      return
    }
    add(.declaredPython(name, version: nil, source: address, line: line, isOptional: isOptional), to: &extraction)
  }

  private func readArchive(_ address: String, isOptional: Bool, at line: Int, into extraction: inout Extraction) {
    guard let archive = PythonArchive(address: address) else {
      return extraction.note(.entryNotUnderstood, [PackageSource.redacted(address)], line: line)
    }
    add(
      .declaredPython(
        archive.name, version: archive.version, source: address, line: line, isOptional: isOptional),
      to: &extraction)
  }

  /// `name[extra]` of `…#subdirectory=x&egg=name[extra]`.
  private static func egg(in address: String) -> String? {
    guard let sign = address.utf8.firstIndex(of: UInt8(ascii: "#")) else { return nil }
    let parts = address[address.utf8.index(after: sign)...].utf8.split(separator: UInt8(ascii: "&"))
    return parts.first { $0.starts(with: "egg=".utf8) }.map {
      ArraySlice($0.dropFirst("egg=".utf8.count)).percentDecoded.string
    }
  }

  /// `requests` of `git+https://host/psf/requests.git@main`; nil where it is no repository's address.
  private static func repositoryName(_ address: String) -> String? {
    guard address.utf8.prefix(while: { $0 != UInt8(ascii: ":") }).contains(UInt8(ascii: "+")) else { return nil }
    let path = PackageSource.redacted(address).utf8.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    let parts = path.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
    guard let last = parts.last else { return nil }
    var name = String(Substring(last.prefix { $0 != UInt8(ascii: "@") }))
    if name.hasSuffix(".git") { name.removeLast(4) }
    return PythonRequirement(name)?.name
  }

  private func add(_ package: ExtractedPackage, to extraction: inout Extraction) {
    var package = package
    if isVendored {
      package.kind = .installed
      package.requirement = nil
    }
    extraction.add(package)
  }
}
