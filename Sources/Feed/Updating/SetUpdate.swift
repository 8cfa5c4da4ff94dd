// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Brings one ecosystem up to date, from its list and its changed records, or from its zip.
final class SetUpdate<Source: Mirror> {
  /// Records that are asked for first: where most of them are not there, the source has zips only.
  private static var probeSize: Int { 20 }

  private let update: IndexUpdate
  private let mirror: Source
  private let ecosystem: String
  /// Whether what the index remembers of this ecosystem was learnt from this source.
  private let isKnown: Bool
  /// The newest time of the list that is not in the future.
  private(set) var newest: Moment?
  /// Times of records that the list names and that were neither beside it nor in the zip.
  private var absent: [Moment] = []
  private var index: IndexInProgress { update.index }
  private var options: UpdateOptions { update.options }
  private var before: Int { update.before[ecosystem] ?? 0 }

  init(_ update: IndexUpdate, _ mirror: Source, _ ecosystem: String, isKnown: Bool) {
    self.update = update
    self.mirror = mirror
    self.ecosystem = ecosystem
    self.isKnown = isKnown
  }

  func run() throws(FeedError) {
    let watermark = isKnown ? try index.value(.watermark, ecosystem).flatMap { Moment(kept: $0) } : nil
    // Without a time up to which it is complete, "unchanged" would say nothing.
    let known = watermark == nil ? nil : try index.validators(.list, ecosystem)
    switch try mirror.modifiedList(ecosystem, known: known) {
    case .unchanged: newest = watermark
    case .absent: try takeArchiveAlone()
    case .file(let file, let validators):
      try take(ModifiedList(file: file), validators, watermark)
    }
  }

  private func take(
    _ list: ModifiedList, _ validators: Validators, _ watermark: Moment?
  ) throws(FeedError) {
    let summary = try list.summary(
      changedFrom: watermark?.earlier(by: options.overlap), now: update.now, limit: options.changeLimit)
    newest = summary.newest
    try update.checkShrinking(ecosystem, to: summary.count)
    if watermark == nil || before == 0 || summary.hasMore || isCheaperAsArchive(summary) {
      try takeArchive(list, summary, known: nil)
    } else if try !takeChanges(list, summary) {
      // Records that are missing for good are no reason to read the same zip again and again.
      try takeArchive(list, summary, known: try index.validators(.archive, ecosystem))
    }
    try keep(list, validators, summary)
  }

  /// One zip instead of many small requests for most of what it holds.
  private func isCheaperAsArchive(_ summary: ModifiedList.Summary) -> Bool {
    summary.changed.count > 100 && summary.changed.count > summary.count / 2
  }

  /// Remembers up to where the ecosystem is complete: not from the first record on that was not there.
  private func keep(
    _ list: ModifiedList, _ validators: Validators, _ summary: ModifiedList.Summary
  ) throws(FeedError) {
    let watermark = ([summary.newest].compactMap { $0 } + absent.map(\.predecessor)).min()
    try index.set(watermark?.kept, for: .watermark, ecosystem)
    try index.set(absent.isEmpty ? validators : nil, for: .list, ecosystem)
    try index.set(String(summary.count - (try index.count(of: ecosystem))), for: .lacking, ecosystem)
    if !absent.isEmpty { update.surroundings.tell(.recordsAbsent(ecosystem: ecosystem, count: absent.count)) }
  }

  // MARK: Changed records

  /// Takes the records that changed; whether that did, or the zip has to be taken.
  private func takeChanges(_ list: ModifiedList, _ summary: ModifiedList.Summary) throws(FeedError) -> Bool {
    guard try takeRecords(summary.changed) else { return false }
    let lacking = try index.value(.lacking, ecosystem).flatMap { Int($0) } ?? 0
    guard try index.count(of: ecosystem) != summary.count - lacking else { return true }
    // Only where the numbers differ: finding out which ids came and went needs all of them.
    let listed = try list.ids()
    let (gone, present) = try index.compare(ecosystem) { listed.contains($0) }
    try index.remove(gone)
    update.add(RecordTally(), removed: gone.count, to: ecosystem)
    let taken = Set(summary.changed.map(\.id))
    let missing = try list.lines(limit: options.changeLimit) { (id, _) in
      !present.contains(id) && !taken.contains(id.string)
    }
    guard missing.count <= options.changeLimit else { return false }
    return try takeRecords(missing.picked)
  }

  /// Fetches and takes records; false where most are not there, so that the source seems to have zips only.
  private func takeRecords(_ lines: [(id: String, time: Moment)]) throws(FeedError) -> Bool {
    let before = absent.count
    try takeSome(lines.prefix(Self.probeSize))
    let isZipsOnly = (absent.count - before) * 2 > min(lines.count, Self.probeSize)
    guard !isZipsOnly else { return false }
    try takeSome(lines.dropFirst(Self.probeSize))
    return true
  }

