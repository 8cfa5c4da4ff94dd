// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// Pins versions in a `pyproject.toml` (the standard's tables and groups, those of uv, PDM and Poetry) and in a `Pipfile`, where one is pinned
/// already.
///
/// - Source: https://packaging.python.org/en/latest/specifications/pyproject-toml/, https://packaging.python.org/en/latest/specifications/dependency-groups/,
///   https://python-poetry.org/docs/dependency-specification/ and https://github.com/pypa/pipfile (read 2026-11-25)
struct PyProjectEdit {
  /// The text and place of every string below a list or table of dependencies.
  private struct Value {
    var path: [String]
    /// Between the quotes.
    var range: Range<Int>
    var text: String
  }

  private var values: [Value] = []

  init(_ bytes: [UInt8]) throws(EditDoubt) {
    let mark = try FileText.markLength(bytes)
    do throws(ParseError) {
      try bytes.withUnsafeBufferPointer { (buffer) throws(ParseError) in
        var reader = TOMLLeafReader(buffer[slice: mark..<bytes.count])
        while let leaf = try reader.next() {
          // A text with escapes does not stand there as it reads, and no requirement needs one.
          guard case .string(let string) = leaf, string.string.utf8.count == string.raw.count else { continue }
          let quotes = buffer[slice: mark + string.offset..<bytes.count]
          let isLong = quotes.count > 2 && quotes[1] == quotes[0] && quotes[2] == quotes[0] && string.raw.count > 0
          let start = mark + string.offset + (isLong ? 3 : 1)
          guard !isLong else { continue }
          values.append(Value(path: reader.path, range: start..<start + string.raw.count, text: string.string))
        }
      }
    } catch {
      throw EditDoubt(.malformed, [error.code.rawValue])
    }
  }

  func edits(_ pins: [Pin]) -> [ByteEdit] {
    values.flatMap { value in
      pins.compactMap { pin in
        if Self.isRequirement(value.path) {
          guard let version = PythonPin.version(in: value.text[...], pin) else { return nil }
          let start =
            value.range.lowerBound + value.text.utf8.distance(from: value.text.startIndex, to: version.startIndex)
          return ByteEdit(start..<start + version.utf8.count, pin.safe)
        }
        guard let name = Self.tableName(value.path), PyPIName.normalised(name) == pin.name else { return nil }
        let text = value.text.trimmedBlanks
        let signs = text.utf8.prefix { $0 == UInt8(ascii: "=") }
        let version = Substring(text.utf8[signs.endIndex...]).trimmedBlanks
        guard PythonPin.isBad(String(version), pin) else { return nil }
        let start =
          value.range.lowerBound + value.text.utf8.distance(from: value.text.startIndex, to: version.startIndex)
        return ByteEdit(start..<start + version.utf8.count, pin.safe)
      }
    }
  }

  /// Whether the project itself asks for the package only by what takes the safe version, as far as that can be told.
  func takes(_ pin: Pin) -> Bool {
    values.allSatisfy { value in
      if Self.isRequirement(value.path) {
        let name = value.text.utf8.prefix(while: PythonPin.isOfName)
        guard PyPIName.normalised(String(Substring(name))) == pin.name else { return true }
        var rest = value.text.utf8[name.endIndex...].drop { $0 == 0x20 }
        if rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) {
          rest = rest[rest.index(after: end)...]
        }
        return PythonPin.takes(String(Substring(rest.prefix { $0 != UInt8(ascii: ";") })), pin.safe)
      }
      guard let name = Self.tableName(value.path), PyPIName.normalised(name) == pin.name else { return true }
      return value.text == pin.safe || PythonPin.takes(value.text, pin.safe)
    }
  }

  /// Whether a string at this path is a requirement as pip writes it.
  private static func isRequirement(_ path: [String]) -> Bool {
    switch path.first {
    case "project": path == ["project", "dependencies"] || (path.count == 3 && path[1] == "optional-dependencies")
    case "dependency-groups": path.count == 2
    case "build-system": path == ["build-system", "requires"]
    case "tool":
      path.count >= 3
        && ((path[1] == "uv" && path[2].hasSuffix("dependencies"))
          || (path[1] == "pdm" && path[2] == "dev-dependencies"))
    default: false
    }
  }

  /// The name that a table's key gives, where the string at this path is its version: `tool.poetry.dependencies.six`, `packages.six.version`.
  private static func tableName(_ path: [String]) -> String? {
    var rest = path[...]
    if rest.last == "version", rest.count > 2 { rest.removeLast() }
    guard let name = rest.popLast() else { return nil }
    let isTable =
      rest == ["packages"] || rest == ["dev-packages"]
      || (rest.starts(with: ["tool", "poetry"]) && (rest.last == "dependencies" || rest.last == "dev-dependencies"))
    return isTable ? name : nil
  }
}
