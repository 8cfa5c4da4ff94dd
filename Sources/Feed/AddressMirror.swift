// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// The bucket, or a mirror of it, over HTTPS.
struct AddressMirror: Mirror {
  let address: FeedAddress
  let fetcher: Fetcher
  /// Where what is fetched lies until it has been read.
  let workplace: Workplace

  func ecosystems() throws(FeedError) -> [String]? {
    let answer = try fetcher.fetch(
      FetchRequest(address: address.appending(MirrorLayout.ecosystems), limit: MirrorLayout.ecosystemsBytes))
    return answer.isAbsent ? nil : MirrorLayout.lines(answer.body)
  }

  func modifiedList(_ ecosystem: String, known: Validators?) throws(FeedError) -> Fetched {
    try file(ecosystem, MirrorLayout.modifiedList, MirrorLayout.listBytes, known) { _ in }
  }

  func archive(_ ecosystem: String, known: Validators?, _ progress: (Int) -> Void) throws(FeedError) -> Fetched {
    try file(ecosystem, MirrorLayout.archive, MirrorLayout.archiveBytes, known, progress)
  }

  private func file(
    _ ecosystem: String, _ name: String, _ limit: Int, _ known: Validators?, _ progress: (Int) -> Void
  ) throws(FeedError) -> Fetched {
    let file = try OpenFile.creating(workplace.newPath(name))
    // It goes when it is closed, whatever happens until then.
    file.forgetName()
    let request = FetchRequest(
      address: address.appending(ecosystem, name), limit: limit, known: known, destination: .file(file))
    let answer = try fetcher.fetch(request, progress: progress)
    if answer.isAbsent { return .absent }
    return answer.isUnchanged ? .unchanged : .file(file, answer.validators)
  }

  func records(
    _ ecosystem: String, _ ids: [String], _ body: (Int, Bytes?) throws(FeedError) -> Void
  ) throws(FeedError) {
    var next = 0
    try fetcher.fetchAll {
      guard next < ids.count else { return nil }
      defer { next += 1 }
      return FetchRequest(
        address: address.appending(ecosystem, MirrorLayout.recordName(ids[next])), limit: MirrorLayout.recordBytes,
        tag: next)
    } handle: { (request, answer) throws(FeedError) -> Void in
      if answer.isAbsent { return try body(request.tag, nil) }
      try answer.body.withUnsafeBufferPointer { (bytes) throws(FeedError) -> Void in try body(request.tag, bytes) }
    }
  }

  func newestModification(now: Moment) throws(FeedError) -> Moment? {
    let answer = try fetcher.fetch(
      FetchRequest(
        address: address.appending(MirrorLayout.modifiedList), limit: MirrorLayout.beginningBytes,
        wantsBeginningOnly: true))
    guard !answer.isAbsent else { return nil }
    return answer.body.withUnsafeBufferPointer { ModifiedList.newest(inBeginning: $0, now: now) }
  }
}
