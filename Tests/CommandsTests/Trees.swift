// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport

/// Small trees, one for each thing that a scan can come to. All of it is text that nothing runs.
extension TemporaryFolder {
  /// `NAME/node_modules/PACKAGE/package.json`, as a package manager leaves it.
  func install(_ package: String, _ version: String, in project: String) throws {
    try write(
      #"{"name":"\#(package)","version":"\#(version)"}"#, to: "\(project)/node_modules/\(package)/package.json")
  }

  /// The stealer of May 2026.
  func addBad(_ project: String = "bad") throws { try install("node-ipc", "9.1.6", in: project) }

  /// Protestware of 2022.
  func addProtest(_ project: String = "protest") throws { try install("peacenotwar", "9.1.6", in: project) }

  /// The look-alike: the same package, in a version that is good.
  func addClean(_ project: String = "clean") throws { try install("node-ipc", "9.2.1", in: project) }

  /// A lockfile that breaks off in the middle, behind its first package.
  func addTruncated(_ project: String = "truncated") throws {
    try write(
      #"{"lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.0"}"#, to: "\(project)/package-lock.json")
  }

  /// A lockfile that pins a bad version below another package.
  func addLocked(_ project: String = "locked") throws {
    try write(
      """
      {
        "name": "shop", "lockfileVersion": 3,
        "packages": {
          "": { "name": "shop", "dependencies": { "vue-cli": "^1.0.0" } },
          "node_modules/node-ipc": {
            "version": "9.2.3"
          },
          "node_modules/vue-cli": {
            "version": "1.0.0",
            "dependencies": { "node-ipc": "^9.1.0" }
          }
        }
      }

      """, to: "\(project)/package-lock.json")
  }
}