  private func takeSome(_ lines: ArraySlice<(id: String, time: Moment)>) throws(FeedError) {
    let (lines, ids) = (Array(lines), lines.map(\.id))
    var tally = RecordTally()
    try mirror.records(ecosystem, ids) { (number, bytes) throws(FeedError) -> Void in
      guard let bytes else { return absent.append(lines[number].time) }
      // A record under another's name would be stored as that other one.
      guard RecordHead(bytes, withEcosystems: false)?.id == ids[number] else {
        tally.refused += 1
        return
      }
      try index.put(bytes, &tally)
      update.surroundings.progress(.reading(ecosystem: ecosystem, records: tally.all))
    }
    update.add(tally, to: ecosystem)
  }

  // MARK: The zip

  private struct Content {
    var ids = HashedSet()
    var states = HashedSet()
    var newest: Moment?
  }

  /// Takes the zip, and then what the list knows to be newer.
  /// - Parameter known: The zip that was read already, and that has nothing new.
  private func takeArchive(
    _ list: ModifiedList, _ summary: ModifiedList.Summary, known: Validators?
  ) throws(FeedError) {
    let fetched = try archive(known: known)
    if case .unchanged = fetched { return }
    guard case .file(let file, let validators) = fetched else {
      throw FeedError(.notThere, "\(options.source.name)/\(ecosystem)/\(MirrorLayout.archive)")
    }
    try index.set(validators, for: .archive, ecosystem)
    absent = []
    let content = try read(file)
    let missing = try list.lines(limit: 0) { (id, _) in !content.ids.contains(id) }.count
    guard missing <= summary.count / 10 else {
      throw FeedError(.zipBehindList, ecosystem, "\(missing) \(summary.count)")
    }
    let listed = try list.ids()
    try removeGone { content.ids.contains($0) || listed.contains($0) }
    let stale = try list.lines(limit: options.changeLimit) { !content.states.contains($0, $1) }
    guard stale.count <= options.changeLimit else {
      absent = [content.newest ?? stale.picked[0].time]
      return
    }
    // Where the source has zips only, all of these stay open.
    if try !takeRecords(stale.picked) { absent = stale.picked.map(\.time) }
  }

  /// Takes the zip of a source that has no lists.
  private func takeArchiveAlone() throws(FeedError) {
    switch try archive(known: isKnown && before > 0 ? try index.validators(.archive, ecosystem) : nil) {
    case .unchanged: return
    case .absent:
      try update.checkShrinking(ecosystem, to: 0)
      guard options.ecosystems.isEmpty || before > 0 else {
        throw FeedError(.notThere, "\(options.source.name)/\(ecosystem)/\(MirrorLayout.archive)")
      }
      update.surroundings.tell(.ecosystemAbsent(ecosystem))
      try removeGone { _ in false }
    case .file(let file, let validators):
      let content = try read(file)
      try removeGone { content.ids.contains($0) }
      newest = content.newest
      try index.set(nil as String?, for: .watermark, ecosystem)
      try index.set(nil as Validators?, for: .list, ecosystem)
      try index.set(validators, for: .archive, ecosystem)
    }
  }

  private func archive(known: Validators?) throws(FeedError) -> Fetched {
    try mirror.archive(ecosystem, known: known) {
      update.surroundings.progress(.fetching(ecosystem: ecosystem, bytes: $0))
    }
  }

  private func read(_ file: OpenFile) throws(FeedError) -> Content {
    let archive = try ZipArchive(file)
    try update.checkShrinking(ecosystem, to: archive.entryCount)
    var content = Content()
    var tally = RecordTally()
    try archive.forEachFile { (name, bytes) throws(FeedError) -> Void in
      guard name.ends(with: ".json") else { return }
      try index.put(bytes, &tally)
      if tally.all % 256 == 0 {
        update.surroundings.progress(.reading(ecosystem: ecosystem, records: tally.all))
      }
      guard let head = RecordHead(bytes, withEcosystems: false) else { return }
      content.ids.insert(head.id)
      if let time = head.modified {
        content.states.insert(head.id, time)
        if time <= update.now { content.newest = max(content.newest ?? time, time) }
      }
    }
    content.ids.sort()
    content.states.sort()
    guard tally.refused < 10 || tally.refused <= tally.all / 10 else {
      throw FeedError(.setUnreadable, ecosystem, "\(tally.refused) \(tally.all)")
    }
    try update.checkShrinking(ecosystem, to: tally.sound)
    update.add(tally, to: ecosystem)
    return content
  }

  private func removeGone(_ isListed: (String) -> Bool) throws(FeedError) {
    guard before > 0 else { return }
    let gone = try index.compare(ecosystem, with: isListed).gone
    try index.remove(gone)
    update.add(RecordTally(), removed: gone.count, to: ecosystem)
  }
}
