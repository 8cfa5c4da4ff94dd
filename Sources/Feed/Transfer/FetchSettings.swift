// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// How patient and how greedy fetching is.
public struct FetchSettings: Sendable {
  /// Requests at the same time.
  public var parallel = 16
  /// Tries of one request.
  public var tries = 5
  /// Seconds before the second try; each further pause is twice as long.
  public var firstPause = 1.0
  /// Seconds of the longest pause. A server that asks for more than ``longestWish`` is not waited for.
  public var longestPause = 30.0
  public var longestWish = 120.0
  /// Seconds without a connection, and seconds in which hardly anything came.
  public var connectSeconds = 30
  public var stallSeconds = 60
  /// A file of trusted certificates that takes the place of the system's.
  public var certificates: String?
  /// A folder of them, by the names that OpenSSL gives.
  public var certificateFolder: String?

  public init() {}

  /// With what the usual variables say. Proxies are libcurl's own business.
  public init(environment: [String: String]) {
    func named(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    certificates = named("CURL_CA_BUNDLE") ?? named("SSL_CERT_FILE")
    certificateFolder = named("SSL_CERT_DIR")
  }
}
