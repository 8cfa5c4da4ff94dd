// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// How many records an index has, by ecosystem and kind, and how many could not be taken whole, by reason.
public struct IndexCounts: Hashable, Sendable {
  /// Records by ecosystem (without its release), then by the kind of what they claim there. A record that names several ecosystems counts in each.
  public private(set) var byEcosystem: [String: [AdvisoryClaim.Kind: Int]] = [:]
  /// Records that were stored in part, by ``RecordFlaw``.
  public private(set) var flaws: [String: Int] = [:]
  public private(set) var records = 0
  public private(set) var withdrawn = 0

  public init() {}

  public func records(of ecosystem: String) -> Int {
    byEcosystem[ecosystem]?.values.reduce(0, +) ?? 0
  }

  mutating func add(_ tally: Tally, times: Int = 1) {
    records += times
    if tally.isWithdrawn { withdrawn += times }
    for (ecosystem, kind) in tally.kinds { Self.change(&byEcosystem[ecosystem, default: [:]][kind], by: times) }
    for (ecosystem, _) in tally.kinds where byEcosystem[ecosystem]?.isEmpty == true { byEcosystem[ecosystem] = nil }
    for flaw in tally.flaws { Self.change(&flaws[flaw], by: times) }
  }

  private static func change(_ count: inout Int?, by times: Int) {
    let sum = (count ?? 0) + times
    count = sum == 0 ? nil : sum
  }

  /// What one record adds.
  struct Tally {
    var kinds: [String: AdvisoryClaim.Kind]
    var flaws: [String]
    var isWithdrawn: Bool
  }
}

extension IndexCounts.Tally {
  init(_ stored: StoredRecord) {
    self.init(
      kinds: stored.kinds, flaws: stored.record.flaws, isWithdrawn: stored.record.withdrawn != nil)
  }

  // MARK: As text, in which no ecosystem's name has a tab or a line's end

  var text: String {
    let kinds = kinds.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.rawValue)" }
    return (["\(isWithdrawn ? 1 : 0)"] + kinds + ["", flaws.joined(separator: " ")]).joined(separator: "\t")
  }

  init?(_ text: String) {
    var fields = text.utf8.split(separator: 0x09, omittingEmptySubsequences: false).map { String(Substring($0)) }
    guard fields.count >= 3, let last = fields.popLast() else { return nil }
    self.init(
      kinds: [:], flaws: last.utf8.split(separator: 0x20).map { String(Substring($0)) }, isWithdrawn: fields[0] == "1")
    for field in fields.dropFirst() {
      guard let equals = field.utf8.lastIndex(of: UInt8(ascii: "=")),
        let number = UInt8(field[field.utf8.index(after: equals)...]), let kind = AdvisoryClaim.Kind(rawValue: number)
      else { continue }
      kinds[String(field[..<equals])] = kind
    }
  }
}

extension IndexCounts {
  var text: String {
    var lines = ["\(records)\t\(withdrawn)"]
    for (ecosystem, kinds) in byEcosystem.sorted(by: { $0.key < $1.key }) {
      for (kind, count) in kinds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        lines.append("e\t\(ecosystem)\t\(kind.rawValue)\t\(count)")
      }
    }
    for (flaw, count) in flaws.sorted(by: { $0.key < $1.key }) { lines.append("f\t\(flaw)\t\(count)") }
    return lines.joined(separator: "\n")
  }

  init?(_ text: String) {
    let lines = text.utf8.split(separator: 0x0A).map { line in
      line.split(separator: 0x09, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
    guard let first = lines.first, first.count == 2, let records = Int(first[0]), let withdrawn = Int(first[1]) else {
      return nil
    }
    self.records = records
    self.withdrawn = withdrawn
    for line in lines.dropFirst() {
      if line.count == 4, line[0] == "e", let number = UInt8(line[2]), let count = Int(line[3]),
        let kind = AdvisoryClaim.Kind(rawValue: number)
      {
        byEcosystem[line[1], default: [:]][kind] = count
      } else if line.count == 3, line[0] == "f", let count = Int(line[2]) {
        flaws[line[1]] = count
      } else {
        return nil
      }
    }
  }
}
