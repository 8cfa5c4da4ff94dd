// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Which of the open containers are objects and which arrays: one bit each, without an allocation up to a depth of 64.
struct ContainerStack {
  /// The innermost containers, the innermost one in the lowest bit.
  private var bits: UInt64 = 0
  private var depth = 0
  /// Groups of 64 further out.
  private var outer: [UInt64] = []

  var isEmpty: Bool { depth == 0 }

  /// Whether the innermost container is an object.
  var isObject: Bool { bits & 1 == 1 }

  mutating func push(isObject: Bool) {
    if depth > 0, depth.isMultiple(of: 64) { outer.append(bits) }
    bits = bits << 1 | (isObject ? 1 : 0)
    depth += 1
  }

  mutating func pop() {
    depth -= 1
    bits >>= 1
    if depth > 0, depth.isMultiple(of: 64) { bits = outer.removeLast() }
  }
}
