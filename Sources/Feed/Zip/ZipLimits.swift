// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// How far the content of a zip may go. What goes further is refused, with the whole zip.
struct ZipLimits {
  /// Bytes of one record.
  var entryBytes = 64 << 20
  /// How many times its packed size an entry may expand to, beyond ``freeBytes``. The most that deflate can do is
  /// 1,032 times.
  var ratio = 200
  /// An entry up to this size may expand as it likes.
  var freeBytes = 1 << 20
  /// Entries of one zip.
  var entries = 20_000_000
}
