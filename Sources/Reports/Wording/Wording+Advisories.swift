// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories

extension Wording {
  /// Why an index of advisories cannot be used, and what to do.
  public static func sentence(for error: AdvisoryIndexError) -> String {
    let wording = Wording()
    let path = Argument.words(wording.path(error.path))
    let detail = Argument.text(error.detail)
    switch error.code {
    case .missing: return wording.error(wording(.noIndex, path), hint: wording(.noIndexHint))
    case .foreign: return wording.error(wording(.foreignIndex, path), hint: wording(.foreignIndexHint))
    case .otherVersion: return wording.error(wording(.otherIndex, path, detail), hint: wording(.otherIndexHint))
    case .damaged: return wording.error(wording(.damagedIndex, path), hint: wording(.damagedIndexHint))
    case .notReadable:
      return wording.error(wording(.unreadableIndex, path, detail), hint: wording(.unreadableIndexHint))
    case .notWritable:
      return wording.error(wording(.unwritableIndex, path, detail), hint: wording(.cannotWriteHint))
    }
  }

  /// Nothing says where the index lies.
  public static var noAdvisoriesFolder: String {
    let wording = Wording()
    return wording.error(wording(.noIndexFolder), hint: wording(.noIndexFolderHint))
  }

  /// The program that fetches advisories is not where it should be.
  public static func noFeed(path: String) -> String {
    let wording = Wording()
    return wording.error(wording(.noFeed, .words(wording.path(path))), hint: wording(.noFeedHint))
  }

  /// No record has the id or alias that was asked for.
  public static func noSuchRecord(_ text: String) -> String {
    let wording = Wording()
    return wording.error(wording(.noSuchRecord, .text(text)), hint: wording(.noSuchRecordHint))
  }

  /// What was given is no purl.
  public static func noPurl(_ text: String, code: String) -> String {
    let wording = Wording()
    return wording.error(wording(.noPurl, .text(text), .words(wording.fault(code))), hint: wording(.noPurlHint))
  }

  /// A line or the whole of standard input is more than is taken.
  public static var inputTooLong: String {
    let wording = Wording()
    return wording.error(wording(.inputTooLong), hint: nil)
  }
}
