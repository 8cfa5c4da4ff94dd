// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem

/// What keeps this process harmless, as far as the kernel could be asked to see to it.
public struct Confinement: Hashable, Sendable {
  /// The version of Landlock in force; nil where there is none.
  public let landlock: Int?
  /// Whether the system-call filter is in force.
  public let seccomp: Bool

  public init(landlock: Int?, seccomp: Bool) {
    self.landlock = landlock
    self.seccomp = seccomp
  }

  /// Whether all of it is in force.
  public var isComplete: Bool { landlock != nil && seccomp }

  /// Nothing is in force: what tests and systems other than Linux have.
  public static let none = Confinement(landlock: nil, seccomp: false)

  /// Takes from this thread, and all that it starts, the right to read outside of `folders`, to write, create or remove files,
  /// to start programs, to connect, and to look into other processes. What is already open stays usable. There is no way back.
  ///
  /// - Parameter descriptors: Open files and folders; what lies below them stays readable.
  /// - Returns: What could be had from this kernel. It is never an error to have less: the report says so.
  /// - Source: https://docs.kernel.org/userspace-api/landlock.html, seccomp(2) (read 2026-11-23)
  public static func apply(reading descriptors: [Int32]) -> Confinement {
    apply(reading: descriptors, writing: [])
  }

  /// The same, but for `writing`: below these open folders files and folders stay readable, and may be made, filled, renamed (also from one of
  /// these folders to another on the same file system) and removed. Links, devices and FIFOs are not made anywhere, nor are extended attributes.
  ///
  /// Without a Landlock that can tell folders apart (version 2) nothing keeps the process below them: then ``landlock`` is nil.
  public static func apply(reading descriptors: [Int32], writing folders: [Int32]) -> Confinement {
    let version = gifthorse_landlock_version()
    let isLandlocked =
      version > 0 && gifthorse_landlock_restrict(descriptors, descriptors.count, folders, folders.count) == 0
    let isFiltered = gifthorse_seccomp_restrict(isLandlocked, !folders.isEmpty) == 0
    return Confinement(landlock: isLandlocked ? Int(version) : nil, seccomp: isFiltered)
  }
}
