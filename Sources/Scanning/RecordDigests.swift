// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories

/// The digests that records know, in the order in which a walk looks for them: behind those of the incidents.
struct RecordDigests {
  private(set) var texts: [String] = []
  /// The record of each.
  private(set) var ids: [String] = []

  /// An index whose digests cannot be read is told when its names are asked for: the file is damaged then as well.
  init(_ index: AdvisoryIndex?) {
    guard let index else { return }
    do throws(AdvisoryIndexError) {
      try index.forEachDigest { text, id in
        texts.append(text)
        ids.append(id)
      }
    } catch {
      failure = error
    }
  }

  /// Why they could not be read.
  private(set) var failure: AdvisoryIndexError?
}
