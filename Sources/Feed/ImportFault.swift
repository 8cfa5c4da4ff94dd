// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories

/// Something in a file that cannot be imported: a line, an entry, or a whole file of a folder or a zip.
public struct ImportFault: Hashable, Sendable {
  /// Why it cannot be taken.
  public enum Reason: Hashable, Sendable {
    /// The line or the entry is not sound.
    case entry(ImportProblem.Code)
    /// The file in the folder or the zip is none that can be read.
    case file(ImportError.Code)
    /// The index does not take the record; the code is the index's own.
    case refused(String)
  }

  public var path: String
  /// 1-based; nil where the whole file is meant.
  public var line: Int?
  /// What was wrong, as written; may be empty.
  public var text = ""
  public var reason: Reason
}
