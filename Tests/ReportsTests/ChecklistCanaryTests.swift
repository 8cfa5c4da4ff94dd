// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Exposure
import Foundation
import Responding
import TestSupport
import Testing

@testable import Reports

@Suite struct ChecklistCanaryTests {
  private static let canary = "Zq7vKd3mXw9pRt5bHs2nJf8c"

  @Test func `no piece of a secret that was found is in the list that is made of it`() throws {
    let catalogue = try CredentialCatalogue.embedded()
    let home = try TemporaryFolder()
    try home.write("//registry.example/:_authToken=\(Self.canary)\n", to: ".npmrc")
    try home.write("[default]\naws_secret_access_key = \(Self.canary)\n", to: ".aws/credentials")
    try home.write("API_TOKEN=\(Self.canary)\n", to: ".env")
    try home.write("https://anna:\(Self.canary)@git.example\n", to: ".git-credentials")
    try home.write("-----BEGIN RSA PRIVATE KEY-----\n\(Self.canary)\n", to: ".ssh/id_rsa")
    try home.write(Self.canary, to: ".vault-token")
    let finder = CredentialFinder(catalogue, environment: ["NPM_TOKEN": Self.canary, "HOUSE_SECRET": Self.canary])
    let number = open(home.path, O_RDONLY | O_CLOEXEC)
    #expect(number >= 0)
    let folder = Descriptor(owning: number)
    folder.whileOpen { finder.look(home: $0, shown: "~", path: home.path) }
    finder.lookAtEnvironment()
    var detail = IncidentDetail()
    detail.reads = ["npm-token", "aws"]
    let plan = RotationPlan(finder.findings.sightings, catalogue, for: detail)
    let progress = ChecklistProgress(plan, catalogue)
    let text =
      ChecklistDocument(plan, progress, catalogue, title: "x", made: 0).markdown() + String(reflecting: progress)
      + String(reflecting: EasiestWays(finder.findings.sightings, catalogue, now: 0))
    #expect(progress.entries.count == 7)
    let bytes = Array(Self.canary.utf8)
    let forms = [Self.canary, Data(bytes).base64EncodedString(), bytes.map { String(format: "%02x", $0) }.joined()]
    for form in forms {
      for start in 0...(form.count - 8) { #expect(!text.contains(form.dropFirst(start).prefix(8))) }
    }
  }
}
