// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories
internal import Inventory

/// Judges packages that are given as purls, one a line, as if each had been seen.
///
/// Blank lines and lines that begin with `#` are passed over. Every other line is either judged or a problem; each package and finding carries the
/// purl as it was given.
/// - Parameter lines: In order, without their ends.
public func judge(purls lines: [String], against incidents: IncidentIndex, options: ScanOptions) -> ScanReport {
  let start = options.clock()
  var given = GivenPurls()
  for (number, line) in lines.enumerated() { given.add(line, number: number + 1) }
  var judgement = Judgement(contents: given.contents, index: incidents)
  judgement.judge()
  let index = judgement.judgeRecords(options, RecordDigests(nil))
  var coverage = given.contents.coverage
  coverage.problems += judgement.problems + given.notCovered(by: incidents, index)
  coverage.problems = Set(coverage.problems).sorted(by: Coverage.Problem.precedes)
  let findings = given.expanded(judgement.findings)
  var report = ScanReport(
    verdict: Verdict(findings: findings, coverage: coverage),
    scanned: ScanReport.Scanned(
      paths: [GivenPurls.path], started: options.started, seconds: options.clock() - start, entries: given.count),
    advisories: ScanReport.AdvisorySource(incidents: incidents, index: index, options),
    packages: options.wantsInventory ? given.inventory() : [], packageCount: given.distinctCount, findings: findings,
    notes: given.expanded(judgement.notes), coverage: coverage, confinement: options.confinement)
  report.upgrades = given.expanded(judgement.upgrades, of: findings)
  return report
}

/// Lines of purls as what a walk would have found.
private struct GivenPurls {
  /// Stands for standard input, as on many command lines.
  static let path = "-"
  /// A line is shown no longer than this in a problem.
  private static let longestShown = 200

  var contents = InventoryBuilder.Contents()
  /// Lines judged.
  private(set) var count = 0
  /// A line that is a purl.
  private struct Line {
    let number: Int
    let text: String
    /// What it may mean, as numbers, the likeliest first.
    let packages: [Int]
  }

  /// In order.
  private var lines: [Line] = []
  /// For each line's number where it stands in `lines`, or -1.
  private var places: [Int32] = []
  private let file: Int

  init() {
    file = contents.sightings.add(file: Self.path)
    contents.coverage.filesRead["stdin/purls"] = 1
  }

  /// How many different packages are the likeliest meaning of a line.
  var distinctCount: Int {
    var isFirst = [Bool](repeating: false, count: contents.packages.packages.count)
    for line in lines { if let first = line.packages.first { isFirst[first] = true } }
    return isFirst.count { $0 }
  }

  private func line(_ number: Int?) -> Line? {
    guard let number, number <= places.count, number > 0, places[number - 1] >= 0 else { return nil }
    return lines[Int(places[number - 1])]
  }

