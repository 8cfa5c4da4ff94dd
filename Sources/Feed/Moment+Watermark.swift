// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

extension Moment {
  /// This moment, so many seconds earlier.
  func earlier(by seconds: Int64) -> Moment {
    Moment(nanoseconds: nanoseconds &- seconds &* 1_000_000_000)
  }

  /// The moment one nanosecond before this one.
  var predecessor: Moment { Moment(nanoseconds: nanoseconds &- 1) }

  /// To be kept without loss: ``text`` is rounded to seconds.
  var kept: String { String(nanoseconds) }

  init?(kept text: String) {
    guard let nanoseconds = Int64(text) else { return nil }
    self.init(nanoseconds: nanoseconds)
  }
}
