// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// From when to when a bad entry lay on a branch, out of which commits have it.
///
/// The commits with the entry that a branch reaches fall into pieces that hang together from parent to child: each is
/// one window. It begins
/// with its earliest commit; it ends with the latest commit without the entry whose parent has it. Times are those of
/// the committer.
struct GitWindows {
  /// Entries that are in the same commits share all windows.
  struct Pattern {
    let entries: [UInt32]
    /// Commits that have them, children before parents.
    let having: [Int32]
    /// Commits that do not and whose parent does.
    let leaving: [Int32]
  }

  struct Window {
    let entries: [UInt32]
    /// The first of ``sources`` of which it was found, and how many more there are.
    var source: Int
    var others = 0
    let from: PastSighting.Bound?
    let to: PastSighting.Bound?
    /// The commit that brought it.
    let added: Int
    let isCut: Bool
    let end: End
  }

  enum End: Hashable {
    /// The newest commit has it.
    case open(Int32)
    /// The commit that took it away.
    case removed(Int32)
    /// A log went on to another commit; nil where it ends here.
    case left(Int32, to: Int32?)
  }

  struct Key: Hashable {
    /// The first of the pattern's entries: no other pattern has it.
    let entry: UInt32
    let added: Int
    /// Not always that of `added`: a later commit may have an earlier time.
    let earliest: Int64
    let tier: GitSource.Tier
    let end: End
    /// Where each source is told by itself.
    let source: Int?
  }

  let table: CommitTable
  private let order: [Int32]
  private let isWhole: [Bool]
  private let sources: [GitSource]
  private let tips: [[Int32]]
  /// Sources that point at the same, and at nothing else.
  private let twins: [[Int]]
  /// By commits: the first tier that reaches it.
  private let tiers: [UInt8]
  /// Scratch: a commit's place in the piece of work at hand, or -1.
  private var places: [Int32]
  private(set) var windows: [Key: Window] = [:]

  init(table: CommitTable, order: [Int32], isWhole: [Bool], sources: [GitSource]) {
    (self.table, self.order, self.isWhole, self.sources) = (table, order, isWhole, sources)
    tips = sources.map { $0.tips.compactMap { table.number($0).map { Int32($0) } } }
    var groups: [[Int32]: [Int]] = [:]
    for (source, tips) in tips.enumerated() where !tips.isEmpty { groups[tips, default: []].append(source) }
    twins = groups.values.sorted { $0[0] < $1[0] }
    places = Array(repeating: -1, count: table.count)
    var bits = [UInt8](repeating: 0, count: table.count)
    for (source, tips) in zip(sources, tips) { for tip in tips { bits[Int(tip)] |= 1 << UInt8(source.tier.rawValue) } }
    for commit in order { for parent in table.parents(Int(commit)) { bits[Int(parent)] |= bits[Int(commit)] } }
    tiers = bits.map { UInt8(min($0.trailingZeroBitCount, 3)) }
  }

  /// Finds the windows of some patterns.
  mutating func find(_ patterns: [Pattern]) {
    for start in stride(from: 0, to: twins.count, by: 64) {
      let batch = start..<min(start + 64, twins.count)
      let masks = masks(batch)
      for pattern in patterns {
        for group in groups(pattern, masks) { find(pattern, group, start, masks) }
      }
    }
  }

  /// By commits: which of 64 groups of twins reach it.
  private func masks(_ batch: Range<Int>) -> [UInt64] {
    var masks = [UInt64](repeating: 0, count: table.count)
    for number in batch {
      for tip in tips[twins[number][0]] { masks[Int(tip)] |= 1 << UInt64(number - batch.lowerBound) }
    }
    for commit in order {
      let mask = masks[Int(commit)]
      if mask != 0 { for parent in table.parents(Int(commit)) { masks[Int(parent)] |= mask } }
    }
    return masks
  }

