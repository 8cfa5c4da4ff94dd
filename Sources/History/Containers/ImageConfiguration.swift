// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// An image's configuration: of which layers it is made, and when each was built.
///
/// - Source: https://github.com/opencontainers/image-spec/blob/main/config.md (read 2026-11-25)
struct ImageConfiguration {
  /// The digests of the layers' contents, the lowest first.
  private var digests: [String] = []
  /// When the layers that hold something were built.
  private var built: [Int64?] = []

  init() {}

  init(_ json: inout JSONReader) throws(ParseError) {
    try json.enterObject()
    while let key = try json.nextKey() {
      if key.equals("rootfs"), try json.peek() == .object {
        try readLayers(&json)
      } else if key.equals("history"), try json.peek() == .array {
        try readHistory(&json)
      } else {
        try json.skip()
      }
    }
  }

  /// Each layer as Docker names it, by a digest of it and all below it, and when it was built.
  var chains: [(chain: String, built: Int64?)] {
    var chains: [(String, Int64?)] = []
    for (index, digest) in digests.enumerated() {
      let above = "sha256:\(chains.last?.0 ?? "") \(digest)"
      let chain =
        index == 0
        ? String(digest.split(separator: ":").last ?? "")
        : Array(above.utf8).withUnsafeBufferPointer { SHA256.digest(of: $0).text }
      chains.append((chain, index < built.count && built.count == digests.count ? built[index] : nil))
    }
    return chains
  }

  private mutating func readLayers(_ json: inout JSONReader) throws(ParseError) {
    try json.enterObject()
    while let key = try json.nextKey() {
      if key.equals("diff_ids") { digests = try json.stringsInside() } else { try json.skip() }
    }
  }

  private mutating func readHistory(_ json: inout JSONReader) throws(ParseError) {
    try json.enterArray()
    while try json.nextElement() {
      guard try json.enterObjectOrSkip() else { continue }
      var (created, isEmpty): (Int64?, Bool) = (nil, false)
      while let key = try json.nextKey() {
        if key.equals("created") {
          created = try json.stringValue().flatMap { Moment($0)?.seconds }
        } else if key.equals("empty_layer") {
          isEmpty = try json.boolValue() ?? false
        } else {
          try json.skip()
        }
      }
      if !isEmpty { built.append(created) }
    }
  }
}
