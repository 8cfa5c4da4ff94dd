// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A range of versions in the notation that all ecosystems share: `vers:npm/>=1.0.0|<2.0.0`.
///
/// Its constraints are signposts on the line of versions, not conditions that are joined by "and" or "or".
/// - Source: https://github.com/package-url/vers-spec, clause 5 and "How to parse and validate VERS" (read 2026-11-25)
public struct Vers: Hashable, Sendable {
  /// In small letters; by custom that of the purl (`npm`, `deb`).
  public let type: String
  /// Sorted by their versions, as far as the order of the type is known here. None only in what an empty native range became.
  public let constraints: [Constraint]

  public struct Constraint: Hashable, Sendable {
    public let comparator: Comparator
    /// Decoded; empty with ``Comparator/any`` alone.
    public let version: String

    public init(_ comparator: Comparator, _ version: String) {
      self.comparator = comparator
      self.version = version
    }
  }

  public enum Comparator: String, CaseIterable, Sendable {
    case any = "*"
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case equal = "="
    case greater = ">"
    case greaterOrEqual = ">="

    /// A lower end of an interval.
    var opens: Bool { self == .greater || self == .greaterOrEqual }
    /// An upper end of one.
    var closes: Bool { self == .less || self == .lessOrEqual }
  }

  /// How far a text is held to the canonical form.
  public enum Reading: Hashable, Sendable {
    /// What is not canonical is an error, as the specification demands.
    case strict
    /// Blanks, empty constraints and a leading `=` are passed over, and constraints are sorted. For ranges that other tools wrote.
    case tolerant
  }

  init(type: String, sorted constraints: [Constraint]) {
    self.type = type
    self.constraints = constraints
  }

  /// Whether the range holds every version.
  public var isAny: Bool {
    constraints.count == 1 && constraints[0].comparator == .any
  }
}

extension Vers: CustomStringConvertible {
  /// The canonical text.
  public var description: String {
    "vers:\(type)/" + constraints.map(\.text).joined(separator: "|")
  }
}

extension Vers.Constraint {
  /// The comparator, which is left out for equality, and the version with what would be read as something else encoded.
  fileprivate var text: String {
    var bytes = Array(comparator == .equal ? "".utf8 : comparator.rawValue.utf8)
    for byte in version.utf8 {
      guard Vers.isEncoded(byte) else {
        bytes.append(byte)
        continue
      }
      bytes.append(UInt8(ascii: "%"))
      bytes.append(
        contentsOf: [byte >> 4, byte & 15].map { $0 < 10 ? $0 + UInt8(ascii: "0") : $0 - 10 + UInt8(ascii: "A") })
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Vers {
  /// Whether a byte of a version never stands as it is.
  static func isEncoded(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7F...: true
    case UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "*"),
      UInt8(ascii: "|"), UInt8(ascii: "%"):
      true
    default: false
    }
  }
}

/// A text that is no range in the notation `vers`, or a native range that cannot be told in it.
public struct VersError: Error, Hashable, Sendable {
  public enum Code: String, CaseIterable, Sendable {
    /// The text does not begin with `vers:`.
    case noScheme = "no-scheme"
    case noType = "no-type"
    /// Other characters than letters, digits, `.` and `-`, or no letter at the beginning; in a strict reading capital letters too.
    case invalidType = "invalid-type"
    /// The type `invalid`, which is kept for ranges that are none.
    case reservedType = "reserved-type"
    case noConstraint = "no-constraint"
    case whiteSpace = "white-space"
    case notASCII = "not-ascii"
    /// A `|` at an end, or two of them.
    case emptyConstraint = "empty-constraint"
    /// A `=`, which a bare version stands for.
    case leadingEquals = "leading-equals"
    /// A comparator without a version.
    case noVersion = "no-version"
    /// A `*` that does not stand alone.
    case misplacedAsterisk = "misplaced-asterisk"
    /// A percent sign without two hexadecimal digits behind it, or digits that spell no UTF-8.
    case invalidEncoding = "invalid-encoding"
    /// A byte that is encoded and need not be, one that is not and must be, or small hexadecimal digits.
    case needlessEncoding = "needless-encoding"
    /// A version that its type spells otherwise.
    case notCanonicalVersion = "not-canonical-version"
    /// A version that its type cannot read, among others to which it has an order.
    case unreadableVersion = "unreadable-version"
    case unsorted = "unsorted"
    case repeatedVersion = "repeated-version"
    /// A constraint that the one before it makes needless, or that contradicts it.
    case redundantConstraint = "redundant-constraint"
    /// No notation of ranges is known here for the type.
    case noNativeNotation = "no-native-notation"
    /// The text is no range in the words of the type.
    case notARange = "not-a-range"
  }

  public let code: Code
  /// The part that is wrong, as written; empty where it is missing.
  public let part: String

  public init(_ code: Code, part: String = "") {
    self.code = code
    self.part = part
  }
}
