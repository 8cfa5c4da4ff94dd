// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A Python version: `1!2.3rc1.post4.dev5+local.6`.
///
/// All spellings that the specification normalises are read: a `v` in front, `alpha`, `preview`, `rev` and their like,
/// any separator or none, `1.0-1` for a post-release, capitals, zeros in front, white space around. Numbers may be of any
/// length.
/// - Source: https://packaging.python.org/en/latest/specifications/version-specifiers/ (read 2026-11-25)
public struct PEP440Version: Comparable, Sendable, CustomStringConvertible {
  public let epoch: Number
  /// At least one number; zeros at the end are kept, and have no part in the order.
  public let release: [Number]
  public let pre: Prerelease?
  public let post: Number?
  public let dev: Number?
  /// Empty where there is none.
  public let local: [LocalPart]

  /// How many numbers of the release are left without the zeros at its end.
  private let significant: Int

  /// What stands before a release: `a1`, `b2`, `rc3`.
  public struct Prerelease: Hashable, Sendable {
    public enum Phase: Int, Sendable {
      case alpha
      case beta
      case candidate
    }

    public let phase: Phase
    public let number: Number
  }

  /// A whole number of any length.
  public typealias Number = WholeNumber

  /// One part of a local version, between separators.
  public enum LocalPart: Hashable, Comparable, Sendable {
    /// Letters and digits, in small letters.
    case text(String)
    case number(Number)

    /// Numbers are newer than texts.
    public static func < (first: LocalPart, second: LocalPart) -> Bool {
      switch (first, second) {
      case (.text(let one), .text(let other)): one < other
      case (.number(let one), .number(let other)): one < other
      case (.text, .number): true
      case (.number, .text): false
      }
    }
  }

  init(
    epoch: Number, release: [Number], pre: Prerelease?, post: Number?, dev: Number?, local: [LocalPart]
  ) {
    self.epoch = epoch
    self.release = release
    self.pre = pre
    self.post = post
    self.dev = dev
    self.local = local
    significant = (release.lastIndex { $0 != .zero } ?? -1) + 1
  }

  /// Reads a version as `packaging.version.Version` does.
  ///
  /// - Returns: `nil` where the text is not a version.
  /// - Complexity: O(length).
  public init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { bytes in
      var reader = PEP440Reader(bytes)
      return reader.version()
    }
    guard let parsed else { return nil }
    self = parsed
  }
}

// MARK: - Order

extension PEP440Version {
  /// How this version stands to another one, local parts included.
  ///
  /// - Complexity: O(length).
  public func order(to other: PEP440Version) -> VersionOrder {
    let order = publicOrder(to: other)
    return order == .same ? localOrder(to: other) : order
  }

  /// How the two stand to each other if neither had a local part.
  func publicOrder(to other: PEP440Version) -> VersionOrder {
    if epoch != other.epoch { return VersionOrder(epoch, other.epoch) }
    let release = releaseOrder(to: other)
    if release != .same { return release }
    if phase != other.phase { return VersionOrder(phase, other.phase) }
    if let one = pre?.number, let two = other.pre?.number, one != two { return VersionOrder(one, two) }
    if post != other.post { return Self.order(post, other.post, absent: .ascending) }
    return Self.order(dev, other.dev, absent: .descending)
  }

  private func releaseOrder(to other: PEP440Version) -> VersionOrder {
    for (one, two) in zip(release.prefix(significant), other.release.prefix(other.significant)) where one != two {
      return VersionOrder(one, two)
    }
    return VersionOrder(significant, other.significant)
  }

  /// Where the version stands among those of its release: a development release of no prerelease is before all of them.
  private var phase: Int {
    if let pre { return pre.phase.rawValue }
    return post == nil && dev != nil ? -1 : 3
  }

  /// - Parameter absent: How a version without the number stands to one with it.
  private static func order(_ first: Number?, _ second: Number?, absent: VersionOrder) -> VersionOrder {
    switch (first, second) {
    case (let one?, let two?): VersionOrder(one, two)
    case (nil, _?): absent
    case (_?, nil): absent.reversed
    case (nil, nil): .same
    }
  }

  private func localOrder(to other: PEP440Version) -> VersionOrder {
    for (one, two) in zip(local, other.local) where one != two { return VersionOrder(one, two) }
    return VersionOrder(local.count, other.local.count)
  }

  public static func < (first: PEP440Version, second: PEP440Version) -> Bool {
    first.order(to: second) == .ascending
  }

  /// Equal in order, not in writing: `1.0` and `1.0.0` are.
  public static func == (first: PEP440Version, second: PEP440Version) -> Bool {
    first.order(to: second) == .same
  }
}

// MARK: - What specifiers ask

extension PEP440Version {
  /// A prerelease or a development release.
  public var isPrerelease: Bool { pre != nil || dev != nil }

  /// Whether both have the same epoch, release and prerelease, whatever stands behind them.
  func isSameFamily(as other: PEP440Version) -> Bool {
    epoch == other.epoch && hasSameRelease(as: other) && pre == other.pre
  }

  func hasSameRelease(as other: PEP440Version) -> Bool {
    epoch == other.epoch && releaseOrder(to: other) == .same
  }

  /// Whether the release begins with the first `count` numbers of the other one's, a missing one being nought.
  func hasRelease(beginningWith other: PEP440Version, count: Int) -> Bool {
    guard epoch == other.epoch else { return false }
    return other.release.prefix(count).enumerated().allSatisfy { position, number in
      number == (position < release.count ? release[position] : .zero)
    }
  }

  /// The version in the specification's normal form; zeros at the end of the release stay.
  public var description: String {
    var text = epoch == .zero ? "" : "\(epoch)!"
    text += release.map(\.description).joined(separator: ".")
    if let pre { text += "\(pre.phase.letters)\(pre.number)" }
    if let post { text += ".post\(post)" }
    if let dev { text += ".dev\(dev)" }
    return local.isEmpty ? text : text + "+" + local.map(\.description).joined(separator: ".")
  }
}

extension PEP440Version.Prerelease.Phase {
  fileprivate var letters: String {
    switch self {
    case .alpha: "a"
    case .beta: "b"
    case .candidate: "rc"
    }
  }
}

extension PEP440Version.LocalPart: CustomStringConvertible {
  public var description: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.description
    }
  }
}
