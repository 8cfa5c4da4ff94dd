// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Exposure

@testable import Responding

/// Credentials and incidents for tests.
enum RotationSample {
  static func sighting(
    _ kind: String, _ path: String, protection: Protection = .none, modified: Int64 = 1_700_000_000,
    inode: UInt64 = 7, isReadableByOthers: Bool = false, reach: CredentialSighting.Reach = .home
  ) -> CredentialSighting {
    let identity = CredentialSighting.FileIdentity(
      modified: modified, inode: inode, device: 1, isReadableByOthers: isReadableByOthers)
    return CredentialSighting(kind: kind, path: path, place: .file(identity), reach: reach, protection: protection)
  }

  static func variable(_ kind: String, _ name: String) -> CredentialSighting {
    CredentialSighting(kind: kind, path: name, place: .variable, reach: .environment, protection: .none)
  }

  static func detail(reads: [String], cleanup: [String] = []) -> IncidentDetail {
    var detail = IncidentDetail()
    (detail.reads, detail.cleanup) = (reads, cleanup)
    return detail
  }

  static let all: [CredentialSighting] = [
    sighting("metamask", "~/.config/google-chrome/Default/x", protection: .passphrase),
    sighting("ssh-private-key", "~/.ssh/id_rsa", protection: .passphrase),
    sighting("git-credentials", "~/.git-credentials"),
    sighting("kubeconfig", "~/.kube/config"),
    sighting("aws-access-key", "~/.aws/credentials"),
    sighting("npm-token", "~/.npmrc"),
    sighting("npm-token", "~/work/web/.npmrc", reach: .project),
    sighting("chromium-passwords", "~/.config/google-chrome/Default/Login Data", protection: .unknown),
    sighting("stripe-key", "~/.config/stripe/config.toml"),
    variable("environment-secret", "HOUSE_TOKEN"),
  ]
}
