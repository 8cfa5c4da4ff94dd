// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Feed
import TestSupport
import Testing

@Suite struct FeedSourceTests {
  @Test func `a folder is a mirror, a file is a zip, and an address is an address`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("x", to: "all.zip")
    #expect(try FeedSource(folder.path, allowsPlain: false) == .folder(folder.path))
    #expect(try FeedSource(file, allowsPlain: false) == .archive(file))
    #expect(try FeedSource("https://osv.example/", allowsPlain: false).name == "https://osv.example")
  }

  @Test(arguments: ["", "no/such/folder", "ftp://osv.example"])
  func `what is not there is no source`(text: String) {
    #expect { try FeedSource(text, allowsPlain: false) } throws: { ($0 as? FeedError)?.code == .invalidSource }
  }

  @Test func `an address without encryption has to be allowed, unless it stays here`() throws {
    #expect { try FeedSource("http://osv.example", allowsPlain: false) } throws: {
      ($0 as? FeedError)?.code == .insecureAddress
    }
    #expect(try FeedSource("http://osv.example", allowsPlain: true).name == "http://osv.example")
    #expect(try FeedSource("http://127.0.0.1:1", allowsPlain: false).name == "http://127.0.0.1:1")
  }
}
