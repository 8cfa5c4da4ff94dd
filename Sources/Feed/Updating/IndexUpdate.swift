// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// One update, from the choice of ecosystems to the last value that is kept.
final class IndexUpdate {
  /// Seconds that the advisories' date has to move for a new index that holds nothing else new.
  private static let dateStep: Int64 = 3600

  let options: UpdateOptions
  let surroundings: UpdateSurroundings
  let index: IndexInProgress
  let now: Moment
  var report = UpdateReport()
  private let fetcher: Fetcher
  private let workplace: Workplace
  /// How many records each ecosystem had when this began.
  private(set) var before: [String: Int] = [:]
  /// The newest time of all the lists.
  private var newest: Moment?

  init(
    _ options: UpdateOptions, _ surroundings: UpdateSurroundings, _ index: IndexInProgress, _ fetcher: Fetcher,
    _ workplace: Workplace
  ) {
    self.options = options
    self.surroundings = surroundings
    self.index = index
    self.fetcher = fetcher
    self.workplace = workplace
    now = Moment(nanoseconds: Int64(surroundings.now()) &* 1_000_000_000)
    report.source = options.source.name
  }

  /// Whether the new index holds anything that the old one does not.
  var isWorthKeeping: Bool { index.hasNews }

  func run() throws(FeedError) {
    switch options.source {
    case .archive(let path): try takeArchive(path)
    case .folder(let path): try takeSets(FolderMirror(root: path))
    case .address(let address):
      try takeSets(AddressMirror(address: address, fetcher: fetcher, workplace: workplace))
    }
    try updateKnownExploited(fetcher)
    try index.set(options.source.name, for: .source)
    try noteChecked()
    report.reasons = index.reasons
  }

  // MARK: A mirror

  private func takeSets(_ mirror: some Mirror) throws(FeedError) {
    let isSameSource = try index.value(.source) == options.source.name
    let ecosystems = try chooseEcosystems(mirror)
    for ecosystem in ecosystems { try noteBefore(ecosystem) }
    for ecosystem in ecosystems {
      let set = SetUpdate(self, mirror, ecosystem, isKnown: isSameSource && !options.isWhole)
      try set.run()
      if let time = set.newest { newest = max(newest ?? time, time) }
    }
    for ecosystem in ecosystems { try checkSize(of: ecosystem) }
    try setDate(options.source.isPublic ? now : try mirror.newestModification(now: now) ?? newest)
  }

  private func chooseEcosystems(_ mirror: some Mirror) throws(FeedError) -> [String] {
    let listed = try listedEcosystems(mirror)
    let (selection, known) = (try index.value(.selection), try knownEcosystems())
    let asked = try askedEcosystems()
    if !asked.isEmpty {
      for name in asked where listed?.contains(name) == false {
        let near = listed?.first { $0.lowercased() == name.lowercased() }
        throw FeedError(.unknownEcosystem, name, near ?? "")
      }
      try keepEcosystems(known, asked)
      return asked
    }
    if selection == "some", !known.isEmpty { return known }
    guard let listed, !listed.isEmpty else {
      throw FeedError(.notThere, "\(options.source.name)/\(MirrorLayout.ecosystems)")
    }
    if selection == nil {
      surroundings.tell(.beginning(ecosystems: listed.count, source: options.source.name))
    }
    try index.set("all", for: .selection)
    // One that the list no longer names is looked for all the same: it is not gone because a list is short.
    try keepEcosystems(known, listed)
    return listed + known.filter { !listed.contains($0) }
  }

  private func knownEcosystems() throws(FeedError) -> [String] {
    try index.value(.ecosystems)?.split(separator: "\n").map(String.init) ?? []
  }

  private func keepEcosystems(_ known: [String], _ more: [String]) throws(FeedError) {
    if try index.value(.selection) == nil { try index.set("some", for: .selection) }
    try index.set((known + more.filter { !known.contains($0) }).joined(separator: "\n"), for: .ecosystems)
  }

  private func askedEcosystems() throws(FeedError) -> [String] {
    var names: [String] = []
    for name in options.ecosystems.map(EcosystemName.base) where !names.contains(name) {
      guard EcosystemName.isSound(name) else { throw FeedError(.invalidName, name) }
      names.append(name)
    }
    return names
  }

  /// The ecosystems of the source, each base once; nil where it has no list of them.
  private func listedEcosystems(_ mirror: some Mirror) throws(FeedError) -> [String]? {
    guard let lines = try mirror.ecosystems() else { return nil }
    var names: [String] = []
    for name in lines.map(EcosystemName.base) where !names.contains(name) {
      guard EcosystemName.isSound(name) else { throw FeedError(.unreadableList, MirrorLayout.ecosystems, name) }
      names.append(name)
    }
    return names
  }

  // MARK: Around every source

  /// Remembers how many records an ecosystem has, before the first of them is touched.
  func noteBefore(_ ecosystem: String) throws(FeedError) {
    // Private records that a first build begins with are none of a source's.
    if before[ecosystem] == nil { before[ecosystem] = index.isCopy ? try index.count(of: ecosystem) : 0 }
  }

