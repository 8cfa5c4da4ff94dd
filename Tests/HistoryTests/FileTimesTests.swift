// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Foundation
import TestSupport
import Testing

@testable import History

@Suite struct FileTimesTests {
  @Test func `the time of a file's making cannot be set, that of its writing can`() throws {
    let folder = try TemporaryFolder()
    let before = TraceHome.clock() - 1
    let path = try folder.write("x", to: "package.json")
    // What npm gives to every file that it unpacks.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 499_162_500)], ofItemAtPath: path)
    let base = Descriptor(owning: open(folder.path, O_RDONLY | O_DIRECTORY))
    let times = try base.whileOpen { try FileTimes(of: "package.json", in: $0) }
    #expect(times.modified == 499_162_500)
    #expect(times.changed >= before)
    if let birth = times.birth { #expect(birth >= before) }
    let arrival = try #require(times.arrival(now: TraceHome.clock()))
    #expect(arrival.seconds >= before)
    #expect(arrival.isExact == (times.birth != nil))
    #expect(throws: SystemError.self) { try base.whileOpen { try FileTimes(of: "missing", in: $0) } }
    #expect(try base.whileOpen { try FileTimes(of: $0) }.changed >= before)
  }

  @Test(arguments: [
    (FileTimes(birth: 1_778_000_000, modified: 1, changed: 1_778_000_500), PastSighting.Bound(1_778_000_000)),
    (FileTimes(birth: nil, modified: 1, changed: 1_778_000_500), PastSighting.Bound(1_778_000_500, isExact: false)),
    // A clock that was wrong when the file came.
    (
      FileTimes(birth: 4_000_000_000, modified: 1, changed: 1_778_000_500),
      PastSighting.Bound(1_778_000_500, isExact: false)
    ),
    (FileTimes(birth: 0, modified: 1, changed: Int64.max), nil),
    (FileTimes(birth: Int64.min, modified: 1, changed: Int64.min), nil),
  ])
  func `when it came`(times: FileTimes, bound: PastSighting.Bound?) {
    #expect(times.arrival(now: TraceHome.now) == bound)
  }

  @Test func `a link is looked at itself`() throws {
    let folder = try TemporaryFolder()
    try folder.link("x", to: "nowhere")
    let base = Descriptor(owning: open(folder.path, O_RDONLY | O_DIRECTORY))
    #expect(try base.whileOpen { try FileTimes(of: "x", in: $0) }.changed > 0)
  }
}
