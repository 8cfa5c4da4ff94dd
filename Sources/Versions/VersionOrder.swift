// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// How the first of two versions stands to the second.
public enum VersionOrder: Hashable, Sendable {
  /// The first is older.
  case ascending
  /// Neither is older: the same text, or one that the scheme holds to be equal (build metadata in SemVer).
  case same
  /// The first is newer.
  case descending

  /// The answer with the two versions exchanged.
  public var reversed: VersionOrder {
    switch self {
    case .ascending: .descending
    case .same: .same
    case .descending: .ascending
    }
  }

  /// The order of two values that Swift can compare.
  init<Value: Comparable>(_ first: Value, _ second: Value) {
    self = first < second ? .ascending : first > second ? .descending : .same
  }

  /// The order of two lists: the first difference decides, else the longer one is newer.
  init<Value: Comparable>(lists first: some Sequence<Value>, _ second: some Sequence<Value>) {
    var (rest, other) = (first.makeIterator(), second.makeIterator())
    while let one = rest.next() {
      guard let two = other.next() else {
        self = .descending
        return
      }
      if one != two {
        self = VersionOrder(one, two)
        return
      }
    }
    self = other.next() == nil ? .same : .ascending
  }

  /// This answer where it decides, else the next one.
  func then(_ next: @autoclosure () -> VersionOrder) -> VersionOrder {
    self == .same ? next() : self
  }
}

/// One way of writing and ordering versions, and of asking for a range of them.
///
/// A scheme is an `enum` without cases: it is named, never made. `parse` and `order` are what a scheme must bring; a
/// text that `parse` refuses is not a version, and every question about it is answered with `nil`, never with a guess.
public protocol VersionScheme: Sendable {
  /// A version after parsing, so that one version can be compared many times. Its description is a spelling of it that
  /// is read as the same version.
  associatedtype Version: Sendable, CustomStringConvertible

  /// The scheme's name: that of the type and of its file.
  static var id: String { get }

  /// The ecosystems that order their versions so; each without the part after a colon, and in one scheme only.
  static var ecosystems: [Ecosystem] { get }

  /// Whether nearly every text is a version of the scheme: that one is says nothing about which scheme was meant. The
  /// default: it does.
  static var takesAnyText: Bool { get }

  /// Reads one version.
  ///
  /// - Returns: `nil` where the text is not a version of this scheme.
  static func parse(_ text: String) -> Version?

  /// The order of two parsed versions. Total, also where ``isComparable(_:_:)`` says that it is no answer.
  static func order(_ first: Version, _ second: Version) -> VersionOrder

  /// Whether the two can be told apart in order at all. The default: they always can.
  ///
  /// A scheme whose texts may stand for more than one release says `false` where one of these is meant and the order of
  /// the two is not the same for all: `v4` and `4.1.2` of a GitHub action.
  static func isComparable(_ first: Version, _ second: Version) -> Bool

  /// Whether what is said of one version is said of another one too: both are the same to whoever names `stated`.
  ///
  /// At least those of which neither is older. A scheme may mean more: `1.0` of a Python package is `1.0+cpu` as well.
  static func isMeant(_ version: Version, by stated: Version) -> Bool

  /// Reads a requirement as the ecosystem's own manifests write it.
  ///
  /// - Returns: `nil` where the text asks for something else than a range of versions (a tag, a folder, a repository),
  ///   or cannot be read.
  static func range(_ text: String) -> (any VersionRange)?
}

extension VersionScheme {
  @inlinable
  public static var takesAnyText: Bool { false }

  @inlinable
  public static func isComparable(_ first: Version, _ second: Version) -> Bool { true }

  @inlinable
  public static func isMeant(_ version: Version, by stated: Version) -> Bool {
    order(version, stated) == .same
  }

  /// Whether what is said of `stated` is said of `version` too.
  ///
  /// - Returns: `nil` where at least one of them is not a version of this scheme, or the two cannot be compared.
  @inlinable
  public static func isMeant(_ version: String, by stated: String) -> Bool? {
    guard let version = parse(version), let stated = parse(stated) else { return nil }
    return isMeant(version, by: stated) ? true : isComparable(version, stated) ? false : nil
  }

  /// Whether the scheme can order this text.
  @inlinable
  public static func isValid(_ version: String) -> Bool {
    parse(version) != nil
  }

  /// The order of two versions.
  ///
  /// - Returns: `nil` where at least one of them is not a version of this scheme, or the two cannot be compared.
  /// - Complexity: Two calls of `parse`; keep parsed versions where many are compared with one.
  @inlinable
  public static func compare(_ first: String, _ second: String) -> VersionOrder? {
    guard let first = parse(first), let second = parse(second), isComparable(first, second) else { return nil }
    return order(first, second)
  }
}

/// A set of versions, as a requirement describes it. Its description is the set in the scheme's plainest notation.
public protocol VersionRange: Sendable, CustomStringConvertible {
  /// Whether the version is in the set.
  ///
  /// - Returns: `nil` where the text is not a version of the range's scheme: neither inside nor outside.
  func contains(_ version: String) -> Bool?
}
