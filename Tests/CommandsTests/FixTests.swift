// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@Suite struct FixTests {
  private static func lock(_ version: String) -> String {
    """
    {
      "lockfileVersion": 3,
      "packages": {
        "": {"dependencies": {"shop": "1.0.0"}},
        "node_modules/node-ipc": {
          "version": "\(version)",
          "resolved": "https://registry.example/node-ipc/-/node-ipc-\(version).tgz",
          "integrity": "sha512-\(version)"
        },
        "node_modules/shop": {"version": "1.0.0", "dependencies": {"node-ipc": "^9.1.1"}}
      }
    }

    """
  }

  private func tree() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("{\n  \"dependencies\": {\n    \"shop\": \"1.0.0\"\n  }\n}\n", to: "project/app/package.json")
    try folder.write(Self.lock("9.1.6"), to: "project/app/package-lock.json")
    try folder.write(Self.lock("9.1.5"), to: "project/other/package-lock.json")
    return folder
  }

  @Test func `what would be changed is shown, and nothing is changed`() throws {
    let folder = try tree()
    expect(
      try run("fix", "project", in: folder),
      is: """
        exit 1
        | 2 files can be fixed. Nothing was changed.
        |
        | Where to go
        |   node-ipc 9.1.6: to 9.1.5, the nearest that the incident's record takes for
        |     clean; it is less sure of it than of others (`gifthorse incidents` tells)
        |
        | Changes
        | --- a/project/app/package-lock.json
        | +++ b/project/app/package-lock.json
        | @@ -3,9 +3,9 @@
        |    "packages": {
        |      "": {"dependencies": {"shop": "1.0.0"}},
        |      "node_modules/node-ipc": {
        | -      "version": "9.1.6",
        | -      "resolved": "https://registry.example/node-ipc/-/node-ipc-9.1.6.tgz",
        | -      "integrity": "sha512-9.1.6"
        | +      "version": "9.1.5",
        | +      "resolved": "https://registry.example/node-ipc/-/node-ipc-9.1.5.tgz",
        | +      "integrity": "sha512-9.1.5"
        |      },
        |      "node_modules/shop": {"version": "1.0.0", "dependencies": {"node-ipc": "^9.1.1"}}
        |    }
        | --- a/project/app/package.json
        | +++ b/project/app/package.json
        | @@ -1,5 +1,8 @@
        |  {
        |    "dependencies": {
        |      "shop": "1.0.0"
        | +  },
        | +  "overrides": {
        | +    "node-ipc": "9.1.5"
        |    }
        |  }
        |
        | `--apply` makes these changes; `--evidence FILE` beside it writes down what was
        | found and done, for a customer or an insurer.

        """)
    #expect(try run("fix", "project", in: folder).status == 1)
  }

  @Test func `what is changed is gone for the next scan`() throws {
    let folder = try tree()
    let outcome = try run("fix", "--apply", "project", in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.transcript.contains("| FIXED: 2 files were changed, and nothing is left to do here.\n"))
    expect(
      try run("fix", "project", in: folder),
      is: """
        exit 0
        | Nothing to fix: nothing bad of the wanted kind stands in a file of a project.

        """)
    #expect(try run("scan", "project", in: folder).status == 0)
  }

  @Test func `what is installed is left to a person`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad()
    let outcome = try run("fix", "--apply", "bad", in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.transcript.contains("|   node-ipc 9.1.6, installed: 'bad/node_modules/node-ipc/package.json'\n"))
  }

  @Test func `a wrong command line ends with 64`() throws {
    #expect(try run("fix", "--class", "worst", "x", in: TemporaryFolder()).status == 64)
    #expect(try run("fix", "nowhere", in: TemporaryFolder()).status == 64)
  }
}
