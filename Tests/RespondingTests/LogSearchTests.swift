// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Parsing
import Testing

@testable import Responding

@Suite struct LogSearchTests {
  private func hits(
    _ text: String, _ hosts: [String], modified: String = "2026-06-01T00:00:00Z", piece: Int = 7
  )
    throws -> [LogSearch.Hit]
  {
    let seconds = try #require(Moment(modified)).seconds
    var search = LogSearch(for: hosts, modified: seconds)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      bytes[start..<min(start + piece, bytes.count)].withUnsafeBufferPointer { search.add($0) }
    }
    search.end()
    return search.hits
  }

  private func seconds(_ text: String) throws -> Int64 { try #require(Moment(text)).seconds }

  @Test func `lines that name a host are counted, and the first and the last time are told`() throws {
    let text = """
      May 14 15:02:11 router dnsmasq[7]: query[A] registry.example from 10.0.0.5
      May 14 15:03:11 router dnsmasq[7]: query[TXT] xd.1.bt.evil.example from 10.0.0.5
      May 14 15:04:59 router dnsmasq[7]: query[A] sh.evil.example. from 10.0.0.5
      """
    let hit = try #require(try hits(text, ["evil.example"]).first)
    #expect(hit.firstLine == 2)
    #expect(hit.count == 2)
    #expect(try hit.first == seconds("2026-05-14T15:03:11Z"))
    #expect(try hit.last == seconds("2026-05-14T15:04:59Z"))
  }

  @Test(arguments: [
    ("connect to 110.0.0.1", false), ("connect to 10.0.0.12", false), ("connect to 10.0.0.1:53", true),
    ("[10.0.0.1]", true), ("10.0.0.1", true),
  ])
  func `an address is not found inside another`(line: String, isThere: Bool) throws {
    #expect(try !hits(line, ["10.0.0.1"]).isEmpty == isThere)
  }

  @Test func `a host is not found inside a longer name`() throws {
    #expect(try hits("query notevil.example", ["evil.example"]).isEmpty)
    #expect(try hits("query evil.example-cdn", ["evil.example"]).isEmpty)
  }

  @Test(arguments: [
    ("2026-05-14T15:02:11.123456+02:00 host x: evil.example", "2026-05-14T13:02:11Z"),
    ("2026-05-14 15:02:11 evil.example", "2026-05-14T15:02:11Z"),
    ("[1778770931] unbound[1:0] info: evil.example", "2026-05-14T15:02:11Z"),
    ("May  4 05:02:11 host x: evil.example", "2026-05-04T05:02:11Z"),
  ])
  func `times of several forms are read`(line: String, time: String) throws {
    #expect(try hits(line, ["evil.example"]).first?.first == seconds(time))
  }

  @Test func `a line without a year is of the newest year that is not after the file`() throws {
    let hit = try hits("Dec 31 23:00:00 h x: evil.example", ["evil.example"], modified: "2026-01-02T00:00:00Z").first
    #expect(try hit?.first == seconds("2025-12-31T23:00:00Z"))
  }

  @Test func `a line without a time has none`() throws {
    let hit = try #require(try hits("evil.example", ["evil.example"]).first)
    #expect(hit.first == nil)
    #expect(hit.firstLine == 1)
  }
}
