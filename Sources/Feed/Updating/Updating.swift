// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Parsing

/// Brings the index in a folder up to date, or makes it.
///
/// All or nothing: the new index is made beside the old one, as a copy of it, and takes its place in one step. Killed
/// at any moment, the old one serves, with the times up to which it is known to be complete, since these stand in it.
/// - Throws: ``FeedError``; the old index is then as it was.
public func updateAdvisories(
  _ options: UpdateOptions, _ surroundings: UpdateSurroundings
) throws(FeedError) -> UpdateReport {
  let began = surroundings.clock()
  let workplace = try Workplace(
    options.folder, waiting: options.waits ? { surroundings.tell(.waiting(folder: options.folder)) } : nil)
  let fetcher = try Fetcher(options.fetching, clock: surroundings.clock)
  let index = try openIndex(workplace, surroundings)
  let update = IndexUpdate(options, surroundings, index, fetcher, workplace)
  try update.run()
  if update.isWorthKeeping {
    surroundings.progress(.finishing)
    try index.finish()
    try workplace.publish(index.path, as: AdvisoryIndexPlace.fileName)
  }
  var report = update.report
  report.path = "\(options.folder)/\(AdvisoryIndexPlace.fileName)"
  report.isNew = update.isWorthKeeping
  report.seconds = surroundings.clock() - began
  return report
}

/// The folder of the index where nobody names another, by the environment; nil where that names no home.
public func defaultIndexFolder(environment: [String: String]) -> String? {
  AdvisoryIndexPlace.defaultFolder(environment: environment)
}

/// What a new index is opened for.
enum IndexPurpose {
  /// Bringing in the public record. An index that is damaged, or of another version, may be lost: it is made anew.
  case update
  /// Changing somebody's own records. An index that cannot be used is for an update to replace: here it would lose
  /// the public ones.
  case ownRecords
}

/// The new index: a copy of the one that is there; an empty one where there is none, or none that can be used.
///
/// For an update, one that holds private records alone is no basis either: a first build is quicker than a change, and
/// takes these over.
func openIndex(
  _ workplace: Workplace, _ surroundings: UpdateSurroundings, for purpose: IndexPurpose = .update
) throws(FeedError) -> IndexInProgress {
  let basis = AdvisoryIndexPlace.file(in: workplace.folder)
  do throws(AdvisoryIndexError) {
    if purpose == .update, try AdvisoryIndex(path: basis).information.source.isEmpty {
      return try IndexInProgress(path: workplace.newPath("index"), ownFrom: basis)
    }
    return try IndexInProgress(path: workplace.newPath("index"), basedOn: basis)
  } catch {
    switch error.code {
    case .missing: break
    case .damaged where purpose == .update, .otherVersion where purpose == .update:
      surroundings.tell(.indexUnusable(path: basis, detail: error.code.rawValue))
    default: throw FeedError(error)
    }
  }
  do throws(AdvisoryIndexError) {
    return try IndexInProgress(path: workplace.newPath("index"))
  } catch { throw FeedError(error) }
}
