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
  private var weight = 0
  private let limit: Int
  private var hand = 0

  /// - Parameters:
  ///   - places: A power of two.
  ///   - limit: What all values may weigh together.
  init(places: Int, limit: Int = .max) {
    slots = Array(repeating: nil, count: places)
    self.limit = limit
  }

  func value(_ key: Key) -> Value? {
    guard let slot = slots[place(key)], slot.key == key else { return nil }
    return slot.value
  }

  mutating func insert(_ value: Value, for key: Key, weight added: Int = 0) {
    let place = place(key)
    weight += added - (slots[place]?.weight ?? 0)
    slots[place] = Slot(key: key, value: value, weight: added)
    // In turn: the hand comes by a place that was just filled no sooner than any other.
    while weight > limit, weight > added {
      if hand != place, let slot = slots[hand] {
        weight -= slot.weight
        slots[hand] = nil
      }
      hand = (hand + 1) & (slots.count - 1)
    }
  }

  private func place(_ key: Key) -> Int { Int(truncatingIfNeeded: key.quickHash) & (slots.count - 1) }
}
