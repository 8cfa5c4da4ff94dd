// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Discovery

/// What kind of file system a folder lies on.
@Suite struct FileSystemTests {
  // The magic numbers are those of statfs(2).
  @Test(
    arguments: [
      (0x9FA0, nil, "pseudo proc"), (0x6265_6572, nil, "pseudo sysfs"), (0x6367_7270, nil, "pseudo cgroup2"),
      (0x1CD1, nil, "pseudo devpts"), (0x6969, nil, "network nfs"), (0xFF53_4D42, nil, "network cifs"),
      (0x0102_1997, nil, "network 9p"), (0xEF53, nil, "ordinary"), (0x0102_1994, nil, "ordinary"),
      (0x794C_7630, nil, "ordinary"),
      (0x6573_5546, "fuse.sshfs", "network fuse.sshfs"), (0x6573_5546, "fuse.rclone", "network fuse.rclone"),
      (0x6573_5546, "fuse.gocryptfs", "ordinary"), (0x6573_5546, "fuseblk", "ordinary"), (0x6573_5546, nil, "ordinary"),
      (0xEF53, "fuse.sshfs", "ordinary"), (0, nil, "ordinary"), (-5, nil, "ordinary"),
    ] as [(Int64, String?, String)])
  func `a file system is told by its number, and FUSE by its name`(_ magic: Int64, _ type: String?, _ kind: String) {
    let told =
      switch FileSystemKind(magic: magic, mountType: type) {
      case .ordinary: "ordinary"
      case .pseudo(let name): "pseudo \(name)"
      case .network(let name): "network \(name)"
      }
    #expect(told == kind)
  }

  @Test func `the mount table gives the type by device`() {
    let table = MountTable(
      mountInfo: """
        36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
        40 35 0:52 / /home/a\\040b/remote rw - fuse.sshfs alice@host.example:/ rw
        41 35 259:257 / /wide rw shared:1 propagate_from:2 - xfs /dev/nvme0n1 rw
        """)
    // A device's number is the one that stat(2) gives: minor 0–7, major 8–19, and the rest of the minor from bit 20 on.
    #expect(table.type(of: 98 << 8) == "ext3")
    #expect(table.type(of: 52) == "fuse.sshfs")
    #expect(table.type(of: 259 << 8 | 1 | 1 << 20) == "xfs")
    #expect(table.type(of: 1) == nil)
  }

  @Test(arguments: [
    "", "\n\n", "36 35 98:0", "36 35 98 / / rw - ext3", "36 35 a:b / / rw - ext3 x", "-", "- - -",
    "36 35 98:0 / / rw -",
    "36 35 99999999999999999999:0 / / rw - ext3 x",
  ])
  func `lines that are no mounts are passed over`(_ text: String) {
    let table = MountTable(mountInfo: text)
    #expect(table.type(of: 98 << 8) == nil)
    #expect(table.type(of: 0) == nil)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/mountinfo")))
  func `the mount table of this process knows where proc is`() throws {
    let number = try FileManager.default.attributesOfItem(atPath: "/proc/self/")[.systemNumber] as? Int
    #expect(MountTable.current().type(of: UInt64(try #require(number))) == "proc")
  }

  /// Where `/dev` is a folder of this machine, other file systems lie in it.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/pts/ptmx")))
  func `a pseudo file system below the root is left out, and that is said`() throws {
    let result = try WalkResult(paths: ["/dev"], shownBelow: "/dev/")
    #expect(result.skipped.contains("pts pseudo-filesystem devpts"))
  }
}
