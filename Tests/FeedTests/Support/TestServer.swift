// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A web server on this machine's own address, for one test. It reads requests without a body, and closes after each
/// answer.
final class TestServer: Sendable {
  struct Request: Sendable {
    /// Without escapes and without the slash at its beginning.
    var path: String
    /// As it came.
    var target: String
    /// Names in lower case.
    var headers: [String: String]
  }

  struct Answer: Sendable {
    var status = 200
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    /// The length that it claims, where that is another one: the connection then closes too early.
    var claimedLength: Int?
    /// Closes the connection without a word.
    var isSilent = false
  }

  let port: UInt16
  private let listener: Int32
  private let log = Mutex<[Request]>([])
  private let respond: @Sendable (Request) -> Answer

  var address: String { "http://127.0.0.1:\(port)" }

  /// All requests until now, in the order in which they came.
  var requests: [Request] { log.withLock { $0 } }
  var paths: [String] { requests.map(\.path) }

  func forget() { log.withLock { $0 = [] } }

  init(_ respond: @escaping @Sendable (Request) -> Answer) throws {
    self.respond = respond
    #if canImport(Glibc)
      listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      listener = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard listener >= 0 else { throw CallFailed(name: "socket", code: errno) }
    // Other tests start processes at the same time, which must not inherit it.
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listener = listener
    let failure = withUnsafeMutablePointer(to: &place) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
        guard bind(listener, address, length) == 0, listen(listener, 64) == 0,
          getsockname(listener, address, &length) == 0
        else { return errno }
        return 0
      }
    }
    guard failure == 0 else { throw CallFailed(name: "listen", code: failure) }
    port = UInt16(bigEndian: place.sin_port)
    Thread.detachNewThread { [weak self] in
      // Only here: the number could otherwise be another server's by the time this thread asks for the next connection.
      defer { close(listener) }
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { return }
        _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
        Thread.detachNewThread { [weak self] in
          defer { close(connection) }
          self?.serve(connection)
        }
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private func serve(_ connection: Int32) {
    var head: [UInt8] = []
    while !head.suffix(4).elementsEqual(Array("\r\n\r\n".utf8)) {
      var byte: UInt8 = 0
      guard recv(connection, &byte, 1, 0) == 1, head.count < 1 << 16 else { return }
      head.append(byte)
    }
    let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].components(separatedBy: " ")
    guard words.count == 3 else { return }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
    }
    let path = (words[1].removingPercentEncoding ?? words[1]).drop { $0 == "/" }
    let request = Request(path: String(path), target: words[1], headers: headers)
    log.withLock { $0.append(request) }
    let answer = respond(request)
    guard !answer.isSilent else { return }
    var text = "HTTP/1.1 \(answer.status) Test\r\nConnection: close\r\n"
    text += "Content-Length: \(answer.claimedLength ?? answer.body.count)\r\n"
    for (name, value) in answer.headers { text += "\(name): \(value)\r\n" }
    send(Array("\(text)\r\n".utf8) + answer.body, connection)
  }

  private func send(_ bytes: [UInt8], _ connection: Int32) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer -> Int in
        guard let base = buffer.baseAddress else { return -1 }
        #if canImport(Darwin)
          return Darwin.send(connection, base + sent, bytes.count - sent, 0)
        #elseif canImport(Musl)
          return Musl.send(connection, base + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
        #else
          return Glibc.send(connection, base + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
        #endif
      }
      guard count > 0 else { return }
      sent += count
    }
  }
}

/// A bucket behind a server, with ETags; it can be changed while the server runs.
final class ServedBucket: Sendable {
  private let content: Mutex<Bucket>

  init(_ bucket: Bucket) {
    content = Mutex(bucket)
  }

  func change(_ body: (inout Bucket) -> Void) {
    content.withLock { body(&$0) }
  }

  func answer(_ request: TestServer.Request) -> TestServer.Answer {
    guard let body = content.withLock({ $0.file(request.path) }) else { return .init(status: 404) }
    let etag = "\"\(ZipBuilder.checksum(body))\""
    if request.headers["if-none-match"] == etag { return .init(status: 304, headers: ["ETag": etag]) }
    return .init(headers: ["ETag": etag], body: body)
  }

  func serve() throws -> TestServer {
    try TestServer { self.answer($0) }
  }
}