  mutating func add(_ line: String, number: Int) {
    var text = line
    if text.utf8.last == UInt8(ascii: "\r") { text.removeLast() }
    guard !text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), text.utf8.first != UInt8(ascii: "#") else { return }
    count += 1
    do throws(PackageURLError) {
      let packages = try PackageURL(parsing: Self.trimmed(text), .asWritten).packages
      guard !packages.isEmpty else { return refuse(text, number, "no-ecosystem") }
      add(packages, text, number)
    } catch {
      refuse(text, number, error.code.rawValue)
    }
  }

  private static func trimmed(_ text: String) -> String {
    guard text.utf8.first == 0x20 || text.utf8.last == 0x20 || text.utf8.last == 0x09 || text.utf8.first == 0x09 else {
      return text
    }
    let bytes = text.utf8.drop { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: bytes.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed(), as: UTF8.self)
  }

  private mutating func refuse(_ text: String, _ number: Int, _ code: String) {
    contents.coverage.problems.append(
      Coverage.Problem(
        path: Self.path, reason: .purlNotUnderstood, arguments: [String(text.prefix(Self.longestShown)), code],
        line: number))
  }

  private mutating func add(_ packages: [Package], _ text: String, _ number: Int) {
    var numbers: [Int] = []
    for package in packages {
      let packageNumber = contents.packages.number(
        ecosystem: package.ecosystem, name: package.name, version: package.version)
      contents.sightings.add(
        SightingFacts(
          kind: .locked, confidence: .exact, line: number, via: [], requirement: nil, source: Self.source(package)),
        of: packageNumber, in: file)
      numbers.append(packageNumber)
    }
    while places.count < number - 1 { places.append(-1) }
    places.append(Int32(lines.count))
    lines.append(Line(number: number, text: text, packages: numbers))
  }

  /// A repository at a commit is also looked for among what records say of commits.
  private static func source(_ package: Package) -> String? {
    guard package.ecosystem.base == "GitHub Actions", let version = package.version, GitSource.isCommit(version) else {
      return nil
    }
    return "https://github.com/\(package.name)#\(version)"
  }

  /// Lines of which nothing here could speak, whatever they say: silence about them would look like an answer.
  func notCovered(by incidents: IncidentIndex, _ index: AdvisoryIndex?) -> [Coverage.Problem] {
    var known: [Ecosystem: Bool] = [:]
    // Lines of one ecosystem mostly follow each other.
    var last: Ecosystem?
    func isKnown(_ package: Int) -> Bool {
      let ecosystem = contents.packages.packages[package].ecosystem
      if ecosystem == last { return true }
      if let answer = known[ecosystem] { return answer }
      let base = ecosystem.base
      let answer = (index?.information.counts.records(of: base) ?? 0) > 0 || incidents.isAbout(base)
      known[ecosystem] = answer
      if answer { last = ecosystem }
      return answer
    }
    return lines.compactMap { line in
      guard let first = line.packages.first, !line.packages.contains(where: isKnown) else { return nil }
      let ecosystem = contents.packages.packages[first].ecosystem.base
      return Coverage.Problem(
        path: Self.path, reason: .ecosystemNotCovered,
        arguments: [String(line.text.prefix(Self.longestShown)), ecosystem], line: line.number)
    }
  }

  // MARK: Back to what was given

  /// One finding for each purl that means its package; of several packages that one purl may mean, each thing once.
  func expanded(_ findings: [Finding]) -> [Finding] {
    struct Key: Hashable {
      let text: String
      let id: String
    }
    var seen: Set<Key> = []
    return findings.flatMap { finding in
      texts(of: finding.sightings).compactMap { text, sightings in
        guard seen.insert(Key(text: text, id: finding.id)).inserted else { return nil }
        var copy = finding
        copy.label = text
        copy.sightings = sightings
        return copy
      }
    }
  }

  /// One upgrade for each purl and package of which something was found.
  /// - Parameter findings: Those that are told.
  func expanded(_ upgrades: [Upgrade], of findings: [Finding]) -> [Upgrade] {
    struct Key: Hashable {
      let text: String?
      let package: Package
    }
    var told: [Key: Set<String>] = [:]
    for finding in findings { told[Key(text: finding.label, package: finding.package), default: []].insert(finding.id) }
    return upgrades.flatMap { upgrade -> [Upgrade] in
      guard let number = contents.packages.find(upgrade.package) else { return [] }
      return texts(of: contents.sightings.sightings(of: number)).compactMap { text, _ in
        let ids = told[Key(text: text, package: upgrade.package)] ?? []
        var copy = upgrade
        copy.label = text
        copy.findings = upgrade.findings.filter(ids.contains)
        return copy.findings.isEmpty ? nil : copy
      }
    }
  }

  /// Each note of a line once, whichever of the packages that it may mean it is about.
  func expanded(_ notes: [Note]) -> [Note] {
    struct Key: Hashable {
      let line: Int?
      let code: Note.Code
      let arguments: [String]
    }
    var seen: Set<Key> = []
    return notes.compactMap { note in
      guard seen.insert(Key(line: note.line, code: note.code, arguments: note.arguments)).inserted else { return nil }
      var copy = note
      copy.label = line(note.line)?.text
      return copy
    }
  }

  /// The purls that sightings come from, in the order of their lines.
  private func texts(of sightings: [Sighting]) -> [(text: String, sightings: [Sighting])] {
    var order: [String] = []
    var groups: [String: [Sighting]] = [:]
    for sighting in sightings {
      guard let text = line(sighting.line)?.text else { continue }
      if groups[text] == nil { order.append(text) }
      groups[text, default: []].append(sighting)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  /// Every purl once, as it was given, with its lines.
  func inventory() -> [InventoriedPackage] {
    var entries: [InventoriedPackage] = []
    var byText: [String: Int] = [:]
    for line in lines {
      let sighting = Sighting(kind: .locked, confidence: .exact, path: Self.path, line: line.number)
      if let place = byText[line.text] {
        entries[place].sightings.append(sighting)
      } else if let first = line.packages.first {
        byText[line.text] = entries.count
        var entry = InventoriedPackage(package: contents.packages.packages[first], sightings: [sighting])
        entry.label = line.text
        entries.append(entry)
      }
    }
    return entries
  }
}
