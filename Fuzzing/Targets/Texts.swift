// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Parsing
internal import Scanning
internal import Versions

/// The parts of an input that are divided by line feeds, as texts.
private func parts(_ bytes: Bytes, _ count: Int) -> [String] {
  var parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: count - 1, omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  while parts.count < count { parts.append("") }
  return parts
}

/// A name and a version: whatever they are, the label is a purl.
func fuzzPURL(_ bytes: Bytes) {
  let parts = parts(bytes, 2)
  for ecosystem in [Ecosystem.npm, .vscode, .jsr, .pypi, .conda] {
    let package = Package(ecosystem: ecosystem, name: parts[0], version: parts[1])
    require(isPURL(package.purl), "no purl: \(package.purl)")
  }
  let text = String(decoding: bytes, as: UTF8.self)
  for reading in [PackageURL.Reading.strict, .tolerant, .asWritten] {
    guard let purl = try? PackageURL(parsing: text, reading) else { continue }
    require((try? PackageURL(parsing: purl.text, reading)) == purl, "another purl: \(purl.text)")
    require(purl.packages.allSatisfy { !$0.name.isEmpty }, "a package without a name: \(purl.text)")
  }
}

/// A type, a version and a range in its tools' words or in the notation `vers`: what is read is read again from its own text.
func fuzzVers(_ bytes: Bytes) {
  let parts = parts(bytes, 3)
  let ranges = [
    try? Vers(parsing: parts[2]), try? Vers(parsing: parts[2], .tolerant), try? Vers(native: parts[2], type: parts[0]),
  ]
  for range in ranges.compactMap({ $0 }) where !range.constraints.isEmpty {
    require((try? Vers(parsing: range.description, .tolerant)) == range, "another range: \(range)")
    require(range.simplified().contains(parts[1]) == range.contains(parts[1]), "another set: \(range)")
  }
}

/// Two versions and a requirement: the order is one, and a range answers for every version.
func fuzzVersions(_ bytes: Bytes) {
  let parts = parts(bytes, 3)
  for scheme in schemes { checkLaws(of: scheme, parts[0], parts[1], requirement: parts[2]) }
}

private func checkLaws(of scheme: any VersionScheme.Type, _ first: String, _ second: String, requirement: String) {
  let (forward, backward) = (scheme.compare(first, second), scheme.compare(second, first))
  require(forward == backward?.reversed, "an order that depends on who asks first")
  require((forward == nil) == !(scheme.isValid(first) && scheme.isValid(second)), "an order without versions")
  if forward == .same { require(scheme.isMeant(first, by: second) == true, "the same, but not meant") }
  if scheme.isValid(first) { require(scheme.compare(first, first) == .same, "a version that is not itself") }
  guard let range = scheme.range(requirement) else { return }
  if scheme.isValid(first) { require(range.contains(first) != nil, "a range that does not answer") }
  // What is no version is inside or outside only where texts are compared.
  if !scheme.isValid(first), !requirement.contains("===") {
    require(range.contains(first) == nil, "a range that guesses")
  }
  // Taken apart and put together, a range is the same set.
  guard let again = scheme.range(range.description) else { fatalError("no range: \(range.description)") }
  require(again.contains(first) == range.contains(first), "another range: \(range.description)")
}

/// What a user types: it is understood, or refused in the user's own words.
func fuzzQuery(_ bytes: Bytes) {
  let text = String(decoding: bytes, as: UTF8.self)
  do throws(QueryError) {
    let query = try PackageQuery(text)
    require(!query.name.isEmpty, "a query without a name")
    let own = query.ecosystem.map { [$0] } ?? [.npm, .pypi]
    let finds = { (version: String?) in
      own.contains { query.matches(Package(ecosystem: $0, name: query.name, version: version)) }
    }
    require(finds(nil), "a query that does not find its own package")
    if let requirement = query.requirement { require(finds(requirement), "nor its own version") }
  } catch {
    require(error.code == .notARange || error.text == text, "refused in other words")
  }
}

/// An incident or a record: it is read or refused, and asked about versions it answers.
func fuzzRecords(_ bytes: Bytes) {
  let asIncident = failure { () throws(ParseError) in
    let incident = try Incident(json: bytes)
    for affected in incident.record.affected {
      for audience in Audience.allCases { _ = incident.detail(for: affected).advice(for: audience, language: "nl") }
    }
  }
  let asRecord = failure { () throws(ParseError) in
    for affected in try OSVRecord(json: bytes).affected {
      for version in affected.versions.prefix(20) + ["1.0.0", ""] {
        let answer = affected.evaluate(version)
        require(!affected.versions.contains(version) || answer == .yes, "a listed version that is not affected")
      }
    }
  }
  require(asIncident != nil || asRecord == nil, "an incident that is no record")
}
