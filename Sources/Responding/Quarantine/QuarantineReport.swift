// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// What was moved, and what was not.
public struct QuarantineReport: Sendable {
  /// One locked folder.
  public struct Batch: Sendable {
    /// As it is shown: what `gifthorse fix --restore` takes.
    public var path: String
    /// The folder that the items' origins start at, as it is shown.
    public var folder: String
    /// What lies in it now.
    public var items: [QuarantinedItem]
    /// Whether nobody can enter it; false where the file system would not have that.
    public var isLocked: Bool

    public init(path: String, folder: String, items: [QuarantinedItem], isLocked: Bool) {
      self.path = path
      self.folder = folder
      self.items = items
      self.isLocked = isLocked
    }
  }

  public var batches: [Batch] = []
  public var refusals: [QuarantineRefusal] = []
  /// Locked folders of earlier runs that were interrupted, and that were locked now: as they are shown.
  public var finished: [String] = []

  public init() {}

  /// Whether everything was moved that was to be.
  public var isComplete: Bool { refusals.isEmpty && batches.allSatisfy(\.isLocked) }
}

/// What was put back, and what was not.
public struct RestoreReport: Sendable {
  /// The folder that the items' origins start at: absolute.
  public var folder: String = ""
  public var restored: [QuarantinedItem] = []
  /// What already lay where it belongs, or is gone from both places.
  public var alreadyBack: [QuarantinedItem] = []
  /// What stays in quarantine.
  public var refusals: [QuarantineRefusal] = []

  public init() {}

  /// Whether nothing is left in quarantine.
  public var isComplete: Bool { refusals.isEmpty }
}
