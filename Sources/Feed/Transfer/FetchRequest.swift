// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// One thing to fetch.
struct FetchRequest {
  /// Where the body goes.
  enum Destination {
    case memory
    case file(OpenFile)
  }

  var address: String
  /// Bytes of the body; more is an error, or, where only the beginning is wanted, the end of the reading.
  var limit: Int
  var wantsBeginningOnly = false
  /// What the last answer said of itself: if nothing has changed since, the server says just that.
  var known: Validators?
  var destination = Destination.memory
  /// For whoever asked: which of many.
  var tag = 0
}

/// What tells one state of a resource from another.
/// - Source: https://www.rfc-editor.org/rfc/rfc9110#name-validator-fields (read 2026-11-25)
struct Validators: Hashable {
  var etag: String?
  var lastModified: String?

  var isEmpty: Bool { etag == nil && lastModified == nil }
}

/// What came back: 200, 304, 404 or 410; everything else was tried again or is an error.
struct FetchAnswer {
  var status = 0
  var validators = Validators()
  var body: [UInt8] = []

  var isAbsent: Bool { status == 404 || status == 410 }
  var isUnchanged: Bool { status == 304 }
}
