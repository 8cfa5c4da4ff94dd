// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories

/// Puts somebody's own advisories into the index of a folder, all of them or none.
///
/// They are marked with their label, and can only add to what the feed says. What a list, a table, a catalogue or an
/// OpenVEX document had brought in under the same label before goes; OSV records stay until they are forgotten.
/// - Throws: ``FeedError``, also where a line or an entry cannot be taken and nobody said to leave it out; the old
///   index is then as it was.
public func importAdvisories(
  _ request: ImportRequest, _ surroundings: UpdateSurroundings
) throws(FeedError) -> UpdateReport {
  let began = surroundings.clock()
  let reading = try OwnFileReading(request)
  let (workplace, index) = try openForOwn(request.folder, waits: request.waits, surroundings)
  let batch = OwnImport(reading, into: index, tell: surroundings.tell)
  for path in request.paths {
    try reading.forEachFile(at: path) { (file, bytes) throws(FeedError) in try batch.take(bytes, file) }
  }
  try batch.finish()
  var report = UpdateReport()
  report.source = request.paths.joined(separator: ", ")
  report.imported = batch.report
  report.reasons = index.reasons
  try publishOwn(index, workplace, surroundings, &report)
  report.seconds = surroundings.clock() - began
  return report
}

/// Takes everything that was imported under a label out of the index: its records and its OpenVEX documents. Public
/// records are never touched.
/// - Throws: ``FeedError``, also where nothing is there under this label.
public func forgetAdvisories(
  _ request: ForgetRequest, _ surroundings: UpdateSurroundings
) throws(FeedError) -> UpdateReport {
  let began = surroundings.clock()
  // A folder is not made only to forget something in it.
  guard isFolder(request.folder) else { throw FeedError(.noSuchLabel, request.label) }
  let (workplace, index) = try openForOwn(request.folder, waits: request.waits, surroundings)
  let records = try index.ownRecords()
  let documents = try index.namesOfVEXDocuments()
  let ids = records[request.label] ?? []
  let names = documents.filter { OwnLabel.label(ofDocument: $0) == request.label }
  guard !ids.isEmpty || !names.isEmpty else {
    let labels = Set(records.keys).union(documents.map(OwnLabel.label)).sorted()
    throw FeedError(.noSuchLabel, request.label, labels.joined(separator: ", "))
  }
  try index.remove(ids)
  try index.removeVEX(names)
  var report = UpdateReport()
  report.forgotten = UpdateReport.Forgotten(records: ids.count, documents: names.count)
  try publishOwn(index, workplace, surroundings, &report)
  report.seconds = surroundings.clock() - began
  return report
}

private func openForOwn(
  _ folder: String, waits: Bool, _ surroundings: UpdateSurroundings
) throws(FeedError) -> (Workplace, IndexInProgress) {
  let workplace = try Workplace(folder, waiting: waits ? { surroundings.tell(.waiting(folder: folder)) } : nil)
  return (workplace, try openIndex(workplace, surroundings, for: .ownRecords))
}

private func publishOwn(
  _ index: IndexInProgress, _ workplace: Workplace, _ surroundings: UpdateSurroundings, _ report: inout UpdateReport
) throws(FeedError) {
  report.isNew = index.hasNews
  report.path = AdvisoryIndexPlace.file(in: workplace.folder)
  guard index.hasNews else { return }
  surroundings.progress(.finishing)
  try index.finish()
  try workplace.publish(index.path, as: AdvisoryIndexPlace.fileName)
}
