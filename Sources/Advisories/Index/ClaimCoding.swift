// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing
internal import Versions

/// How claims lie in the index: made to be small where a record only condemns a name.
enum ClaimCoding {
  private enum Flag {
    static let withdrawn: UInt8 = 1
    static let own: UInt8 = 2
  }

  /// Shapes of what a claim says of versions.
  private enum Shape {
    static let listed: UInt8 = 0
    /// One range, from the beginning on, without an end.
    static let whole: UInt8 = 1
    static let semanticWhole: UInt8 = 2
  }

  /// Ecosystems by number; a number never changes its meaning. One that is not here is written out.
  private static let ecosystems = [
    "npm", "PyPI", "Go", "RubyGems", "crates.io", "Maven", "NuGet", "Packagist", "VSCode", "GitHub Actions", "Hex",
    "Pub",
    "Hackage", "GHC", "CRAN", "Bioconductor", "CPAN", "Julia", "opam", "SwiftURL", "ConanCenter", "Debian", "Ubuntu",
    "Alpine",
    "Red Hat", "AlmaLinux", "Rocky Linux", "SUSE", "openSUSE", "Wolfi", "Chainguard", "Bitnami", "Android", "Linux",
    "GIT", "OSS-Fuzz", "Mageia", "openEuler", "Packagist:https://packages.drupal.org/8",
    "VSCode:https://open-vsx.org",
  ]
  private static let spelledOut: UInt8 = 255
  private static let ecosystemNumbers = Dictionary(
    uniqueKeysWithValues: ecosystems.enumerated().map { ($1, UInt8($0)) })

  private static let rangeTypes = ["SEMVER", "ECOSYSTEM", "GIT"]

  // MARK: Writing

  static func encoded(_ claims: NamedClaims, packer: Packer) -> [UInt8] {
    var writer = ByteWriter()
    writer.byte((claims.isWithdrawn ? Flag.withdrawn : 0) | (claims.isOwn ? Flag.own : 0))
    writer.count(claims.claims.count)
    for claim in claims.claims { write(claim, to: &writer) }
    return packer.packed(writer.bytes)
  }

  private static func write(_ claim: AdvisoryClaim, to writer: inout ByteWriter) {
    let severity = UInt8(Severity.allCases.firstIndex(of: claim.severity) ?? 0)
    writer.byte(claim.kind.rawValue << 4 | severity)
    // Tenths; 255 for none.
    writer.byte(claim.score.map { UInt8(max(0, min(100, ($0 * 10).rounded()))) } ?? 255)
    write(claim.affected.ecosystem, to: &writer)
    writer.text(claim.affected.name)
    writeVersions(claim.affected, to: &writer)
  }

  static func write(_ ecosystem: Ecosystem, to writer: inout ByteWriter) {
    if let number = ecosystemNumbers[ecosystem.rawValue] { return writer.byte(number) }
    writer.byte(spelledOut)
    writer.text(ecosystem.rawValue)
  }

  private static func writeVersions(_ affected: AffectedPackage, to writer: inout ByteWriter) {
    if affected.versions.isEmpty, affected.ranges.count == 1, affected.isWhole {
      return writer.byte(affected.ranges[0].type == "SEMVER" ? Shape.semanticWhole : Shape.whole)
    }
    writer.byte(Shape.listed)
    writer.count(affected.ranges.count)
    for range in affected.ranges { write(range, to: &writer) }
    writer.texts(affected.versions)
  }

  private static func write(_ range: AffectedPackage.Range, to writer: inout ByteWriter) {
    if let number = rangeTypes.firstIndex(of: range.type) {
      writer.byte(UInt8(number))
    } else {
      writer.byte(spelledOut)
      writer.text(range.type)
    }
    if range.type == "GIT" { writer.text(range.repository) }
    writer.count(range.events.count)
    for event in range.events {
      switch event {
      case .introduced(let version): write(0, version, to: &writer)
      case .fixed(let version): write(1, version, to: &writer)
      case .lastAffected(let version): write(2, version, to: &writer)
      case .limit(let version): write(3, version, to: &writer)
      }
    }
  }

  private static func write(_ kind: UInt8, _ version: String, to writer: inout ByteWriter) {
    writer.byte(kind)
    writer.text(version)
  }

  // MARK: Reading

  static func decoded(_ bytes: Bytes) throws(ByteCodingError) -> NamedClaims {
    try Packing.withUnpacked(bytes) { (plain) throws(ByteCodingError) in
      var reader = ByteReader(plain)
      let flags = try reader.byte()
      var claims = NamedClaims()
      claims.isWithdrawn = flags & Flag.withdrawn != 0
      claims.isOwn = flags & Flag.own != 0
      for _ in 0..<(try reader.count()) { claims.claims.append(try claim(&reader)) }
      guard reader.isAtEnd else { throw ByteCodingError() }
      return claims
    }
  }

  private static func claim(_ reader: inout ByteReader) throws(ByteCodingError) -> AdvisoryClaim {
    let head = try reader.byte()
    let score = try reader.byte()
    guard let kind = AdvisoryClaim.Kind(rawValue: head >> 4), Int(head & 15) < Severity.allCases.count else {
      throw ByteCodingError()
    }
    var affected = AffectedPackage()
    affected.ecosystem = try ecosystem(&reader)
    affected.name = try reader.text()
    try readVersions(&affected, &reader)
    return AdvisoryClaim(
      kind: kind, score: score == 255 ? nil : Double(score) / 10, severity: Severity.allCases[Int(head & 15)],
      affected: affected)
  }

  static func ecosystem(_ reader: inout ByteReader) throws(ByteCodingError) -> Ecosystem {
    let number = try reader.byte()
    if number == spelledOut { return Ecosystem(try reader.text()) }
    guard Int(number) < ecosystems.count else { throw ByteCodingError() }
    return Ecosystem(ecosystems[Int(number)])
  }

  private static func readVersions(
    _ affected: inout AffectedPackage, _ reader: inout ByteReader
  ) throws(ByteCodingError) {
    switch try reader.byte() {
    case Shape.whole: affected.ranges = [.whole(type: "ECOSYSTEM")]
    case Shape.semanticWhole: affected.ranges = [.whole(type: "SEMVER")]
    case Shape.listed:
      for _ in 0..<(try reader.count()) { affected.ranges.append(try range(&reader)) }
      affected.versions = try reader.texts()
    default: throw ByteCodingError()
    }
  }

  private static func range(_ reader: inout ByteReader) throws(ByteCodingError) -> AffectedPackage.Range {
    var range = AffectedPackage.Range()
    let type = try reader.byte()
    if type == spelledOut {
      range.type = try reader.text()
    } else {
      guard Int(type) < rangeTypes.count else { throw ByteCodingError() }
      range.type = rangeTypes[Int(type)]
    }
    if range.type == "GIT" { range.repository = try reader.text() }
    for _ in 0..<(try reader.count()) {
      let kind = try reader.byte()
      let version = try reader.text()
      switch kind {
      case 0: range.events.append(.introduced(version))
      case 1: range.events.append(.fixed(version))
      case 2: range.events.append(.lastAffected(version))
      case 3: range.events.append(.limit(version))
      default: throw ByteCodingError()
      }
    }
    return range
  }
}

extension AffectedPackage.Range {
  fileprivate static func whole(type: String) -> Self {
    var range = Self()
    range.type = type
    range.events = [.introduced("0")]
    return range
  }
}
