// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Foundation
import Inventory
import Parsing
import TestSupport
import Testing

@testable import Exposure

@Suite struct CredentialCatalogueTests {
  let catalogue: CredentialCatalogue

  init() throws {
    catalogue = try CredentialCatalogue.embedded()
  }

  /// The kinds as the files have them, read by Foundation.
  private static func written() throws -> [[String: Any]] {
    try Repository.files(below: Repository.root.appending(path: "Credentials")).flatMap { file in
      let text = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      return text?["kinds"] as? [[String: Any]] ?? []
    }
  }

  @Test func `there are at least 110 kinds, each with an id of its own, and they are those of the files`() throws {
    let ids = catalogue.kinds.map(\.id)
    #expect(ids.count >= 110)
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids) == Set(try Self.written().compactMap { $0["id"] as? String }))
  }

  @Test func `each code of what a kind is read by is known, and none is lost in reading`() throws {
    for kind in try Self.written() {
      let id = try #require(kind["id"] as? String)
      #expect(catalogue.kind(id)?.reads.map(\.rawValue) == kind["reads"] as? [String], "\(id)")
    }
  }

  @Test func `each thing that incidents read and that is a credential has a kind`() {
    let covered = Set(catalogue.kinds.flatMap(\.reads))
    // The text of prompts is no credential.
    #expect(Set(IncidentCode.Reading.allCases).subtracting(covered) == [.prompts])
  }

  @Test func `each kind says what it is, where it is replaced and how`() {
    for kind in catalogue.kinds {
      let texts = kind.texts(in: "en")
      for text in [texts.name, texts.scope, texts.where, texts.how] {
        #expect((3...300).contains(text.count), "\(kind.id)")
      }
      #expect(kind.texts(in: "xx") == texts)
      #expect(!kind.group.isEmpty)
    }
  }

  @Test func `kinds come in the order in which they are replaced`() {
    #expect(catalogue.kinds.map(\.order) == catalogue.kinds.map(\.order).sorted())
    var groups: [String] = []
    for kind in catalogue.kinds where groups.last != kind.group { groups.append(kind.group) }
    #expect(groups.prefix(3) == ["publishing", "cloud", "source"])
    #expect(Set(groups).count == groups.count)
  }

  /// What node-ipc 9.1.6 reads, as reports of it name it.
  @Test(
    arguments: [
      "~/.aws/credentials", "~/.aws/config", "~/.aws/sso/cache/a.json", "~/.aws/cli/cache/a.json",
      "~/.azure/accessTokens.json", "~/.azure/msal_token_cache.json", "~/.azd/auth/a",
      "~/.config/gcloud/credentials.db", "~/.config/gcloud/access_tokens.db",
      "~/.config/gcloud/application_default_credentials.json", "~/.config/gcloud/legacy_credentials/a/adc.json",
      "~/.oci/config", "~/.aliyun/config.json", "~/.bluemix/config.json", "~/.config/doctl/config.yaml",
      "~/.config/hcloud/cli.toml", "~/.config/scw/config.yaml", "~/.config/linode-cli", "~/.fly/config.yml",
      "~/.railway/config.json", "~/.snowflake/config.toml", "~/.doppler/.doppler.yaml", "~/.ssh/id_rsa",
      "~/.gitconfig", "~/.git-credentials", "~/.config/gh/hosts.yml", "~/.config/glab-cli/config.yml", "~/.config/hub",
      "~/.npmrc", ".npmrc", "~/.yarnrc", "~/.yarnrc.yml", "~/.pypirc", "~/.docker/config.json",
      "~/.config/containers/auth.json", "~/.kube/config", "/var/run/secrets/kubernetes.io/serviceaccount/token",
      "/etc/rancher/k3s/k3s.yaml", "~/.config/helm/repositories.yaml", "/etc/gitlab-runner/config.toml",
      "~/.terraform.d/credentials.tfrc.json", "terraform.tfvars", "a.tfstate", "~/.ansible.cfg", "~/.vault-token",
      ".env", ".env.local", ".env.production", "~/.pgpass", "~/.my.cnf", "~/.sf/a.json", "~/.sfdx/a.json",
      "~/.cli-m365-msal.json", "~/.local/share/Microsoft/PowerAppsCli/a", "~/.config/Microsoft/Teams/Cookies",
      "~/.claude.json", "~/.claude/mcp.json", "~/.kiro/settings/mcp.json", "~/.bash_history", "~/.zsh_history",
      "~/.mysql_history", "~/.psql_history", "~/.python_history", "~/.node_repl_history", "~/.profile",
      ".github/workflows/ci.yml", ".gitlab-ci.yml", "~/Library/Keychains/login.keychain-db",
      "~/.mozilla/firefox/a/key4.db", "~/.zsh_sessions/a.history",
    ])
  func `what a stealer is known to read has a place`(path: String) {
    let places = catalogue.rules.flatMap(\.paths).filter { place in
      let prefix = place.anchor == .home ? "~/" : place.anchor == .root ? "/" : ""
      return Wildcard(prefix + place.parts.joined(separator: "/")).matches(path)
    }
    #expect(!places.isEmpty)
  }

  @Test func `a sign for the walk is a name, with the number that a look asks for`() {
    #expect(catalogue.projectSigns.count == Set(catalogue.projectSigns).count)
    #expect(catalogue.projectSigns.allSatisfy { $0.kind == .file && !"~/$".contains($0.path.first ?? "/") })
    #expect(catalogue.projectRules.count == catalogue.projectSigns.count)
    #expect(catalogue.projectRules.allSatisfy { !$0.isEmpty })
  }

  @Test func `places of the machine are written out up to the first pattern`() {
    let places = catalogue.places(environment: ["CARGO_HOME": "/srv/cargo", "KUBECONFIG": "relative:/srv/kube"])
    #expect(places.contains("/etc/wireguard"))
    #expect(places.contains("/etc/gitlab-runner/config.toml"))
    #expect(places.contains("/srv/cargo/credentials.toml"))
    #expect(places.contains("/srv/kube"))
    #expect(!places.contains { $0.contains("*") || !$0.hasPrefix("/") || $0 == "/" })
    #expect(Set(places).count == places.count)
  }

  @Test(arguments: [
    "", "{", "{}", "[]", "{\"kinds\":[]}", "{\"kinds\":[{}]}",
    "{\"kinds\":[{\"id\":\"a\",\"files\":[{\"test\":\"x\"}]}]}",
  ])
  func `what is no catalogue is refused`(text: String) {
    #expect(throws: ParseError.self) {
      try Array(text.utf8).withUnsafeBufferPointer { _ = try CredentialCatalogue(json: $0) }
    }
  }

  @Test(arguments: ["~/a/../b", "/a/./b", "~/" + String(repeating: "a/", count: 17) + "b"])
  func `a path that is not plain is none`(text: String) {
    #expect(CredentialPath(text) == nil)
  }
}

