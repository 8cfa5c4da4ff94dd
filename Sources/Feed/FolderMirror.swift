// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// A folder in the bucket's layout.
struct FolderMirror: Mirror {
  let root: String

  func ecosystems() throws(FeedError) -> [String]? {
    guard let file = try OpenFile.reading("\(root)/\(MirrorLayout.ecosystems)") else { return nil }
    return MirrorLayout.lines(try file.content(limit: MirrorLayout.ecosystemsBytes))
  }

  func modifiedList(_ ecosystem: String, known: Validators?) throws(FeedError) -> Fetched {
    try file("\(ecosystem)/\(MirrorLayout.modifiedList)", known)
  }

  func archive(_ ecosystem: String, known: Validators?, _ progress: (Int) -> Void) throws(FeedError) -> Fetched {
    try file("\(ecosystem)/\(MirrorLayout.archive)", known)
  }

  func records(
    _ ecosystem: String, _ ids: [String], _ body: (Int, Bytes?) throws(FeedError) -> Void
  ) throws(FeedError) {
    for (number, id) in ids.enumerated() {
      guard let file = try OpenFile.reading("\(root)/\(ecosystem)/\(MirrorLayout.recordName(id))") else {
        try body(number, nil)
        continue
      }
      let content = try file.content(limit: MirrorLayout.recordBytes)
      try content.withUnsafeBufferPointer { (bytes) throws(FeedError) -> Void in try body(number, bytes) }
    }
  }

  func newestModification(now: Moment) throws(FeedError) -> Moment? {
    guard let file = try OpenFile.reading("\(root)/\(MirrorLayout.modifiedList)") else { return nil }
    return try file.beginning(MirrorLayout.beginningBytes).withUnsafeBufferPointer {
      ModifiedList.newest(inBeginning: $0, now: now)
    }
  }

  private func file(_ path: String, _ known: Validators?) throws(FeedError) -> Fetched {
    guard let file = try OpenFile.reading("\(root)/\(path)") else { return .absent }
    let validators = Validators(etag: try file.fingerprint())
    return validators == known ? .unchanged : .file(file, validators)
  }
}
