// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
public import Exposure
public import Inventory

/// A plan held against the checklist of an earlier run: what is done, what has changed since, what is new.
public struct ChecklistProgress: Sendable {
  /// How an item stands. Stable, kebab-case; `Reports` has the words.
  public enum State: String, CaseIterable, Sendable {
    /// It was not on the list.
    case new
    case open
    /// Not ticked, and a file has changed since.
    case openAndChanged = "open-and-changed"
    case done
    /// Ticked, and a file that replacing it would have changed is as it was: a warning.
    case doneButUnchanged = "done-but-unchanged"
    /// Ticked, and there is a place that was not on the list: a warning.
    case doneWithNewPlaces = "done-with-new-places"

    public var isWarning: Bool { self == .doneButUnchanged || self == .doneWithNewPlaces }
  }

  /// One item of the plan.
  public struct Entry: Sendable {
    public let item: RotationPlan.Item
    public let state: State
    public let isTicked: Bool
    /// Paths of files that were written since the list was made, or replaced.
    public let changed: [String]
    /// Paths of files that are as they were and should not be.
    public let unchanged: [String]
    /// Paths that were not on the list.
    public let added: [String]
    /// Lines that people wrote beside it.
    public let notes: [String]
    /// What to write down of the files: as they were when the list was first made, so that a later run still sees the change.
    public let places: [Checklist.Place]
  }

  /// An item of the list of which nothing is here any more.
  public struct Gone: Sendable {
    /// ``ChecklistKey``
    public let key: String
    public let kind: String
    public let isTicked: Bool
    public let places: [Checklist.Place]
    public let notes: [String]
  }

  /// In the plan's order, with those that the incident does not read at the end.
  public let entries: [Entry]
  public let gone: [Gone]
  /// Steps that come before the items, and whether they are ticked.
  public let steps: [(key: String, isTicked: Bool, notes: [String])]
  /// Boxes that people added.
  public let ownItems: [Checklist.Item]
  /// Lines that people wrote outside of any item.
  public let notes: [String]
  /// What could not be read of the list.
  public let problem: Coverage.Reason?

  public var done: Int { entries.count { $0.isTicked } }
  public var warnings: [Entry] { entries.filter(\.state.isWarning) }

  /// - Parameter checklist: That of an earlier run; an empty one where there is none.
  public init(_ plan: RotationPlan, _ catalogue: CredentialCatalogue, since checklist: Checklist = Checklist()) {
    let items = plan.items + plan.others
    let present = Set(items.map { ChecklistKey.item($0) })
    entries = items.map { Self.entry($0, catalogue, Self.old($0, checklist, present)) }
    let kinds = Set(items.map(\.kind))
    gone = checklist.items.compactMap { item in
      guard let key = item.key, !key.hasPrefix(ChecklistKey.step("")), !kinds.contains(ChecklistKey.kind(key)) else {
        return nil
      }
      return Gone(
        key: key, kind: ChecklistKey.kind(key), isTicked: item.isTicked, places: item.places, notes: item.notes)
    }
    var steps = plan.before.map { ChecklistKey.step($0.rawValue) }
    // A step that is not asked for any more stays where somebody ticked it or wrote beside it.
    for item in checklist.items {
      guard let key = item.key, key.hasPrefix(ChecklistKey.step("")), !steps.contains(key) else { continue }
      if item.isTicked || !item.notes.isEmpty { steps.append(key) }
    }
    self.steps = steps.map { key in
      let item = checklist.item(key)
      return (key, item?.isTicked ?? false, item?.notes ?? [])
    }
    ownItems = checklist.items.filter { $0.key == nil }
    notes = checklist.notes
    problem = checklist.problem
  }

  /// The item as it was on the list. What is known of an incident may have grown since: then its kind moved from one section to the other.
  private static func old(_ item: RotationPlan.Item, _ checklist: Checklist, _ present: Set<String>) -> Checklist.Item?
  {
    if let old = checklist.item(ChecklistKey.item(item)) { return old }
    let other = ChecklistKey.item(kind: item.kind, isRead: item.reason == .notNamed)
    return present.contains(other) ? nil : checklist.item(other)
  }

  private static func entry(
    _ item: RotationPlan.Item, _ catalogue: CredentialCatalogue, _ old: Checklist.Item?
  ) -> Entry {
    let known = Dictionary((old?.places ?? []).map { ($0.path, $0) }) { first, _ in first }
    let changes = catalogue.kind(item.kind)?.changesFile ?? true
    var (changed, unchanged, added): ([String], [String], [String]) = ([], [], [])
    var places: [Checklist.Place] = []
    for sighting in item.places {
      let now = Checklist.Place(sighting)
      let before = known[sighting.path]
      places.append(before ?? now)
      guard let before else {
        added.append(sighting.path)
        continue
      }
      guard now.inode != nil, before.inode != nil else { continue }
      if before != now { changed.append(sighting.path) } else if changes { unchanged.append(sighting.path) }
    }
    let isTicked = old?.isTicked ?? false
    let state: State =
      switch (old, isTicked) {
      case (nil, _): .new
      case (_, true): !unchanged.isEmpty ? .doneButUnchanged : !added.isEmpty ? .doneWithNewPlaces : .done
      case (_, false): changed.isEmpty ? .open : .openAndChanged
      }
    return Entry(
      item: item, state: state, isTicked: isTicked, changed: changed, unchanged: isTicked ? unchanged : [],
      added: old == nil ? [] : added, notes: old?.notes ?? [], places: places)
  }
}

extension ChecklistKey {
  /// The key of an item: its kind, marked where the incident does not read it, as both may be on one list.
  public static func item(_ item: RotationPlan.Item) -> String {
    self.item(kind: item.kind, isRead: item.reason != .notNamed)
  }

  static func item(kind: String, isRead: Bool) -> String { isRead ? kind : "other:" + kind }

  static func kind(_ key: String) -> String {
    key.hasPrefix("other:") ? String(key.dropFirst(6)) : key
  }
}
