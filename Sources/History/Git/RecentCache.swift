// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What has a hash that is quick to make, and that nobody can foresee.
protocol QuickHashed: Equatable {
  var quickHash: UInt64 { get }
}

/// What was used lately: a fixed number of places, of which each key has one, shared with whatever else has the same.
///
/// Forgetting by chance costs a little work again. A dictionary with an order of use takes several times the time and
/// memory.
struct RecentCache<Key: QuickHashed, Value> {
  private struct Slot {
    let key: Key
    let value: Value
    let weight: Int
  }

  private var slots: [Slot?]
  private var filled = 0
  private var weight = 0
  private let limit: Int
  private let places: Int
  private var hand = 0

  /// - Parameters:
  ///   - places: A power of two; there are fewer as long as those suffice.
  ///   - limit: What all values may weigh together.
  init(places: Int, limit: Int = .max) {
    slots = Array(repeating: nil, count: min(places, 1 << 10))
    self.places = places
    self.limit = limit
  }

  func value(_ key: Key) -> Value? {
    guard let slot = slots[place(key)], slot.key == key else { return nil }
    return slot.value
  }

  mutating func insert(_ value: Value, for key: Key, weight added: Int = 0) {
    if filled * 2 > slots.count, slots.count < places { grow() }
    put(Slot(key: key, value: value, weight: added))
    let place = place(key)
    // In turn: the hand comes by a place that was just filled no sooner than any other.
    while weight > limit, weight > added {
      if hand != place, let slot = slots[hand] {
        weight -= slot.weight
        filled -= 1
        slots[hand] = nil
      }
      hand = (hand + 1) & (slots.count - 1)
    }
  }

  private mutating func put(_ slot: Slot) {
    let place = place(slot.key)
    weight += slot.weight - (slots[place]?.weight ?? 0)
    if slots[place] == nil { filled += 1 }
    slots[place] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: old.count * 4)
    (filled, weight, hand) = (0, 0, 0)
    for case let slot? in old { put(slot) }
  }

  private func place(_ key: Key) -> Int { Int(truncatingIfNeeded: key.quickHash) & (slots.count - 1) }
}
