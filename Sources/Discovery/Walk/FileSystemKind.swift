// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What kind of file system a folder lies on, as far as a scan cares.
enum FileSystemKind {
  case ordinary
  /// Made up by the kernel: it holds no files anybody installed.
  case pseudo(String)
  /// On another machine.
  case network(String)

  /// - Parameters:
  ///   - magic: Linux's `f_type`.
  ///   - mountType: The type's name in the mount table, which alone tells one FUSE file system from another.
  /// - Source: statfs(2), linux/magic.h (read 2026-11-23)
  init(magic: Int64, mountType: String?) {
    if let name = Self.pseudoFileSystems[magic] {
      self = .pseudo(name)
    } else if let name = Self.networkFileSystems[magic] {
      self = .network(name)
    } else if magic == Self.fuse, let mountType, Self.isNetworkFUSE(mountType) {
      self = .network(mountType)
    } else {
      self = .ordinary
    }
  }

  private static let fuse: Int64 = 0x6573_5546

  private static let pseudoFileSystems: [Int64: String] = [
    0x9fa0: "proc", 0x6265_6572: "sysfs", 0x27_e0eb: "cgroup", 0x6367_7270: "cgroup2", 0x6462_6720: "debugfs",
    0x7472_6163: "tracefs", 0x1cd1: "devpts", 0x7363_6673: "securityfs", 0x6165_676c: "pstore", 0xcafe_4a11: "bpf",
    0x1980_0202: "mqueue", 0x9584_58f6: "hugetlbfs", 0x6265_6570: "configfs", 0x6573_5543: "fusectl",
    0x4249_4e4d: "binfmt_misc", 0xde5e_81e4: "efivarfs", 0xf97c_ff8c: "selinuxfs", 0x0187: "autofs",
    0x6759_6969: "rpc_pipefs", 0x6e73_6673: "nsfs", 0x5049_4446: "pidfs", 0x0bad_1dea: "futexfs",
  ]

  private static let networkFileSystems: [Int64: String] = [
    0x6969: "nfs", 0xff53_4d42: "cifs", 0xfe53_4d42: "smb2", 0x517b: "smb", 0x5346_414f: "afs", 0x6b41_4653: "afs",
    0x00c3_6400: "ceph", 0x7375_7245: "coda", 0x564c: "ncp", 0x0102_1997: "9p", 0x0bd0_0bd0: "lustre",
    0x0116_1970: "gfs2", 0x7461_636f: "ocfs2",
  ]

  /// FUSE file systems that reach over a network. Others (a mounted disk, an archive, an encrypted folder) are this machine's own.
  private static func isNetworkFUSE(_ type: String) -> Bool {
    let names = [
      "sshfs", "s3fs", "rclone", "gcsfuse", "glusterfs", "davfs", "davfs2", "curlftpfs", "smbnetfs", "goofys",
      "juicefs",
      "gvfsd-fuse", "blobfuse", "blobfuse2", "mount-s3", "ceph-fuse", "moosefs", "google-drive-ocamlfuse", "onedriver",
    ]
    return names.contains { type == "fuse.\($0)" }
  }
}
