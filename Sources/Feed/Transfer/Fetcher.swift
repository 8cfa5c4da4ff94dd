// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CCurl

/// Fetches over HTTPS, several things at a time, and again where trying again may help.
///
/// One thread drives it all; answers are handed out on the thread that asked.
final class Fetcher {
  private let settings: FetchSettings
  private let multi: UnsafeMutableRawPointer
  /// Seconds since some moment.
  private let clock: () -> Double
  private var running: [UnsafeMutableRawPointer: Transfer] = [:]
  private var waiting: [(due: Double, transfer: Transfer)] = []

  init(_ settings: FetchSettings, clock: @escaping () -> Double) throws(FeedError) {
    // Once per process is enough, and more do no harm.
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let multi = curl_multi_init() else {
      throw FeedError(.unreachable, "libcurl", "cannot start")
    }
    self.settings = settings
    self.clock = clock
    self.multi = multi
    _ = gifthorse_curl_multi_set_number(multi, CURLMOPT_MAX_HOST_CONNECTIONS, settings.parallel)
  }

  deinit {
    abandon()
    curl_multi_cleanup(multi)
  }

  func fetch(_ request: FetchRequest, progress: (Int) -> Void = { _ in }) throws(FeedError) -> FetchAnswer {
    var next: FetchRequest? = request
    var result = FetchAnswer()
    try fetchAll {
      defer { next = nil }
      return next
    } progress: {
      progress($0)
    } handle: { (_, answer) throws(FeedError) -> Void in
      result = answer
    }
    return result
  }

  /// Fetches what `next` gives until that is nil, and hands each answer to `handle` as it comes, in any order.
  /// - Parameter progress: Gets the bytes that have come of the transfers under way, several times a second.
  /// - Throws: The first error: of a request after its last try, or of `handle`. Everything under way is then dropped.
  func fetchAll(
    _ next: () -> FetchRequest?, progress: (Int) -> Void = { _ in },
    handle: (FetchRequest, FetchAnswer) throws(FeedError) -> Void
  ) throws(FeedError) {
    defer { abandon() }
    var isDry = false
    while true {
      while !isDry, running.count + waiting.count < settings.parallel {
        guard let request = next() else {
          isDry = true
          break
        }
        guard let transfer = Transfer(request, settings) else {
          throw FeedError(.unreachable, shown(request), "libcurl cannot make the request")
        }
        try begin(transfer)
      }
      if running.isEmpty, waiting.isEmpty { return }
      try drive()
      progress(running.values.reduce(0) { $0 + $1.received })
      while let (transfer, code) = nextEnded() { try conclude(transfer, code, handle) }
    }
  }

  private func abandon() {
    for handle in running.keys { curl_multi_remove_handle(multi, handle) }
    running = [:]
    waiting = []
  }

  private func begin(_ transfer: Transfer) throws(FeedError) {
    guard transfer.start() else { throw cannotWrite(transfer) }
    guard curl_multi_add_handle(multi, transfer.handle) == CURLM_OK else {
      throw FeedError(.unreachable, shown(transfer.request), "libcurl cannot start the request")
    }
    running[transfer.handle] = transfer
  }

  /// Moves everything on, and waits a little for more.
  private func drive() throws(FeedError) {
    let now = clock()
    for entry in waiting where entry.due <= now { try begin(entry.transfer) }
    waiting.removeAll { $0.due <= now }
    var count: Int32 = 0
    guard curl_multi_perform(multi, &count) == CURLM_OK else { throw FeedError(.unreachable, "libcurl", "") }
    guard Int(count) == running.count else { return }
    let pause = waiting.map { $0.due - now }.min() ?? 0.2
    _ = curl_multi_poll(multi, nil, 0, Int32(1000 * max(0.001, min(0.2, pause))), nil)
  }

  private func nextEnded() -> (Transfer, CURLcode)? {
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
      let code = message.pointee.data.result
      curl_multi_remove_handle(multi, handle)
      if let transfer = running.removeValue(forKey: handle) { return (transfer, code) }
    }
    return nil
  }

  private func conclude(
    _ transfer: Transfer, _ code: CURLcode, _ handle: (FetchRequest, FetchAnswer) throws(FeedError) -> Void
  ) throws(FeedError) {
    let status = gifthorse_curl_status(transfer.handle)
    transfer.finish(status: status)
    if transfer.isTooLarge { throw FeedError(.tooLarge, shown(transfer.request), "\(transfer.request.limit)") }
    if transfer.cannotWrite { throw cannotWrite(transfer) }
    guard code == CURLE_OK || transfer.isCutShort else {
      return try again(transfer, String(cString: curl_easy_strerror(code)), Self.mayPass(code), .of(code))
    }
    switch status {
    case 200, 304, 404, 410: try handle(transfer.request, transfer.answer)
    case 408, 425, 429, 500, 502, 503, 504: try again(transfer, "HTTP \(status)", true, .refusedByServer)
    default: throw FeedError(.refusedByServer, shown(transfer.request), "HTTP \(status)")
    }
  }

  private func again(
    _ transfer: Transfer, _ reason: String, _ mayPass: Bool, _ code: FeedError.Code
  ) throws(FeedError) {
    transfer.failures += 1
    let wish = transfer.wishedPause ?? 0
    guard mayPass, transfer.failures < settings.tries, wish <= settings.longestWish else {
      let tries = transfer.failures > 1 ? " (\(transfer.failures) tries)" : ""
      throw FeedError(code, shown(transfer.request), reason + tries)
    }
    var pause = settings.firstPause
    for _ in 1..<transfer.failures { pause *= 2 }
    // Spread, so that those who failed together do not come back together.
    pause = max(wish, min(pause, settings.longestPause) * Double.random(in: 0.75...1.25))
    waiting.append((clock() + pause, transfer))
  }

  /// Whether another try may help.
  private static func mayPass(_ code: CURLcode) -> Bool {
    [
      CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT,
      CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM,
      CURLE_SSL_CONNECT_ERROR,
    ].contains(code)
  }

  private func cannotWrite(_ transfer: Transfer) -> FeedError {
    guard case .file(let file) = transfer.request.destination else { return FeedError(.cannotWrite, "") }
    return FeedError(.cannotWrite, file.path, lastErrorText())
  }

  private func shown(_ request: FetchRequest) -> String {
    FeedAddress(request.address)?.redacted ?? request.address
  }
}

extension FeedError.Code {
  fileprivate static func of(_ code: CURLcode) -> FeedError.Code {
    switch code {
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR: .untrustedCertificate
    case CURLE_UNSUPPORTED_PROTOCOL, CURLE_TOO_MANY_REDIRECTS: .refusedByServer
    default: .unreachable
    }
  }
}