  /// Which sources reach the same of a pattern's commits: all is the same for them, also which commit with the entry
  /// is the newest.
  private func groups(_ pattern: Pattern, _ masks: [UInt64]) -> [UInt64] {
    let reaching = pattern.having.reduce(UInt64(0)) { $0 | masks[Int($1)] }
    var groups = reaching == 0 ? [] : [reaching]
    var last = reaching
    for list in [pattern.having, pattern.leaving] {
      for commit in list where masks[Int(commit)] != last {
        last = masks[Int(commit)]
        for index in groups.indices where groups[index] & last != 0 && groups[index] & ~last != 0 {
          groups.append(groups[index] & ~last)
          groups[index] &= last
        }
      }
    }
    return groups
  }

  // MARK: Pieces

  /// Commits that hang together.
  private struct Piece {
    var earliest = Int64.max
    var latest = CommitTable.unknownTime
    /// Of the commits without a parent in the piece the earliest.
    var added: Int32 = -1
    var removed: Int32 = -1
    /// Bit by bit: the tiers that reach its commits first.
    var tiers: UInt8 = 0
    /// Whether it may have begun before what can be read.
    var isCut = false
  }

  private mutating func find(_ pattern: Pattern, _ group: UInt64, _ start: Int, _ masks: [UInt64]) {
    let bit = UInt64(1) << UInt64(group.trailingZeroBitCount)
    let commits = pattern.having.filter { masks[Int($0)] & bit != 0 }
    for (place, commit) in commits.enumerated() { places[Int(commit)] = Int32(place) }
    defer { for commit in commits { places[Int(commit)] = -1 } }
    let roots = roots(commits)
    var pieces = pieces(commits, roots)
    for commit in pattern.leaving where masks[Int(commit)] & bit != 0 {
      for parent in table.parents(Int(commit)) where places[Int(parent)] >= 0 {
        let root = Int(roots[Int(places[Int(parent)])])
        if isLater(commit, than: pieces[root]?.removed ?? -1) { pieces[root]?.removed = commit }
      }
    }
    var rest = group
    while rest != 0 {
      for source in twins[start + rest.trailingZeroBitCount] { tell(pattern, pieces, of: source, roots) }
      rest &= rest - 1
    }
  }

  /// By places: the place that stands for the piece.
  private func roots(_ commits: [Int32]) -> [Int32] {
    var roots = (0..<Int32(commits.count)).map { $0 }
    func root(_ place: Int32) -> Int32 {
      var place = place
      while roots[Int(place)] != place {
        roots[Int(place)] = roots[Int(roots[Int(place)])]
        place = roots[Int(place)]
      }
      return place
    }
    for (place, commit) in commits.enumerated() {
      for parent in table.parents(Int(commit)) where places[Int(parent)] >= 0 {
        roots[Int(root(Int32(place)))] = root(places[Int(parent)])
      }
    }
    return (0..<Int32(commits.count)).map { root($0) }
  }

  private func pieces(_ commits: [Int32], _ roots: [Int32]) -> [Int: Piece] {
    var pieces: [Int: Piece] = [:]
    for (place, commit) in commits.enumerated() {
      let (number, time) = (Int(commit), table.seconds[Int(commit)])
      var piece = pieces[Int(roots[place])] ?? Piece()
      piece.tiers |= 1 << tiers[number]
      if time != CommitTable.unknownTime {
        piece.earliest = min(piece.earliest, time)
        piece.latest = max(piece.latest, time)
      }
      let parents = table.parents(number)
      if !parents.contains(where: { places[Int($0)] >= 0 }) {
        if table.isCut[number] || parents.contains(where: { !isWhole[Int($0)] }) { piece.isCut = true }
        if piece.added < 0 || isLater(piece.added, than: commit) { piece.added = commit }
      }
      pieces[Int(roots[place])] = piece
    }
    return pieces
  }

  private func isLater(_ commit: Int32, than other: Int32) -> Bool {
    if other < 0 { return true }
    let (first, second) = (table.seconds[Int(commit)], table.seconds[Int(other)])
    return first == second ? table.ids[Int(commit)] > table.ids[Int(other)] : first > second
  }

  // MARK: Telling

