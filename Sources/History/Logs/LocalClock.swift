// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The clock on the wall by which a log without a zone was written.
///
/// How far it is from UTC is told by the log itself: its last time and the time when its file was last written are of one moment. Where
/// they do not fit, as in a copied file, the times are taken for UTC; where the clock has changed with the season, older ones are an hour off.
struct LocalClock {
  /// Seconds east of UTC.
  let offset: Int64

  /// - Parameters:
  ///   - last: The last time in the log, as if it were UTC.
  ///   - written: When its file was last written, in UTC.
  init(last: Int64?, written: Int64?) {
    let quarter: Int64 = 900
    // Zones lie between 12 hours west and 14 hours east, at whole quarters of an hour.
    let (difference, isTooFar) = (last ?? 0).subtractingReportingOverflow(written ?? 0)
    guard last != nil, written != nil, !isTooFar, difference.magnitude <= 15 * 3600 else {
      offset = 0
      return
    }
    let nearest = (difference + (difference < 0 ? -quarter / 2 : quarter / 2)) / quarter * quarter
    // A command may have gone on for a while after the last line, or after its name was given.
    offset = abs(difference - nearest) <= 300 && (-12 * 3600...14 * 3600).contains(nearest) ? nearest : 0
  }

  func seconds(_ local: Int64) -> Int64 { local &- offset }
}
