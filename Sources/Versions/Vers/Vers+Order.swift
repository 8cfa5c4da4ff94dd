// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

extension Vers {
  /// Constraints in the order of their versions, and of their comparators where versions are the same.
  ///
  /// - Returns: The constraints as they are where the order of the type is not known.
  static func sorted(_ constraints: [Constraint], type: String) throws(VersError) -> [Constraint] {
    guard constraints.count > 1, let scheme = scheme(ofType: type) else { return constraints }
    return try sorted(constraints, scheme)
  }

  private static func sorted<Scheme: VersionScheme>(
    _ constraints: [Constraint], _ scheme: Scheme.Type
  ) throws(VersError) -> [Constraint] {
    var parsed: [(place: Int, constraint: Constraint, version: Scheme.Version)] = []
    for (place, constraint) in constraints.enumerated() {
      parsed.append((place, constraint, try read(constraint, scheme)))
    }
    parsed.sort { first, second in
      let (one, other) = (first.constraint.comparator.rawValue, second.constraint.comparator.rawValue)
      return switch Scheme.order(first.version, second.version) {
      case .ascending: true
      case .descending: false
      case .same: one == other ? first.place < second.place : one < other
      }
    }
    return parsed.map(\.constraint)
  }

  private static func read<Scheme: VersionScheme>(
    _ constraint: Constraint, _ scheme: Scheme.Type
  ) throws(VersError) -> Scheme.Version {
    guard let version = Scheme.parse(constraint.version) else {
      throw VersError(.unreadableVersion, part: constraint.version)
    }
    return version
  }

  // MARK: Validity

  /// A time has capital letters: RFC 3339 allows small ones, the canonical form does not.
  static func checkSpelling(of constraints: [Constraint], _ type: String) throws(VersError) {
    guard type == "datetime" else { return }
    for constraint in constraints where constraint.version.utf8.contains(where: { $0 == 0x74 || $0 == 0x7A }) {
      throw VersError(.notCanonicalVersion, part: constraint.version)
    }
  }

  /// Sorted, each version once, and no constraint in vain.
  func checkOrder() throws(VersError) {
    if constraints.count > 1, let scheme = Self.scheme(ofType: type) { try checkOrder(scheme) }
    var previous: Comparator?
    for constraint in constraints where constraint.comparator != .notEqual {
      if let previous, !Self.mayFollow(constraint.comparator, previous) {
        throw VersError(.redundantConstraint, part: constraint.version)
      }
      // Single versions stand between intervals and change nothing about how these take turns.
      previous = constraint.comparator
    }
  }

  private func checkOrder<Scheme: VersionScheme>(_ scheme: Scheme.Type) throws(VersError) {
    var previous: Scheme.Version?
    for constraint in constraints {
      let version = try Self.read(constraint, scheme)
      if let previous {
        switch Scheme.order(previous, version) {
        case .ascending: break
        case .same: throw VersError(.repeatedVersion, part: constraint.version)
        case .descending: throw VersError(.unsorted, part: constraint.version)
        }
      }
      previous = version
    }
  }

  private static func mayFollow(_ comparator: Comparator, _ previous: Comparator) -> Bool {
    previous.opens ? comparator.closes : !comparator.closes
  }

  /// The range without constraints in vain: what is left are single versions, exceptions, and intervals that take turns.
  public func simplified() -> Vers {
    var isKept = [Bool](repeating: true, count: constraints.count)
    var ends: [Int] = []
    for (place, constraint) in constraints.enumerated() where constraint.comparator != .notEqual {
      if let last = ends.last, constraints[last].comparator.opens, !constraint.comparator.closes {
        isKept[place] = false
        continue
      }
      // What ends later takes in what ends, or stands alone, before it.
      while constraint.comparator.closes, let last = ends.last, !constraints[last].comparator.opens {
        isKept[last] = false
        ends.removeLast()
      }
      ends.append(place)
    }
    return Vers(type: type, sorted: zip(constraints, isKept).filter(\.1).map(\.0))
  }
}

// MARK: Containment

extension Vers: VersionRange {
  /// Whether the version is in the range, by the order of its type alone: a pre-release is a version as any other.
  ///
  /// - Returns: `nil` where the type is not known here, where a version cannot be read, or where there is no constraint.
  /// - Complexity: O(constraints).
  public func contains(_ version: String) -> Bool? {
    guard !constraints.isEmpty, let scheme = Self.scheme(ofType: type) else { return nil }
    return contains(version, scheme)
  }

  private func contains<Scheme: VersionScheme>(_ text: String, _ scheme: Scheme.Type) -> Bool? {
    guard let version = Scheme.parse(text) else { return nil }
    if isAny { return true }
    var below: Comparator?
    var above: Comparator?
    var isException = false
    var isNamed = false
    for constraint in simplified().constraints {
      guard let point = Scheme.parse(constraint.version) else { return nil }
      switch (Scheme.order(version, point), constraint.comparator) {
      case (.same, .equal), (.same, .lessOrEqual), (.same, .greaterOrEqual): isNamed = true
      case (.same, .notEqual): isException = true
      case (_, .equal), (_, .notEqual), (_, .any): break
      // An end that excludes its version lies above it where it opens an interval, and below it where it closes one.
      case (.same, let comparator): if comparator.opens { above = above ?? comparator } else { below = comparator }
      case (.descending, let comparator): below = comparator
      case (.ascending, let comparator): above = above ?? comparator
      }
    }
    if isNamed { return true }
    if isException { return false }
    if let below { return below.opens }
    if let above { return above.closes }
    // No interval at all: exceptions alone leave every other version.
    return constraints.allSatisfy { $0.comparator == .notEqual }
  }
}