  private mutating func tell(_ pattern: Pattern, _ pieces: [Int: Piece], of source: Int, _ roots: [Int32]) {
    let tier = sources[source].tier
    let tip = sources[source].log == nil ? tips[source].first : nil
    let open = tip.flatMap { places[Int($0)] >= 0 ? Int(roots[Int(places[Int($0)])]) : nil }
    let left = sources[source].log.map { leavings($0, roots) } ?? [:]
    for (root, piece) in pieces where piece.tiers & (1 << UInt8(tier.rawValue)) != 0 && piece.added >= 0 {
      let end: End
      if let tip, open == root {
        end = .open(tip)
      } else if let leaving = left[root] {
        end = .left(leaving.commit, to: leaving.next)
      } else if piece.removed >= 0 {
        end = .removed(piece.removed)
      } else {
        end = .left(piece.added, to: nil)
      }
      add(pattern, piece, end, left[root], source)
    }
  }

  private mutating func add(_ pattern: Pattern, _ piece: Piece, _ end: End, _ leaving: Leaving?, _ source: Int) {
    let tier = sources[source].tier
    var isAlone = false
    var shared = end
    if case .open = end {
      isAlone = tier == .branch
      // Copies on other machines are told once, whatever they added since.
      if !isAlone { shared = .open(-1) }
    }
    let key = Key(
      entry: pattern.entries[0], added: Int(piece.added), earliest: piece.earliest, tier: tier, end: shared,
      source: isAlone ? source : nil)
    if windows[key] != nil {
      windows[key]?.others += 1
      if source > windows[key]?.source ?? 0 { return }
    }
    let (from, to) = bounds(piece, end, leaving)
    windows[key] = Window(
      entries: pattern.entries, source: source, others: windows[key]?.others ?? 0, from: from, to: to,
      added: Int(piece.added),
      isCut: piece.isCut, end: end)
  }

  private func bounds(
    _ piece: Piece, _ end: End, _ leaving: Leaving?
  ) -> (PastSighting.Bound?, PastSighting.Bound?) {
    let start = piece.earliest == .max ? nil : piece.earliest
    var from = start.map { start in
      // A descendant that is older than the commit it descends from shows that a clock was wrong.
      PastSighting.Bound(start, isExact: !piece.isCut && start == table.seconds[Int(piece.added)])
    }
    let stop: Int64?
    switch end {
    case .open: return (from, nil)
    case .removed(let commit):
      stop = table.seconds[Int(commit)] == CommitTable.unknownTime ? nil : table.seconds[Int(commit)]
    case .left: stop = leaving?.seconds
    }
    let least = max(start ?? 0, 0)
    guard let stop, stop >= start ?? stop else {
      if stop != nil { from?.isExact = false }
      return (from, PastSighting.Bound(max(stop ?? piece.latest, least), isExact: false))
    }
    var isExact = true
    if case .left(_, let next) = end { isExact = next != nil }
    return (from, PastSighting.Bound(stop, isExact: isExact))
  }

  /// When a log last had a commit of a piece.
  private struct Leaving {
    let commit: Int32
    let next: Int32?
    let seconds: Int64
  }

  /// By roots of pieces.
  private func leavings(_ log: GitReflog, _ roots: [Int32]) -> [Int: Leaving] {
    var result: [Int: Leaving] = [:]
    for (index, entry) in log.entries.enumerated() {
      // What it was before the first entry that is kept it was until that entry.
      for (id, isOld) in [(entry.old, true), (entry.new, false)] {
        guard let commit = table.number(id), places[commit] >= 0 else { continue }
        let following = isOld ? entry : index + 1 < log.entries.count ? log.entries[index + 1] : nil
        result[Int(roots[Int(places[commit])])] = Leaving(
          commit: Int32(commit), next: following.flatMap { table.number($0.new).map { Int32($0) } },
          seconds: following?.seconds ?? entry.seconds)
      }
    }
    return result
  }

  /// To be called at the end: what a log says is dropped where a branch had the same entry all the time.
  mutating func finish() {
    var told: [UInt32: [Window]] = [:]
    for (key, window) in windows where key.tier != .log { told[key.entry, default: []].append(window) }
    windows = windows.filter { key, window in
      guard key.tier == .log, let from = window.from, let to = window.to else { return true }
      return !(told[key.entry] ?? []).contains { other in
        guard let start = other.from, start.seconds <= from.seconds else { return false }
        return other.to.map { $0.seconds >= to.seconds } ?? true
      }
    }
  }
}
