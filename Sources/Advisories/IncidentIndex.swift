// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CIncidents
public import Inventory
public import Parsing
internal import Synchronization
public import Versions

/// Incidents by the names of the packages that they condemn.
///
/// Names come from a skim of the files, and for the embedded incidents from a table that is made when the program is built; an incident is
/// read wholly when one of its names is asked for. Names are kept as ``Ecosystem/matchingName(_:)`` spells them, however the incident does, and are looked up by that spelling.
public final class IncidentIndex: Sendable {
  /// An incident that is about a package, and the entry that says so.
  public struct Match: Sendable {
    public let incident: Incident
    public let affected: AffectedPackage
    /// ``Affected/unknown`` where the version could not be compared.
    public let certainty: Affected
  }

  /// Documents by the hashes of names, with their ecosystems. Two names of one hash of 64 bits would only have one more incident looked at.
  private struct Names {
    /// For each hash the newest link, and for each link the document and the link before it; -1 where there is none.
    private var newest: [UInt64: Int32] = [:]
    private var links: [(document: Int32, previous: Int32)] = []
    /// Bit n stands for names whose hash, without the ecosystem, ends in n: nearly every package is named nowhere.
    private(set) var filter = [UInt64](repeating: 0, count: Int(filterBits / 64))

    init(capacity: Int) {
      newest.reserveCapacity(capacity)
      links.reserveCapacity(capacity)
    }

    /// - Parameters:
    ///   - name: The hash of the name as it is matched.
    ///   - ecosystem: The hash of the ecosystem.
    mutating func add(name: UInt64, ecosystem: UInt64, document: Int) {
      let key = TextHash.combined(ecosystem, name)
      let previous = newest[key] ?? -1
      guard previous < 0 || links[Int(previous)].document != Int32(document) else { return }
      newest[key] = Int32(links.count)
      links.append((Int32(document), previous))
      let bit = name % filterBits
      filter[Int(bit / 64)] |= 1 << (bit % 64)
    }

    /// In ascending order.
    func documents(named name: String, in ecosystem: Ecosystem) -> [Int] {
      let key = TextHash.combined(
        TextHash.of(ecosystem.rawValue), TextHash.of(ecosystem.matchingName(name)))
      var found: [Int] = []
      var link = newest[key] ?? -1
      while link >= 0 {
        found.append(Int(links[Int(link)].document))
        link = links[Int(link)].previous
      }
      return found.reversed()
    }
  }

  private static let filterBits: UInt64 = 1 << 18

  /// An incident's file: its number among those that are compiled in, or a copy.
  private enum Document: Sendable {
    case embedded(Int)
    case copy([UInt8])

    func withBytes<Result, Failure: Error>(
      _ body: (Bytes) throws(Failure) -> Result
    ) throws(Failure) -> Result {
      switch self {
      case .embedded(let number):
        var length = 0
        let bytes = gifthorse_incident(number, &length)
        return try body(Bytes(start: bytes, count: length))
      case .copy(let bytes):
        return try bytes.withUnsafeBufferPointer { (bytes) throws(Failure) -> Result in try body(bytes) }
      }
    }
  }

  private let documents: [Document]
  private let documentsByName: Names
  /// Incidents read so far, by the document's number; protected by its mutex.
  private let read = Mutex<[Int: Incident]>([:])
  /// The latest date on which an incident was modified: RFC 3339, or a date.
  public let asOf: String

  /// - Parameter documents: Incident files.
  /// - Throws: ``ParseError`` for the first that is none.
  /// - Complexity: O(bytes).
  public convenience init(documents: [[UInt8]]) throws(ParseError) {
    var names = Names(capacity: 0)
    var asOf = ""
    for (number, document) in documents.enumerated() {
      let skim = try document.withUnsafeBufferPointer { (bytes) throws(ParseError) in try IncidentSkim(bytes) }
      asOf = max(asOf, skim.modified)
      for package in skim.packages {
        let ecosystem = Ecosystem(package.ecosystem)
        names.add(
          name: TextHash.of(ecosystem.matchingName(package.name)), ecosystem: TextHash.of(package.ecosystem),
          document: number)
      }
    }
    self.init(documents.map(Document.copy), names: names, asOf: asOf)
  }

  private init(_ documents: [Document], names: Names, asOf: String) {
    self.documents = documents
    documentsByName = names
    self.asOf = asOf
  }

