// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Versions

/// Where a requirement as pip writes it pins a bad version.
///
/// - Source: https://packaging.python.org/en/latest/specifications/dependency-specifiers/ (read 2026-11-25)
enum PythonPin {
  /// The place of the version in `name[extra] == 1.2 ; marker`, where that is the pin's package, and a bad version is all that it takes.
  static func version(in text: Substring, _ pin: Pin) -> Substring? {
    var rest = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
    let name = rest.prefix(while: isOfName)
    guard !name.isEmpty, PyPIName.normalised(String(Substring(name))) == pin.name else { return nil }
    rest = rest[name.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }
    if rest.first == UInt8(ascii: "[") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      rest = rest[rest.index(after: end)...].drop { $0 == 0x20 || $0 == 0x09 }
    }
    let isBracketed = rest.first == UInt8(ascii: "(")
    if isBracketed { rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 } }
    let sign = rest.prefix { $0 == UInt8(ascii: "=") }
    guard sign.count == 2 || sign.count == 3 else { return nil }
    let version = rest[sign.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }.prefix(while: isOfVersion)
    // Behind it only a marker, an option, a comment or the line's end: no second condition, no wildcard.
    let next = rest[version.endIndex...].drop { $0 == 0x20 || $0 == 0x09 }.first
    if let next,
      ![UInt8(ascii: ";"), UInt8(ascii: "#"), UInt8(ascii: "\\"), UInt8(ascii: "-"), UInt8(ascii: ")")].contains(next)
    {
      return nil
    }
    let found = Substring(version)
    return isBad(String(found), pin) ? found : nil
  }

  /// Also in another spelling: `1.0` and `1.0.0` are one.
  static func isBad(_ version: String, _ pin: Pin) -> Bool {
    pin.bad.contains { $0 == version || PEP440.compare($0, version) == .same }
  }

  static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  private static func isOfVersion(_ byte: UInt8) -> Bool {
    isOfName(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "*")
  }

  static func takes(_ specifiers: String, _ version: String) -> Bool {
    let text = specifiers.trimmedBlanks
    if text == "*" || text.isEmpty { return true }
    return PEP440.range(String(text))?.contains(version) == true
  }
}
