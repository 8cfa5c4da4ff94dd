// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
public import Confinement

/// When a file or folder came and changed. Seconds since 1970, UTC.
///
/// What the time of the last writing says of a package is worth nothing: npm gives every file it unpacks one of 1985, and archives carry
/// their own. When the file was made cannot be set by a program, nor can the time of the last change.
public struct FileTimes: Hashable, Sendable {
  /// nil where the file system does not keep it.
  public var birth: Int64?
  /// The last writing, as whoever wrote says.
  public var modified: Int64
  /// The last change of anything, permissions and links included.
  public var changed: Int64

  public init(birth: Int64?, modified: Int64, changed: Int64) {
    self.birth = birth
    self.modified = modified
    self.changed = changed
  }

  /// Of what is open.
  public init(of descriptor: Int32) throws(SystemError) {
    try self.init("", descriptor)
  }

  /// Of the entry `name` of the open folder `base`, not followed if it is a link.
  public init(of name: UnsafePointer<CChar>, in base: Int32) throws(SystemError) {
    try self.init(name, base)
  }

  private init(_ name: UnsafePointer<CChar>, _ base: Int32) throws(SystemError) {
    var times = gifthorse_times()
    let result = gifthorse_times_of(base, name, &times)
    guard result == 0 else { throw SystemError(code: -result) }
    self.init(birth: times.has_birth ? times.birth : nil, modified: times.modified, changed: times.changed)
  }

  /// Since when it lies at its place: exact where the file system keeps when files are made, else the last change, which was
  /// later or at that moment.
  ///
  /// - Parameter now: What claims to come more than a day after it is not believed, nor what claims to come before 1980.
  public func arrival(now: Int64) -> PastSighting.Bound? {
    if let birth, Self.isPlausible(birth, now: now) { return PastSighting.Bound(birth) }
    return Self.isPlausible(changed, now: now) ? PastSighting.Bound(changed, isExact: false) : nil
  }

  /// Whether anything of this kind can have happened then.
  static func isPlausible(_ seconds: Int64, now: Int64) -> Bool {
    // A clock that is a day ahead is as common as a wrong zone.
    seconds >= 315_532_800 && seconds - 86_400 <= now
  }
}
