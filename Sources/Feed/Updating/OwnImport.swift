// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Parsing

/// Somebody's own advisories on their way into the index.
///
/// A class, since the closures that files come in through all write to it.
final class OwnImport {
  /// A record that was made of lines or entries.
  private struct Made {
    var record: OSVRecord
    let file: OwnFileReading.File
  }

  /// So many faults are told one by one.
  static let faultsTold = 20

  private let reading: OwnFileReading
  private let index: IndexInProgress
  private let tell: (FeedNotice) -> Void
  private var tally = RecordTally()
  private var statements = 0
  private var faults = 0
  private var gone = (records: 0, documents: 0)
  /// By id: files of one import under one label may speak of the same package.
  private var made: [String: Made] = [:]
  /// The names of the documents that each label now has.
  private var documents: [OwnLabel: [String]] = [:]
  /// The labels under which records were made.
  private var labels: Set<OwnLabel> = []

  init(_ reading: OwnFileReading, into index: IndexInProgress, tell: @escaping (FeedNotice) -> Void) {
    self.reading = reading
    self.index = index
    self.tell = tell
  }

  var report: UpdateReport.Imported {
    UpdateReport.Imported(
      records: tally.sound, inPart: tally.inPart, statements: statements, leftOut: faults, gone: gone.records,
      goneDocuments: gone.documents)
  }

  /// Takes what is in one file.
  func take(_ bytes: Bytes, _ file: OwnFileReading.File) throws(FeedError) {
    let content: ImportedFile
    do throws(ImportError) {
      content = try Imports.read(bytes, reading.options(file))
    } catch {
      return try refuse(file, error)
    }
    add(content.problems, of: file)
    switch content.format {
    case .osv: try takeRecord(Self.decoded(bytes), file)
    case .openVEX: try takeStatements(content.statements.count, Self.decoded(bytes), file)
    case .list, .table, .bumblebee: take(content.records, file)
    }
  }

  private static func decoded(_ bytes: Bytes) -> [UInt8] {
    withDecodedText(bytes) { text, _ in Array(text) }
  }

  private func takeRecord(_ json: [UInt8], _ file: OwnFileReading.File) throws(FeedError) {
    guard let reason = try index.put(own: json, label: file.label.text, &tally) else { return }
    add(ImportFault(path: file.path, reason: .refused(reason)))
  }

  private func takeStatements(_ count: Int, _ json: [UInt8], _ file: OwnFileReading.File) throws(FeedError) {
    let number = documents[file.label, default: []].count + 1
    let name = number == 1 ? file.label.text : "\(file.label.text)/\(number)"
    try index.putVEX(json, named: name)
    documents[file.label, default: []].append(name)
    statements += count
  }

  private func take(_ records: [OSVRecord], _ file: OwnFileReading.File) {
    labels.insert(file.label)
    for record in records {
      if made[record.id]?.record.add(record) == nil { made[record.id] = Made(record: record, file: file) }
    }
  }

  // MARK: Faults

  /// A file that the user has named must be of a known format; one in a folder or a zip counts as an entry.
  private func refuse(_ file: OwnFileReading.File, _ error: ImportError) throws(FeedError) {
    if error.code == .nothingUsable, !error.problems.isEmpty { return add(error.problems, of: file) }
    guard !file.isMember else {
      return add(ImportFault(path: file.path, line: error.line, reason: .file(error.code)))
    }
    let line = error.line.map { "line \($0)" } ?? ""
    switch error.code {
    case .empty, .nothingUsable: throw FeedError(.nothingToImport, file.path)
    case .unknownFormat: throw FeedError(.unknownFormat, file.path)
    case .invalidJSON: throw FeedError(.invalidJSON, file.path, line)
    case .tooMany: throw FeedError(.tooLarge, file.path, "\(Limits().entriesPerFile)")
    }
  }

  private func add(_ problems: [ImportProblem], of file: OwnFileReading.File) {
    for problem in problems {
      add(ImportFault(path: file.path, line: problem.line, text: problem.text, reason: .entry(problem.code)))
    }
  }

  private func add(_ fault: ImportFault) {
    faults += 1
    if faults <= Self.faultsTold { tell(.notTaken(fault)) }
  }

  // MARK: The end

  /// Puts in what was made, and takes out what was made before and is no longer named.
  func finish() throws(FeedError) {
    for (id, made) in made.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard let reason = try index.put(made.record, label: made.file.label.text, &tally) else { continue }
      add(ImportFault(path: made.file.path, text: id, reason: .refused(reason)))
    }
    if faults > Self.faultsTold { tell(.moreNotTaken(faults - Self.faultsTold)) }
    let names = reading.request.paths.joined(separator: ", ")
    guard faults == 0 || reading.request.skipsBad else { throw FeedError(.entriesNotTaken, names, "\(faults)") }
    guard tally.sound > 0 || statements > 0 else { throw FeedError(.nothingToImport, names) }
    // A new index has nothing from before.
    guard index.isCopy else { return }
    try removeRecords()
    try removeDocuments()
  }

  private func removeRecords() throws(FeedError) {
    let present = try index.ownRecords()
    for label in labels {
      let ids = (present[label.text] ?? []).filter { $0.hasPrefix(label.prefix) && made[$0] == nil }
      try index.remove(ids)
      gone.records += ids.count
    }
  }

  private func removeDocuments() throws(FeedError) {
    for (label, kept) in documents {
      let names = try index.namesOfVEXDocuments()
        .filter { OwnLabel.label(ofDocument: $0) == label.text && !kept.contains($0) }
      try index.removeVEX(names)
      gone.documents += names.count
    }
  }
}

extension OSVRecord {
  /// Adds what another file says under the same id.
  fileprivate mutating func add(_ other: OSVRecord) {
    affected += other.affected
    references += other.references.filter { !references.contains($0) }
    modified = max(modified, other.modified)
    if summary.isEmpty { summary = other.summary }
    if remarks.severity == nil { remarks.severity = other.remarks.severity }
    if other.remarks.isMalicious { remarks.isMalicious = true }
  }
}
