// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CCurl
internal import Parsing

/// One request on its way: libcurl's handle, and what has come so far.
final class Transfer {
  let request: FetchRequest
  let handle: UnsafeMutableRawPointer
  private(set) var answer = FetchAnswer()
  /// Seconds that the server asked to wait.
  private(set) var wishedPause: Double?
  private(set) var isTooLarge = false
  private(set) var isCutShort = false
  private(set) var cannotWrite = false
  /// How many bytes of the body came.
  private(set) var received = 0
  /// Tries that ended without an answer.
  var failures = 0
  private var headers: UnsafeMutablePointer<curl_slist>?

  /// nil where libcurl has no memory, or lacks something that must not be lacking.
  init?(_ request: FetchRequest, _ settings: FetchSettings) {
    guard let handle = curl_easy_init() else { return nil }
    self.request = request
    self.handle = handle
    if let etag = request.known?.etag { headers = curl_slist_append(headers, "If-None-Match: \(etag)") }
    if let time = request.known?.lastModified { headers = curl_slist_append(headers, "If-Modified-Since: \(time)") }
    guard configure(settings) else { return nil }
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headers)
  }

  private func configure(_ settings: FetchSettings) -> Bool {
    let address = FeedAddress(request.address)
    let isPlain = address?.isPlain ?? false
    var numbers: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)), (CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
      (CURLOPT_FOLLOWLOCATION, 1), (CURLOPT_MAXREDIRS, 5), (CURLOPT_CONNECTTIMEOUT, settings.connectSeconds),
      (CURLOPT_LOW_SPEED_LIMIT, 100), (CURLOPT_LOW_SPEED_TIME, settings.stallSeconds), (CURLOPT_PIPEWAIT, 1),
    ]
    numbers.append((CURLOPT_HTTP_VERSION, isPlain ? Int(CURL_HTTP_VERSION_1_1) : Int(CURL_HTTP_VERSION_2TLS)))
    var texts: [(CURLoption, String)] = [
      (CURLOPT_URL, request.address), (CURLOPT_USERAGENT, "gifthorse-feed"),
    ]
    if let certificates = settings.certificates { texts.append((CURLOPT_CAINFO, certificates)) }
    if let folder = settings.certificateFolder { texts.append((CURLOPT_CAPATH, folder)) }
    // No proxy knows this machine's own addresses.
    if address?.isLoopback == true { texts.append((CURLOPT_NOPROXY, "*")) }
    return numbers.allSatisfy { gifthorse_curl_set_number(handle, $0.0, $0.1) == CURLE_OK }
      && texts.allSatisfy { gifthorse_curl_set_text(handle, $0.0, $0.1) == CURLE_OK }
      && gifthorse_curl_limit_protocols(handle, isPlain) == CURLE_OK
      && (headers == nil || gifthorse_curl_set_headers(handle, headers) == CURLE_OK)
      && gifthorse_curl_set_callbacks(
        handle, takeBody, takeHeader, Unmanaged.passUnretained(self).toOpaque()) == CURLE_OK
  }

  /// Forgets what came, for a first or a new try; whether that worked.
  func start() -> Bool {
    answer = FetchAnswer()
    (wishedPause, isTooLarge, isCutShort, received) = (nil, false, false, 0)
    if case .file(let file) = request.destination, !file.empty() { cannotWrite = true }
    return !cannotWrite
  }

  /// Takes a piece of the body; whether there is to be more.
  fileprivate func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    // What an error or a redirection says is of no use to anybody.
    guard gifthorse_curl_status(handle) == 200 else { return true }
    let room = request.limit - received
    let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(room))
    received += part.count
    switch request.destination {
    case .memory: answer.body.append(contentsOf: part)
    case .file(let file): cannotWrite = !file.append(part)
    }
    guard part.count == bytes.count else {
      if request.wantsBeginningOnly { isCutShort = true } else { isTooLarge = true }
      return false
    }
    return !cannotWrite
  }

  fileprivate func receiveHeader(_ line: Bytes) {
    // A redirection's headers come before the answer's own.
    if line.starts(with: "HTTP/") {
      answer.validators = Validators()
      wishedPause = nil
      return
    }
    guard let colon = line.firstOffset(of: UInt8(ascii: ":")), line.count < 1024 else { return }
    let value = Self.trimmed(line[slice: (colon + 1)..<line.count])
    guard !value.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return }
    switch line[slice: 0..<colon].string.lowercased() {
    case "etag": answer.validators.etag = value
    case "last-modified": answer.validators.lastModified = value
    // A date instead of seconds: the usual pauses do.
    case "retry-after": wishedPause = Int(value).flatMap { $0 >= 0 ? Double($0) : nil }
    default: break
    }
  }

  private static func trimmed(_ bytes: Bytes) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }), let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return bytes[slice: first..<(last + 1)].string
  }

  func finish(status: Int) {
    answer.status = status
  }
}

// libcurl calls these on the thread that drives it, while the transfer is held by `Fetcher`.
private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
  context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private func takeBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let piece = UnsafeRawBufferPointer(start: bytes, count: size &* count)
  // Anything but the number of bytes ends the transfer; no body is empty here.
  return transfer(context)?.receive(piece) == true ? piece.count : 0
}

private func takeHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let line = UnsafeRawBufferPointer(start: bytes, count: size &* count)
  transfer(context)?.receiveHeader(line.bindMemory(to: UInt8.self))
  return line.count
}
