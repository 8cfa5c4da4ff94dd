// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where a quarantine may lie: in the outermost folder, from the root on, that is on the same mount as the thing to move, that this user may
/// write, and in which nobody looks for packages.
struct QuarantinePlaces {
  /// Whatever lies below a folder of these names may be found, or cleared away, by a package manager.
  private static let unfit: Set<String> = [
    "node_modules", "site-packages", "dist-packages", "_cacache", ".pnpm-store", ".yarn",
  ]

  /// - Parameters:
  ///   - folder: The folder that holds the thing, below the root.
  ///   - real: The root's own absolute path.
  /// - Returns: The way from the root to the place: a beginning of `folder`.
  func place(
    for folder: [UInt8], below root: Int32, real: [UInt8]
  ) throws(QuarantineRefusal.Cause) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    guard !real.split(separator: slash).contains(where: Self.isUnfit) else { throw QuarantineRefusal.Cause(.noPlace) }
    var ways: [[UInt8]] = [[]]
    for part in folder.split(separator: slash) {
      guard !Self.isUnfit(part) else { break }
      ways.append((ways.last ?? []) + (ways.count > 1 ? [slash] : []) + part)
    }
    let mount = try mount(folder, below: root)
    for way in ways where try self.mount(way, below: root) == mount {
      if isWritable(way, below: root) { return way }
    }
    throw QuarantineRefusal.Cause(.noPlace)
  }

  private static func isUnfit(_ name: ArraySlice<UInt8>) -> Bool {
    unfit.contains(String(decoding: name, as: UTF8.self))
  }

  /// What tells one mounted file system from another.
  private struct Mount: Hashable {
    let device: UInt64
    let id: Int64
  }

  private func mount(_ way: [UInt8], below root: Int32) throws(QuarantineRefusal.Cause) -> Mount {
    try QuarantineRefusal.Cause.wrap { () throws(SystemError) in
      try SafeOpening.folder(way.terminated, below: root).whileOpen { (folder) throws(SystemError) in
        Mount(device: try SafeOpening.facts(of: folder).device, id: gifthorse_mount_id(folder, ""))
      }
    }
  }

  private func isWritable(_ way: [UInt8], below root: Int32) -> Bool {
    guard let folder = try? SafeOpening.folder(way.terminated, below: root) else { return false }
    return folder.whileOpen { faccessat($0, ".", W_OK | X_OK, AT_EACCESS) == 0 }
  }
}
