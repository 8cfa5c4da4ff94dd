// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Feed

@Suite struct FeedAddressTests {
  @Test(arguments: [
    ("https://osv.example", "osv.example", false, false), ("http://127.0.0.1:8080/osv/", "127.0.0.1", true, true),
    ("HTTP://LocalHost", "localhost", true, true), ("http://[::1]:80/x", "::1", true, true),
    ("http://127.0.0.1.example/", "127.0.0.1.example", true, false),
    ("http://127.0.0.1@osv.example/", "osv.example", true, false),
    ("https://user:secret@osv.example/a", "osv.example", false, false),
    ("http://osv.example?@127.0.0.1", "osv.example", true, false),
  ])
  func `an address tells its host and whether it stays here`(
    text: String, host: String, isPlain: Bool, isLoopback: Bool
  ) throws {
    let address = try #require(FeedAddress(text))
    #expect(address.host == host)
    #expect(address.isPlain == isPlain)
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", "osv.example", "ftp://osv.example", "https://", "https:///x", "file:///x", "https://a b", "https:/x",
    "http://[::1",
  ])
  func `what is no address is none`(text: String) {
    #expect(FeedAddress(text) == nil)
  }

  @Test func `a password is never shown`() throws {
    #expect(try #require(FeedAddress("https://user:se@cret@osv.example/a/")).redacted == "https://osv.example/a")
  }

  @Test func `folders and files are escaped`() throws {
    let address = try #require(FeedAddress("https://osv.example/"))
    #expect(
      address.appending("GitHub Actions", "X:1/é.json") == "https://osv.example/GitHub%20Actions/X%3A1%2F%C3%A9.json")
  }
}
