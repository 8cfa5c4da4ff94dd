// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Inventory
import Testing

@Suite struct IncidentSearchTests {
  private func incident(
    _ id: String, _ ecosystem: Ecosystem, _ name: String, _ versions: [String] = [], aliases: [String] = [],
    advisories: [String] = []
  ) -> Incident {
    var affected = AffectedPackage()
    (affected.ecosystem, affected.name, affected.versions) = (ecosystem, name, versions)
    affected.detail.advisories = advisories
    var incident = Incident()
    (incident.record.id, incident.record.aliases, incident.record.affected) = (id, aliases, [affected])
    return incident
  }

  private var search: IncidentSearch {
    var variant = IncidentDetail()
    variant.aliases = ["GHSA-2222-3333-4444"]
    var first = incident(
      "npm-demo-pipe-2022", .npm, "demo-pipe", ["1.0.0"], aliases: ["CVE-2022-0001"])
    first.detail.variants["v"] = variant
    first.record.related = ["CVE-2022-0002"]
    return IncidentSearch([
      first,
      incident("npm-demo-pipe-2026", .npm, "demo-pipe", ["2.0.0"], advisories: ["MAL-2026-0001"]),
      incident("pypi-django-foo-2026", .pypi, "Django_Foo", ["1.0"]),
      incident("npm-scoped-2026", .npm, "@scope/name", ["3.0.0"]),
      incident("vscode-pipe-2026", .vscode, "demo.Pipe", ["1.0.0"]),
    ])
  }

  private func ids(_ text: String) -> [String] { search.matches(text).map(\.record.id) }

  @Test(arguments: [
    ("npm-demo-pipe-2026", ["npm-demo-pipe-2026"]), ("NPM-Demo-Pipe-2026", ["npm-demo-pipe-2026"]),
    ("npm-demo-pipe", []), ("CVE-2022-0001", ["npm-demo-pipe-2022"]), ("cve-2022-0002", ["npm-demo-pipe-2022"]),
    ("ghsa-2222-3333-4444", ["npm-demo-pipe-2022"]), ("MAL-2026-0001", ["npm-demo-pipe-2026"]), ("MAL-2026-000", []),
  ])
  func `an incident is found by its id and by its advisories, whole`(text: String, expected: [String]) {
    #expect(ids(text) == expected)
  }

  @Test(arguments: [
    ("demo-pipe", ["npm-demo-pipe-2022", "npm-demo-pipe-2026"]), ("demo_pipe", []), ("demo-pip", []),
    ("django.foo", ["pypi-django-foo-2026"]), ("DJANGO--FOO", ["pypi-django-foo-2026"]), ("djangofoo", []),
    ("@scope/name", ["npm-scoped-2026"]), ("name", []), ("Demo.pipe", ["vscode-pipe-2026"]),
  ])
  func `an incident is found by a package, in the spellings of its ecosystem`(text: String, expected: [String]) {
    #expect(ids(text) == expected)
  }

  @Test(arguments: [
    ("demo-pipe@2.0.0", ["npm-demo-pipe-2026"]), ("demo-pipe@v1.0.0", ["npm-demo-pipe-2022"]), ("demo-pipe@1.0.1", []),
    ("demo-pipe@", []), ("@scope/name@3.0.0", ["npm-scoped-2026"]), ("@3.0.0", []),
    ("pkg:npm/demo-pipe", ["npm-demo-pipe-2022", "npm-demo-pipe-2026"]),
    ("pkg:npm/demo-pipe@2.0.0", ["npm-demo-pipe-2026"]),
    ("pkg:npm/%40scope/name@3.0.0?a=b", ["npm-scoped-2026"]), ("pkg:pypi/demo-pipe", []),
    ("pkg:pypi/django-foo", ["pypi-django-foo-2026"]), ("demo-pipe@\u{1B}", []), ("", []), ("@", []), ("pkg:", []),
  ])
  func `a version or a purl says which`(text: String, expected: [String]) {
    #expect(ids(text) == expected)
  }

  @Test func `what nearly is a name leads to the incidents that may be meant, the nearest first`() {
    #expect(search.near("demopipe") == ["npm-demo-pipe-2022", "npm-demo-pipe-2026", "vscode-pipe-2026"])
    #expect(search.near("npm-demo-pipe") == ["npm-demo-pipe-2022", "npm-demo-pipe-2026"])
    #expect(search.near("npm-demo-pipe", most: 1) == ["npm-demo-pipe-2022"])
    #expect(search.near("demo-pipe@9.9.9").prefix(2) == ["npm-demo-pipe-2022", "npm-demo-pipe-2026"])
    #expect(search.near("something else") == [])
    #expect(search.near("ab") == [] && search.near("") == [])
  }

  @Test func `an endless name is looked for all the same`() {
    let text = String(repeating: "demo-pipe", count: 100_000)
    #expect(ids(text) == [])
    #expect(search.near(text).count <= 5)
  }
}
