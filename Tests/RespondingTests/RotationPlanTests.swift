// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Exposure
import Foundation
import TestSupport
import Testing

@testable import Responding

@Suite struct RotationPlanTests {
  let catalogue: CredentialCatalogue

  init() throws {
    catalogue = try CredentialCatalogue.embedded()
  }

  private func plan(reads: [String], cleanup: [String] = []) -> RotationPlan {
    RotationPlan(RotationSample.all, catalogue, for: RotationSample.detail(reads: reads, cleanup: cleanup))
  }

  @Test func `publishing tokens come first, then clouds, source and the rest`() {
    let plan = plan(reads: ["npm-token", "aws", "git", "ssh", "kubernetes", "saas", "browsers"])
    #expect(
      plan.items.map(\.kind) == [
        "npm-token", "aws-access-key", "git-credentials", "ssh-private-key", "kubeconfig", "stripe-key",
        "chromium-passwords",
      ])
    #expect(plan.items.map(\.order) == Array(1...7))
  }

  @Test func `several files of one kind are one item`() {
    let item = plan(reads: ["npm-token"]).items.first
    #expect(item?.places.map(\.path) == ["~/.npmrc", "~/work/web/.npmrc"])
  }

  @Test func `what the incident does not read is told apart, with numbers that go on`() {
    let plan = plan(reads: ["npm-token", "aws"])
    #expect(plan.items.map(\.kind) == ["npm-token", "aws-access-key"])
    #expect(plan.others.first?.order == 3)
    #expect(plan.others.contains { $0.kind == "ssh-private-key" && $0.reason == .notNamed })
    #expect(plan.isReadKnown)
  }

  @Test(arguments: [[], ["a-code-of-the-future"], ["npm-token", "a-code-of-the-future"]])
  func `where it is not known what an incident reads, everything counts as read`(reads: [String]) {
    let plan = plan(reads: reads)
    #expect(plan.others.isEmpty)
    #expect(plan.items.reduce(0) { $0 + $1.places.count } == RotationSample.all.count)
    #expect(!plan.isReadKnown)
  }

  @Test func `a worm's watcher is stopped before anything is revoked, whatever the record's order`() {
    let plan = plan(reads: ["npm-token"], cleanup: ["rotate-elsewhere", "remove-hooks", "stop-watchers"])
    #expect(plan.before == [.isolate, .stopWatchers, .removeHooks])
  }

  @Test func `without a watcher nothing has to come before but what the record says`() {
    #expect(plan(reads: ["npm-token"], cleanup: ["rotate-elsewhere"]).before == [])
    #expect(plan(reads: ["npm-token"], cleanup: ["remove", "isolate"]).before == [.isolate])
  }

  @Test func `where wallets are read, money is moved first`() {
    let plan = plan(reads: ["wallets", "npm-token"], cleanup: ["rotate-elsewhere"])
    #expect(plan.items.map(\.kind) == ["metamask", "npm-token"])
    #expect(plan.before == [.moveFunds])
  }

  @Test func `where there is no wallet, no money is to be moved`() {
    let detail = RotationSample.detail(reads: ["wallets", "npm-token"], cleanup: ["move-funds"])
    let plan = RotationPlan([RotationSample.sighting("npm-token", "~/.npmrc")], catalogue, for: detail)
    #expect(plan.before == [])
  }

  @Test func `a passphrase puts a key at the end of its group, and does not leave it out`() {
    let plain = RotationSample.sighting("svn-password", "~/.hgrc")
    let key = RotationSample.sighting("ssh-private-key", "~/.ssh/id_rsa", protection: .passphrase)
    let aws = RotationSample.sighting("aws-access-key", "~/.aws/credentials", protection: .passphrase)
    let plan = RotationPlan([key, plain, aws], catalogue, for: RotationSample.detail(reads: ["ssh", "git", "aws"]))
    #expect(plan.items.map(\.kind) == ["aws-access-key", "svn-password", "ssh-private-key"])
  }

  @Test func `an incident that reads the environment has read a variable of any kind`() {
    let variable = RotationSample.variable("stripe-key", "STRIPE_SECRET_KEY")
    let plan = RotationPlan([variable], catalogue, for: RotationSample.detail(reads: ["environment"]))
    #expect(plan.items.first?.reason == .environment)
  }

  @Test func `an incident that searches the disk has read files of any kind and no variable`() {
    let plan = plan(reads: ["files"])
    #expect(plan.items.allSatisfy { $0.reason == .files })
    #expect(plan.others.map(\.kind) == ["environment-secret"])
  }

  @Test(arguments: [([String](), true), (["rotate-elsewhere"], true), (["remove"], false)])
  func `whether another computer is needed is what the record says`(cleanup: [String], isNeeded: Bool) {
    #expect(plan(reads: ["npm-token"], cleanup: cleanup).isFromAnotherComputer == isNeeded)
  }

  @Test func `each incident of ours gives a plan that leaves nothing out`() throws {
    let files = Repository.files(below: Repository.root.appending(path: "Incidents"))
    #expect(files.count > 100)
    for file in files {
      let text = try [UInt8](Data(contentsOf: file))
      let incident = try text.withUnsafeBufferPointer { try Incident(json: $0) }
      let plan = RotationPlan(RotationSample.all, catalogue, for: incident.detail)
      let count = (plan.items + plan.others).reduce(0) { $0 + $1.places.count }
      #expect(count == RotationSample.all.count, "\(incident.record.id)")
      #expect(plan.isReadKnown == !incident.detail.reads.isEmpty, "\(incident.record.id)")
      if incident.detail.cleanup.contains("stop-watchers") {
        #expect(plan.before.prefix(3) == [.isolate, .stopWatchers, .removeHooks], "\(incident.record.id)")
      }
    }
  }
}