  /// - Throws: ``FeedError/Code/setShrank`` where so few records would be left of an ecosystem that something must
  ///   be wrong with the source.
  func checkShrinking(_ ecosystem: String, to count: Int) throws(FeedError) {
    let old = before[ecosystem] ?? 0
    guard old > 0, !options.acceptsShrinking, count < old - old / 10 else { return }
    throw FeedError(.setShrank, ecosystem, "\(old) \(count)")
  }

  /// Adds what became of some of an ecosystem's records to the report.
  func add(_ tally: RecordTally, removed: Int = 0, to ecosystem: String) {
    report.ecosystems[ecosystem, default: .init()].changed += tally.stored
    report.ecosystems[ecosystem, default: .init()].inPart += tally.inPart
    report.ecosystems[ecosystem, default: .init()].refused += tally.refused
    report.ecosystems[ecosystem, default: .init()].removed += removed
  }

  /// Compares what an ecosystem has now with what it had, and completes its row of the report.
  func checkSize(of ecosystem: String) throws(FeedError) {
    let count = try index.count(of: ecosystem)
    try checkShrinking(ecosystem, to: count)
    var counts = report.ecosystems[ecosystem] ?? .init()
    counts.records = count
    // Until here `changed` holds all that were written.
    counts.added = max(0, count - (before[ecosystem] ?? 0) + counts.removed)
    counts.changed = max(0, counts.changed - counts.added)
    report.ecosystems[ecosystem] = counts
    if counts.refused > 0 { surroundings.tell(.recordsRefused(ecosystem: ecosystem, count: counts.refused)) }
  }

  private func setDate(_ time: Moment?) throws(FeedError) {
    let old = try index.value(.asOf).flatMap { Moment($0) }
    report.asOf = (time ?? old)?.text ?? ""
    guard let time else { return }
    if time.seconds == old?.seconds { return }
    if let old, abs(time.seconds &- old.seconds) < Self.dateStep, !index.hasNews { return }
    try index.set(time.text, for: .asOf)
  }

  /// Remembers that the source was asked just now; where nothing else is new, only once in a while.
  private func noteChecked() throws(FeedError) {
    let old = try index.value(.checked).flatMap { Moment($0) }
    if let old, abs(now.seconds &- old.seconds) < Self.dateStep, !index.hasNews { return }
    try index.set(now.text, for: .checked)
  }

  // MARK: One zip

  /// Takes a zip for all that there is of each ecosystem that its records name, or of those that were asked for.
  private func takeArchive(_ path: String) throws(FeedError) {
    guard let file = try OpenFile.reading(path) else { throw FeedError(.cannotRead, path, "") }
    let asked = try askedEcosystems()
    var sets: [String: HashedSet] = [:]
    var tallies: [String: RecordTally] = [:]
    var count = 0
    try ZipArchive(file).forEachFile { (name, content) throws(FeedError) -> Void in
      guard name.ends(with: ".json") else { return }
      let head = RecordHead(content, withEcosystems: true)
      let names = (head?.ecosystems ?? []).filter { asked.isEmpty || asked.contains($0) }
      guard head == nil || !names.isEmpty else { return }
      for name in names { try noteBefore(name) }
      var tally = RecordTally()
      try index.put(content, &tally)
      for name in names.isEmpty ? asked.prefix(1).map({ $0 }) : names {
        if let head { sets[name, default: .init()].insert(head.id) }
        tallies[name, default: .init()].add(tally)
      }
      if let time = head?.modified, time <= now { newest = max(newest ?? time, time) }
      count += 1
      if count % 256 == 0 { surroundings.progress(.reading(ecosystem: path, records: count)) }
    }
    for name in asked { try noteBefore(name) }
    for name in before.keys.sorted() { try settle(name, sets[name] ?? .init(), tallies[name] ?? .init()) }
    try keepEcosystems(try knownEcosystems(), before.keys.sorted())
    try setDate(newest)
  }

  private func settle(_ ecosystem: String, _ ids: HashedSet, _ tally: RecordTally) throws(FeedError) {
    try checkShrinking(ecosystem, to: tally.sound)
    var sorted = ids
    sorted.sort()
    let gone = before[ecosystem] == 0 ? [] : try index.compare(ecosystem) { sorted.contains($0) }.gone
    try index.remove(gone)
    // Nothing is known of any list, so the next update from a mirror begins with the zips.
    for key in [IndexInProgress.Key.list, .archive, .watermark, .lacking] {
      try index.set(nil as String?, for: key, ecosystem)
    }
    add(tally, removed: gone.count, to: ecosystem)
    try checkSize(of: ecosystem)
  }
}

extension RecordTally {
  mutating func add(_ other: RecordTally) {
    stored += other.stored
    inPart += other.inPart
    unchanged += other.unchanged
    refused += other.refused
  }
}