  /// The incidents that are compiled into the program.
  /// - Complexity: O(names), well below a millisecond for some thousands.
  public static func embedded() -> IncidentIndex {
    var names = Names(capacity: 4096)
    // The table has each name as it is matched.
    let asOf = IncidentTable.forEachName { number, ecosystem, name in
      names.add(name: TextHash.of(name), ecosystem: TextHash.of(ecosystem), document: number)
    }
    return IncidentIndex(embeddedDocuments(), names: names, asOf: asOf)
  }

  private static func embeddedDocuments() -> [Document] {
    (0..<gifthorse_incident_count()).map(Document.embedded)
  }

  public var count: Int { documents.count }

  /// Whether an incident may name a package whose name has this ``TextHash``; false is certain.
  ///
  /// - Parameter nameHash: That of the name as extractors give it, which is its ``Ecosystem/matchingName(_:)``: of another
  ///   spelling, false would mean nothing.
  /// - Complexity: O(1), one look into 32 KiB.
  public func mayName(_ nameHash: UInt64) -> Bool {
    let bit = nameHash % Self.filterBits
    return documentsByName.filter[Int(bit / 64)] & 1 << (bit % 64) != 0
  }

  /// Whether any incident names this package, in whatever version and spelling.
  /// - Complexity: O(1).
  public func names(_ name: String, in ecosystem: Ecosystem) -> Bool {
    !documentsByName.documents(named: name, in: ecosystem).isEmpty
  }

  /// Whether any incident is about packages of this ecosystem, its release left out.
  /// - Complexity: Reads every incident the first time.
  public func isAbout(_ ecosystem: String) -> Bool {
    all().contains { incident in incident.record.affected.contains { $0.ecosystem.base == ecosystem } }
  }

  /// The incidents that condemn `package`, or cannot tell. Withdrawn ones condemn nothing; a package without a version is condemned
  /// where every version is.
  public func matches(_ package: Package) -> [Match] {
    entries(named: package.name, in: package.ecosystem).compactMap { incident, affected in
      let certainty = package.version.map(affected.evaluate) ?? (affected.isWhole ? .yes : .no)
      return certainty == .no ? nil : Match(incident: incident, affected: affected, certainty: certainty)
    }
  }

  /// Every entry about a package of this name, in whatever spelling, with its incident.
  public func entries(named name: String, in ecosystem: Ecosystem) -> [(incident: Incident, affected: AffectedPackage)]
  {
    let wanted = ecosystem.matchingName(name)
    return documentsByName.documents(named: name, in: ecosystem).map(incident(number:)).filter {
      $0.record.withdrawn == nil
    }.flatMap { incident in
      incident.record.affected.filter { $0.ecosystem == ecosystem && ecosystem.matchingName($0.name) == wanted }
        .map { (incident, $0) }
    }
  }

  /// Every incident, in the order of the documents.
  public func all() -> [Incident] {
    documents.indices.map(incident(number:))
  }

  /// The number of the incident with this id; nil where there is none.
  /// - Complexity: Reads every incident the first time.
  public func number(of id: String) -> Int? {
    documents.indices.first { incident(number: $0).record.id == id }
  }

  /// The incident with this number, below ``count``.
  public func incident(number: Int) -> Incident {
    read.withLock { read in
      if let incident = read[number] { return incident }
      let incident = documents[number].withBytes { bytes in
        do throws(ParseError) {
          return try Incident(json: bytes)
        } catch {
          // A test reads every embedded incident wholly.
          preconditionFailure("incident \(number) breaks at byte \(error.offset): \(error.code.rawValue)")
        }
      }
      read[number] = incident
      return incident
    }
  }
}

/// The names in one incident file, and nothing else.
private struct IncidentSkim {
  var modified = ""
  var packages: [(ecosystem: String, name: String)] = []

  init(_ bytes: Bytes) throws(ParseError) {
    var reader = JSONReader(bytes)
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("affected") {
        try readAffected(&reader)
      } else if key.equals("modified") {
        modified = try reader.stringValue() ?? ""
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
  }

  private mutating func readAffected(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterArrayOrSkip() else { return }
    while try reader.nextElement() {
      guard try reader.enterObjectOrSkip() else { continue }
      while let key = try reader.nextKey() {
        if key.equals("package") { try readPackage(&reader) } else { try reader.skip() }
      }
    }
  }

  private mutating func readPackage(_ reader: inout JSONReader) throws(ParseError) {
    guard try reader.enterObjectOrSkip() else { return }
    var package = (ecosystem: "", name: "")
    while let key = try reader.nextKey() {
      if key.equals("ecosystem") {
        package.ecosystem = try reader.stringValue() ?? ""
      } else if key.equals("name") {
        package.name = try reader.stringValue() ?? ""
      } else {
        try reader.skip()
      }
    }
    packages.append(package)
  }
}