@Suite struct EasiestWaysTests {
  let catalogue: CredentialCatalogue

  init() throws {
    catalogue = try CredentialCatalogue.embedded()
  }

  private let now: Int64 = 1_790_000_000

  private func ways(_ sightings: [CredentialSighting]) -> [String] {
    EasiestWays(sightings, catalogue, now: now).ways.map(\.way.id)
  }

  @Test func `there are three at most, the most worth first`() {
    #expect(
      ways(RotationSample.all) == ["long-lived-publishing-token", "cloud-key-in-file", "git-password-in-file"])
  }

  @Test func `an SSH key with a passphrase needs none, one without does`() {
    let key = RotationSample.sighting("ssh-private-key", "~/.ssh/id_ed25519", modified: now)
    #expect(ways([key]) == ["ssh-key-without-passphrase"])
    let other = RotationSample.sighting(
      "ssh-private-key", "~/.ssh/id_ed25519", protection: .passphrase, modified: now)
    #expect(ways([other]) == [])
  }

  @Test func `an .env file in the home itself is told, one in a project is another matter`() {
    #expect(ways([RotationSample.sighting("env-file", "~/.env", modified: now)]).first == "env-file-in-home")
    let other = RotationSample.sighting("env-file", "~/work/.env", modified: now, reach: .project)
    #expect(ways([other]) == ["many-env-files"])
  }

  @Test func `a year without a change makes a credential forgotten, a day less does not`() {
    let day: Int64 = 86_400
    let old = RotationSample.sighting("stripe-key", "~/a", protection: .unknown, modified: now - 366 * day)
    #expect(ways([old]) == ["forgotten"])
    let young = RotationSample.sighting("stripe-key", "~/a", protection: .unknown, modified: now - 364 * day)
    #expect(ways([young]) == [])
  }

  @Test func `what others can read is told`() {
    let open = RotationSample.sighting(
      "stripe-key", "~/a", protection: .unknown, modified: now, isReadableByOthers: true)
    #expect(ways([open]) == ["readable-by-others"])
  }

  @Test func `with nothing here there is nothing to do`() {
    #expect(ways([]) == [])
  }
}
