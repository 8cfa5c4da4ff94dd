// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The names of Python packages, of which one package has many: `Django_Foo` is `django-foo`.
public enum PyPIName {
  /// The normal form: small letters, and one hyphen for each run of hyphens, dots and underscores.
  ///
  /// Extractors give this form as a package's name, and incidents are looked up by it, so that both meet. What is not
  /// ASCII is left as it is: no valid name holds it.
  /// - Complexity: O(length); a name in its normal form is returned as it is, without a copy.
  /// - Source: https://peps.python.org/pep-0503/#normalized-names, and
  ///   https://packaging.python.org/en/latest/specifications/name-normalization/ (read 2026-11-25)
  public static func normalised(_ name: String) -> String {
    var name = name
    let changed: [UInt8]? = name.withUTF8 { isNormal($0) ? nil : normalised($0) }
    guard let changed else { return name }
    return String(decoding: changed, as: UTF8.self)
  }

  private static func isNormal(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var wasHyphen = false
    for byte in bytes {
      let isHyphen = byte == UInt8(ascii: "-")
      if isCapital(byte) || (isSeparator(byte) && (wasHyphen || !isHyphen)) { return false }
      wasHyphen = isHyphen
    }
    return true
  }

  private static func normalised(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var wasSeparator = false
    for byte in bytes {
      let isSeparator = isSeparator(byte)
      if !isSeparator {
        result.append(isCapital(byte) ? byte | 0x20 : byte)
      } else if !wasSeparator {
        result.append(UInt8(ascii: "-"))
      }
      wasSeparator = isSeparator
    }
    return result
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }
}
