// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A repository that Python's package managers install from.
enum PythonRepository {
  /// The systems that they know, by the names that they have for them.
  static let systems = ["git", "hg", "svn", "bzr"]

  /// A repository, at a commit or what else names a state of it: `git+https://host/a.git@0123abcd`.
  static func address(_ system: String, _ address: String, commit: String?) -> String {
    "\(system)+\(address)" + (commit.map { "@\($0)" } ?? "")
  }
}
