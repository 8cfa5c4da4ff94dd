// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// The metrics that one version of CVSS has, in the order of its specification, each with its values.
struct CVSSMetricTable: Sendable {
  struct Metric: Sendable {
    let name: [UInt8]
    let values: [[UInt8]]
  }

  let metrics: [Metric]
  /// How many metrics at the beginning every vector must have.
  let baseCount: Int
  /// The value by which a vector says that it does not define an optional metric.
  let undefined: [UInt8]
  /// Whether a vector must keep the order of the table.
  let isOrdered: Bool

  /// - Parameters:
  ///   - base: `AV:N,A,L,P AC:L,H`, the values in the order in which the equations index them.
  ///   - optional: The same for the metrics that may be missing, without the value for "not defined".
  init(base: String, optional: String, undefined: String, isOrdered: Bool) {
    let baseMetrics = Self.metrics(base)
    metrics = baseMetrics + Self.metrics(optional)
    baseCount = baseMetrics.count
    self.undefined = Array(undefined.utf8)
    self.isOrdered = isOrdered
  }

  private static func metrics(_ text: String) -> [Metric] {
    text.utf8.split(separator: UInt8(ascii: " ")).map { entry in
      let parts = entry.split(separator: UInt8(ascii: ":"))
      return Metric(name: Array(parts[0]), values: parts[1].split(separator: UInt8(ascii: ",")).map(Array.init))
    }
  }

  static func of(_ version: CVSSVersion) -> CVSSMetricTable {
    switch version {
    case .v20: v2
    case .v30, .v31: v3
    case .v40: v4
    }
  }

  private static let v2 = CVSSMetricTable(
    base: "AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C",
    optional: "E:U,POC,F,H RL:OF,TF,W,U RC:UC,UR,C CDP:N,L,LM,MH,H TD:N,L,M,H CR:L,M,H IR:L,M,H AR:L,M,H",
    undefined: "ND", isOrdered: true)

  private static let v3 = CVSSMetricTable(
    base: "AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:H,L,N I:H,L,N A:H,L,N",
    optional: "E:H,F,P,U RL:U,W,T,O RC:C,R,U CR:H,M,L IR:H,M,L AR:H,M,L "
      + "MAV:N,A,L,P MAC:L,H MPR:N,L,H MUI:N,R MS:U,C MC:H,L,N MI:H,L,N MA:H,L,N",
    undefined: "X", isOrdered: false)

  private static let v4 = CVSSMetricTable(
    base: "AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N",
    optional: "E:A,P,U CR:H,M,L IR:H,M,L AR:H,M,L MAV:N,A,L,P MAC:L,H MAT:N,P MPR:N,L,H MUI:N,P,A "
      + "MVC:H,L,N MVI:H,L,N MVA:H,L,N MSC:H,L,N MSI:H,L,N,S MSA:H,L,N,S "
      + "S:N,P AU:N,Y R:A,U,I V:D,C RE:L,M,H U:Clear,Green,Amber,Red",
    undefined: "X", isOrdered: true)
}

/// The values that one vector gives to the metrics of its version.
struct CVSSMetrics {
  let table: CVSSMetricTable
  /// Per metric of the table the place of its value there; nil where the vector does not define it.
  private var values: [Int?]

  /// Reads `AV:N/AC:L/…`, without a prefix.
  init?(_ fields: Bytes, _ table: CVSSMetricTable) {
    self.table = table
    values = Array(repeating: nil, count: table.metrics.count)
    var isGiven = Array(repeating: false, count: table.metrics.count)
    var next = 0
    var start = 0
    repeat {
      let end = fields.firstOffset(of: UInt8(ascii: "/"), from: start) ?? fields.count
      guard let place = read(fields[slice: start..<end]) else { return nil }
      guard !isGiven[place], !table.isOrdered || place >= next else { return nil }
      isGiven[place] = true
      next = place + 1
      start = end + 1
    } while start <= fields.count
    guard isGiven.prefix(table.baseCount).allSatisfy({ $0 }) else { return nil }
  }

  /// Takes the value of one field.
  /// - Returns: The metric's place in the table; nil where there is no such metric or it has no such value.
  private mutating func read(_ field: Bytes) -> Int? {
    guard let colon = field.firstOffset(of: UInt8(ascii: ":")) else { return nil }
    let name = field[slice: 0..<colon]
    let value = field[slice: (colon + 1)..<field.count]
    guard let place = table.metrics.firstIndex(where: { name.equals($0.name) }) else { return nil }
    if let index = table.metrics[place].values.firstIndex(where: { value.equals($0) }) {
      values[place] = index
    } else if place < table.baseCount || !value.equals(table.undefined) {
      return nil
    }
    return place
  }

  /// The place of a metric's value in its list; nil where it is not defined.
  subscript(place: Int) -> Int? { values[place] }

  /// Whether one of the metrics is defined.
  func defines(_ places: Range<Int>) -> Bool {
    values[places].contains { $0 != nil }
  }

  /// The number that stands for the value of a metric, or `undefined`.
  func weight(_ place: Int, _ weights: [Double], undefined: Double = 1) -> Double {
    values[place].map { weights[$0] } ?? undefined
  }

  /// The same vector without its optional metrics.
  var base: CVSSMetrics {
    var copy = self
    for place in table.baseCount..<values.count { copy.values[place] = nil }
    return copy
  }
}
