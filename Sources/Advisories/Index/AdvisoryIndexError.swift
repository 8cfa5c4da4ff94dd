// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Why an advisory index could not be read or written.
public struct AdvisoryIndexError: Error, Hashable, Sendable {
  /// Stable, kebab-case.
  public enum Code: String, CaseIterable, Sendable {
    /// There is no such file.
    case missing
    /// The file is something else.
    case foreign
    /// The file is an index of a version that this program does not read. The detail is that version.
    case otherVersion = "other-version"
    /// A part of the file is not what was written, or is missing.
    case damaged
    /// The system refuses. The detail is its name for the reason.
    case notReadable = "not-readable"
    case notWritable = "not-writable"
  }

  public var code: Code
  public var path: String
  /// What the system or SQLite says; empty where the code says it all.
  public var detail: String

  public init(_ code: Code, path: String, detail: String = "") {
    self.code = code
    self.path = path
    self.detail = detail
  }
}
