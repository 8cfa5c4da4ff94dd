// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Writes an attacker's hosts so that no terminal, mail program or chat makes a link of them: `bad[.]example`.
struct Defanging {
  /// Longest first, so that a host inside another is not found there any more.
  private let hosts: [[UInt8]]

  /// - Parameter hosts: Hosts and addresses; those without a dot or colon are left out.
  init(_ hosts: [String]) {
    let separated = Set(hosts).filter { host in host.utf8.contains { Self.isSeparator($0) } }
    self.hosts = separated.map { Array($0.utf8) }.sorted { first, second in
      first.count == second.count ? first.lexicographicallyPrecedes(second) : first.count > second.count
    }
  }

  /// A host or an address with brackets around its dots and colons.
  static func host(_ host: String) -> String {
    String(decoding: defanged(Array(host.utf8)), as: UTF8.self)
  }

  /// `text` with each of the hosts in it defanged.
  /// - Complexity: O(length × hosts).
  func text(_ text: String) -> String {
    guard !hosts.isEmpty else { return text }
    var rest = Array(text.utf8)[...]
    var result: [UInt8] = []
    while let first = rest.first {
      if let host = hosts.first(where: { rest.starts(with: $0) }) {
        result += Self.defanged(host)
        rest = rest.dropFirst(host.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func defanged(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { isSeparator($0) ? [UInt8(ascii: "["), $0, UInt8(ascii: "]")] : [$0] }
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
  }
}
