// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads what a `setup.cfg` asks for: `install_requires`, `setup_requires` and `tests_require`, and the extras.
///
/// - A value on one line may hold several requirements with semicolons between, as setuptools takes it; one on several lines holds one each.
/// - `file: requirements.txt` has those files read as well; `%(other)s` stands for another key, which is read by itself
///   among the extras and is a problem elsewhere.
/// - Source: https://setuptools.pypa.io/en/latest/userguide/declarative_config.html (read 2026-11-25)
public enum SetupCfg: Extractor {
  public static let id = "python/setup-cfg"
  public static let files: [FilePattern] = [.name("setup.cfg")]
  public static let role = FileRole.manifest
  /// An empty one asks for nothing.
  public static let mayBeEmpty = true

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard !file.place.isOfInstalledPython else { return }
    var reader = INIReader(file.text)
    var ownName: String?
    while let entry = try reader.next() {
      if entry.section == "metadata", entry.key == "name" { ownName = entry.lines.first?.text }
      let isExtra = entry.section == "options.extras_require"
      let isList = ["install_requires", "setup_requires", "tests_require"].contains(entry.key)
      guard isExtra || (entry.section == "options" && isList) else { continue }
      for (text, line) in requirements(entry) {
        guard extraction.packages.count < file.limits.entriesPerFile else {
          throw ParseError(.tooMany, at: file.text.count)
        }
        read(text, at: line, isOptional: isExtra, ownName: ownName, into: &extraction)
      }
    }
  }

  private static func requirements(_ entry: INIReader.Entry) -> [(text: String, line: Int)] {
    guard let first = entry.lines.first, entry.lines.count == 1, !entry.isDangling, !first.text.hasPrefix("file:")
    else {
      return entry.lines
    }
    return first.text.utf8.split(separator: UInt8(ascii: ";"))
      .map { (ArraySlice($0).trimmed.string, first.line) }.filter { !$0.0.isEmpty }
  }

  private static func read(
    _ text: String, at line: Int, isOptional: Bool, ownName: String?, into extraction: inout Extraction
  ) {
    if text.hasPrefix("file:") {
      for path in text.utf8.dropFirst("file:".utf8.count).split(separator: UInt8(ascii: ",")) {
        extraction.include(ArraySlice(path).trimmed.string, line: line, as: Requirements.id)
      }
      return
    }
    if text.hasPrefix("%("), text.hasSuffix(")s") {
      // Extras refer to each other; what else is referred to stands where nothing is read.
      if !isOptional { extraction.note(.entryNotUnderstood, [text], line: line) }
      return
    }
    let bytes = ArraySlice(text.utf8)
    let sign = bytes.indices.first {
      bytes[$0] == UInt8(ascii: "#") && ($0 == bytes.startIndex || bytes[$0 - 1].isBlank)
    }
    let requirement = PythonRequirement(bytes[..<(sign ?? bytes.endIndex)].string)
    let isOwn = requirement.map { PyPIName.normalised($0.name) } == ownName.map(PyPIName.normalised)
    if let requirement, !(isOwn && requirement.pinned == nil) {
      extraction.add(requirement.package(line: line, isOptional: isOptional))
    }
    if requirement?.isUnderstood != true {
      extraction.note(.entryNotUnderstood, [PackageSource.redacted(text)], line: line)
    }
  }
}
