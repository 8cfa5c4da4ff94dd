// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing

/// How the rest of a record lies in the index.
enum RecordCoding {
  private enum Flag {
    static let own: UInt8 = 1
    static let withdrawn: UInt8 = 2
    static let summaryOfMalware: UInt8 = 4
    /// Nothing but dates, summary, aliases and names.
    static let short: UInt8 = 8
    static let published: UInt8 = 16
  }

  static func encoded(_ record: AdvisoryRecord, packer: Packer) -> [UInt8] {
    var writer = ByteWriter()
    let isPlainMalware = record.summary == malwareSummary(record)
    let isShort =
      record.related.isEmpty && record.severities.isEmpty && record.weaknesses.isEmpty && record.references.isEmpty
      && record.licence == nil && record.digests.isEmpty && record.flaws.isEmpty
    var flags: UInt8 = isPlainMalware ? Flag.summaryOfMalware : 0
    if record.origin != .feed { flags |= Flag.own }
    if record.withdrawn != nil { flags |= Flag.withdrawn }
    if isShort { flags |= Flag.short }
    if record.published != 0 { flags |= Flag.published }
    writer.byte(flags)
    writeDates(record, to: &writer)
    if case .own(let label) = record.origin { writer.text(label) }
    writer.count(record.names.count)
    for name in record.names {
      ClaimCoding.write(name.ecosystem, to: &writer)
      writer.text(name.name)
    }
    if !isPlainMalware { writer.text(record.summary) }
    writer.texts(record.aliases)
    if !isShort { writeRest(record, to: &writer) }
    return packer.packed(writer.bytes)
  }

  private static func writeDates(_ record: AdvisoryRecord, to writer: inout ByteWriter) {
    // No record was changed before 1970.
    let (seconds, rest) = max(0, record.modified).quotientAndRemainder(dividingBy: 1_000_000_000)
    writer.number(UInt64(seconds) << 1 | (rest > 0 ? 1 : 0))
    if rest > 0 { writer.number(UInt64(rest)) }
    // Mostly both are near each other.
    if record.published != 0 { writer.number(zigzag(seconds &- record.published)) }
    if let withdrawn = record.withdrawn { writer.number(UInt64(max(0, withdrawn))) }
  }

  private static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }
  private static func unzigzag(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(value & 1) }

  private static func writeRest(_ record: AdvisoryRecord, to writer: inout ByteWriter) {
    writer.texts(record.related)
    writer.texts(record.severities.flatMap { [$0.type, $0.score] })
    writer.texts(record.weaknesses)
    writer.texts(record.references)
    writer.text(record.licence ?? "")
    writer.texts(record.digests)
    writer.texts(record.flaws)
  }

  /// What nearly every record about malware is called.
  private static func malwareSummary(_ record: AdvisoryRecord) -> String? {
    guard let name = record.names.first, record.names.count == 1 else { return nil }
    return "Malicious code in \(name.name) (\(name.ecosystem.rawValue))"
  }

  static func decoded(id: String, _ bytes: Bytes) throws(ByteCodingError) -> AdvisoryRecord {
    try Packing.withUnpacked(bytes) { (plain) throws(ByteCodingError) in
      var reader = ByteReader(plain)
      var record = AdvisoryRecord()
      record.id = id
      let flags = try reader.byte()
      try readDates(&record, flags, &reader)
      if flags & Flag.own != 0 { record.origin = .own(label: try reader.text()) }
      for _ in 0..<(try reader.count()) {
        let ecosystem = try ClaimCoding.ecosystem(&reader)
        record.names.append(AdvisoryRecord.Name(ecosystem: ecosystem, name: try reader.text()))
      }
      record.summary =
        flags & Flag.summaryOfMalware == 0 ? try reader.text() : malwareSummary(record) ?? ""
      record.aliases = try reader.texts()
      if flags & Flag.short == 0 { try readRest(&record, &reader) }
      guard reader.isAtEnd else { throw ByteCodingError() }
      return record
    }
  }

  private static func readDates(
    _ record: inout AdvisoryRecord, _ flags: UInt8, _ reader: inout ByteReader
  ) throws(ByteCodingError) {
    let first = try reader.number()
    let seconds = Int64(bitPattern: first >> 1)
    let rest = first & 1 == 1 ? Int64(bitPattern: try reader.number()) : 0
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow, rest >= 0, rest < 1_000_000_000 else { throw ByteCodingError() }
    record.modified = product &+ rest
    if flags & Flag.published != 0 { record.published = seconds &- unzigzag(try reader.number()) }
    if flags & Flag.withdrawn != 0 { record.withdrawn = Int64(bitPattern: try reader.number()) }
  }

  private static func readRest(_ record: inout AdvisoryRecord, _ reader: inout ByteReader) throws(ByteCodingError) {
    record.related = try reader.texts()
    let severities = try reader.texts()
    guard severities.count.isMultiple(of: 2) else { throw ByteCodingError() }
    for index in stride(from: 0, to: severities.count, by: 2) {
      record.severities.append(SeverityClaim(type: severities[index], score: severities[index + 1]))
    }
    record.weaknesses = try reader.texts()
    record.references = try reader.texts()
    let licence = try reader.text()
    record.licence = licence.isEmpty ? nil : licence
    record.digests = try reader.texts()
    record.flaws = try reader.texts()
  }
}
