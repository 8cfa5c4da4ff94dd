// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TestSupport
import Testing

@testable import Feed

@Suite struct FetcherTests {
  private static func settings() -> FetchSettings {
    var settings = FetchSettings()
    (settings.firstPause, settings.longestPause, settings.tries) = (0.01, 0.02, 3)
    return settings
  }

  private func fetch(
    _ server: TestServer, _ settings: FetchSettings = Self.settings(), _ change: (inout FetchRequest) -> Void = { _ in }
  ) throws -> FetchAnswer {
    let start = ContinuousClock.now
    let fetcher = try Fetcher(settings) {
      let elapsed = (ContinuousClock.now - start).components
      return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }
    var request = FetchRequest(address: "\(server.address)/x", limit: 1000)
    change(&request)
    return try fetcher.fetch(request)
  }

  private func error(_ body: () throws -> Void) -> FeedError? {
    do { try body() } catch { return error as? FeedError }
    return nil
  }

  @Test func `a body and its validators come back`() throws {
    let server = try TestServer { _ in
      .init(headers: ["ETag": "\"7\"", "Last-Modified": "Wed, 25 Nov 2026 00:00:00 GMT"], body: [1, 2, 3])
    }
    let answer = try fetch(server)
    #expect(answer.status == 200)
    #expect(answer.body == [1, 2, 3])
    #expect(answer.validators == Validators(etag: "\"7\"", lastModified: "Wed, 25 Nov 2026 00:00:00 GMT"))
  }

  @Test func `what is known is told to the server`() throws {
    let server = try TestServer { request in
      let isKnown = request.headers["if-none-match"] == "\"7\"" && request.headers["if-modified-since"] == "then"
      return .init(status: isKnown ? 304 : 200)
    }
    #expect(try fetch(server) { $0.known = Validators(etag: "\"7\"", lastModified: "then") }.isUnchanged)
  }

  @Test(arguments: [429, 500, 502, 503, 504])
  func `a server that is busy is asked again`(status: Int) throws {
    let count = Mutex(0)
    let server = try TestServer { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number < 3 ? .init(status: status, body: [9]) : .init(body: [1])
    }
    #expect(try fetch(server).body == [1])
    #expect(server.paths.count == 3)
  }

  @Test func `a connection that breaks is made again, and what had come is forgotten`() throws {
    let count = Mutex(0)
    let server = try TestServer { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number == 1 ? .init(isSilent: true) : .init(body: [1, 2], claimedLength: number == 2 ? 50 : nil)
    }
    #expect(try fetch(server).body == [1, 2])
    #expect(server.paths.count == 3)
  }

  @Test func `after the last try it gives up`() throws {
    let server = try TestServer { _ in .init(status: 503) }
    let error = error { _ = try fetch(server) }
    #expect(error == FeedError(.refusedByServer, "\(server.address)/x", "HTTP 503 (3 tries)"))
    #expect(server.paths.count == 3)
  }

  @Test func `a pause that the server asks for is kept`() throws {
    let count = Mutex(0)
    let server = try TestServer { _ in
      let number = count.withLock { count in
        count += 1
        return count
      }
      return number == 1 ? .init(status: 503, headers: ["Retry-After": "1"]) : .init(body: [1])
    }
    let start = ContinuousClock.now
    #expect(try fetch(server).body == [1])
    #expect(ContinuousClock.now - start >= .seconds(1))
  }

  @Test func `a server that asks for too long a pause is not waited for`() throws {
    let server = try TestServer { _ in .init(status: 429, headers: ["Retry-After": "86400"]) }
    #expect(error { _ = try fetch(server) }?.code == .refusedByServer)
    #expect(server.paths.count == 1)
  }

  @Test func `what is not there is an answer, and what is forbidden an error`() throws {
    let absent = try TestServer { _ in .init(status: 404, body: [1]) }
    let answer = try fetch(absent)
    #expect(answer.isAbsent)
    #expect(answer.body.isEmpty)
    let forbidden = try TestServer { _ in .init(status: 403) }
    #expect(error { _ = try fetch(forbidden) }?.code == .refusedByServer)
    #expect(forbidden.paths.count == 1)
  }

  @Test func `more than the limit is refused`() throws {
    let server = try TestServer { _ in .init(body: [UInt8](repeating: 1, count: 1001)) }
    #expect(error { _ = try fetch(server) }?.code == .tooLarge)
    #expect(try fetch(server) { $0.limit = 1001 }.body.count == 1001)
  }

  @Test func `of a long answer the beginning alone can be had`() throws {
    let server = try TestServer { _ in .init(body: [UInt8](repeating: 1, count: 100_000)) }
    #expect(try fetch(server) { $0.wantsBeginningOnly = true }.body.count == 1000)
  }

  @Test func `a redirection is followed, but never to another protocol`() throws {
    let server = try TestServer { request in
      request.path == "x" ? .init(status: 302, headers: ["Location": "/y"], body: [9]) : .init(body: [2])
    }
    #expect(try fetch(server).body == [2])
    let astray = try TestServer { _ in .init(status: 302, headers: ["Location": "file:///etc/hostname"]) }
    #expect(error { _ = try fetch(astray) }?.code == .refusedByServer)
  }

  @Test func `a port where nobody listens is unreachable`() throws {
    let server = try TestServer { _ in .init() }
    let address = "http://127.0.0.1:1"
    let error = error { _ = try fetch(server) { $0.address = address } }
    #expect(error?.code == .unreachable)
    #expect(error?.subject == address)
  }

  @Test func `many are fetched at the same time, within the bound, and each answer finds its request`() throws {
    let now = Mutex(0)
    let most = Mutex(0)
    let server = try TestServer { request in
      let count = now.withLock { count in
        count += 1
        return count
      }
      most.withLock { $0 = max($0, count) }
      ContinuousClock().sleepBriefly()
      now.withLock { $0 -= 1 }
      return .init(body: Array(request.path.utf8))
    }
    var settings = Self.settings()
    settings.parallel = 4
    let fetcher = try Fetcher(settings) { 0 }
    var next = 0
    var found: [Int: String] = [:]
    try fetcher.fetchAll {
      guard next < 40 else { return nil }
      defer { next += 1 }
      return FetchRequest(address: "\(server.address)/\(next)", limit: 10, tag: next)
    } handle: { (request, answer) throws(FeedError) -> Void in
      found[request.tag] = String(decoding: answer.body, as: UTF8.self)
    }
    #expect(found == Dictionary(uniqueKeysWithValues: (0..<40).map { ($0, "\($0)") }))
    let reached = most.withLock { $0 }
    #expect(reached > 1 && reached <= 4)
  }

  @Test func `the usual variables name the certificates`() {
    #expect(FetchSettings(environment: [:]).certificates == nil)
    #expect(FetchSettings(environment: ["SSL_CERT_FILE": "a", "CURL_CA_BUNDLE": ""]).certificates == "a")
    #expect(FetchSettings(environment: ["SSL_CERT_FILE": "a", "CURL_CA_BUNDLE": "b"]).certificates == "b")
  }
}

extension ContinuousClock {
  fileprivate func sleepBriefly() {
    let end = now.advanced(by: .milliseconds(5))
    while now < end {}
  }
}
