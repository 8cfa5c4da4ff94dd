// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Where advisories come from.
public enum FeedSource: Hashable, Sendable {
  /// A bucket or a mirror of it in the layout of OSV's: the address without a slash at its end.
  case address(String)
  /// A folder in the same layout.
  case folder(String)
  /// One archive of records.
  case archive(String)
}
