// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What was read from one file.
public struct ImportedFile: Sendable {
  public let format: ImportFormat
  /// In the order of the file, one for each package or entry.
  public var records: [OSVRecord] = []
  /// Of an OpenVEX document.
  public var statements: [VEXStatement] = []
  /// What was not taken. A caller that goes on all the same has to say so.
  public var problems: [ImportProblem] = []

  init(_ format: ImportFormat) {
    self.format = format
  }
}