@Suite struct IncidentReadsTests {
  private let file = CredentialSighting(
    kind: "npm-token", path: "~/.npmrc",
    place: .file(.init(modified: 0, inode: 1, device: 1, isReadableByOthers: false)), reach: .home, protection: .none)
  private let variable = CredentialSighting(
    kind: "npm-token", path: "NPM_TOKEN", place: .variable, reach: .environment, protection: .none)

  @Test(
    arguments: [
      (["npm-token"], IncidentReads.Reason.named, IncidentReads.Reason.named), (["publishing-tokens"], .named, .named),
      (["aws"], .notNamed, .notNamed), (["environment"], .notNamed, .environment), (["files"], .files, .notNamed),
      ([], .notKnown, .notKnown), (["aws", "new-code"], .notKnown, .notKnown),
    ] as [([String], IncidentReads.Reason, IncidentReads.Reason)])
  func `why a credential counts as read`(
    codes: [String], ofFile: IncidentReads.Reason, ofVariable: IncidentReads.Reason
  ) throws {
    let kind = try #require(try CredentialCatalogue.embedded().kind("npm-token"))
    let reads = IncidentReads(codes)
    #expect(reads.reason(for: file, kind) == ofFile)
    #expect(reads.reason(for: variable, kind) == ofVariable)
    #expect(reads.hasRead(file, kind) == (ofFile != .notNamed))
  }
}
