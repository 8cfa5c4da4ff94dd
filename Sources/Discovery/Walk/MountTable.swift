// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement

/// The kernel's list of mounted file systems, read once before the scan is confined. Empty where the system has no such list.
public struct MountTable: Sendable {
  /// The file system type by device, as stat(2) gives it.
  private let types: [UInt64: String]

  public init() {
    types = [:]
  }

  /// - Parameter text: `/proc/self/mountinfo`.
  /// - Source: proc_pid_mountinfo(5) (read 2026-11-23)
  init(mountInfo text: String) {
    var types: [UInt64: String] = [:]
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: " "))
      guard let dash = fields.firstIndex(where: { $0.elementsEqual("-".utf8) }), fields.count > max(dash + 1, 2),
        let device = Self.device(fields[2])
      else { continue }
      types[device] = String(Substring(fields[dash + 1]))
    }
    self.types = types
  }

  /// The mounts of this process, as they are now.
  public static func current() -> MountTable {
    guard let file = try? SafeOpening.entry("/proc/self/mountinfo", of: SafeOpening.currentFolder) else {
      return MountTable()
    }
    let buffer = ReadBuffer()
    guard (try? file.whileOpen({ try buffer.fill(from: $0, expected: 0, limit: 16 << 20) })) == true else {
      return MountTable()
    }
    return MountTable(mountInfo: String(decoding: buffer.bytes, as: UTF8.self))
  }

  func type(of device: UInt64) -> String? {
    types[device]
  }

  /// `8:1` → the number that stat(2) gives: glibc's encoding of major and minor.
  private static func device(_ text: Substring.UTF8View.SubSequence) -> UInt64? {
    let parts = text.split(separator: UInt8(ascii: ":"))
    guard parts.count == 2, let major = UInt64(Substring(parts[0])), let minor = UInt64(Substring(parts[1])) else {
      return nil
    }
    return (major & 0xfff) << 8 | (major & ~0xfff) << 32 | (minor & 0xff) | (minor & ~0xff) << 12
  }
}
