// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import TestSupport
import Testing

@testable import History

@Suite struct ShellHistoriesTests {
  private static let wanted = [
    TraceHome.nodeIPC, Package(ecosystem: .npm, name: "@acme/tool", version: "1.0.0"),
    Package(ecosystem: .pypi, name: "some-thing", version: "1.0"),
    Package(ecosystem: .conda, name: "some-thing", version: "1.0"),
    Package(ecosystem: Ecosystem("crates.io"), name: "some-thing", version: "1.0.0"),
    Package(ecosystem: Ecosystem("Go"), name: "host.example/acme/tool", version: "1.2.3"),
    Package(ecosystem: Ecosystem("RubyGems"), name: "some-thing", version: "1.0"),
    Package(ecosystem: Ecosystem("Packagist"), name: "acme/tool", version: "1.0"),
    Package(ecosystem: Ecosystem("NuGet"), name: "Acme.Tool", version: "1.0.0"),
  ]

  private func mentions(_ line: String) -> [InstallCommand.Mention] {
    Array(line.utf8).withUnsafeBufferPointer { InstallCommand.mentions(in: $0, WantedPackages(Self.wanted)) }
  }

  @Test(arguments: [
    ("npm i node-ipc@9.1.6", "npm"), ("npm install --save-dev left-pad 'node-ipc@9.1.6'", "npm"),
    ("npm --prefix /x add node-ipc@=9.1.6", "npm"),
    ("sudo -E npm i -g \"node-ipc@9.1.6\" # note", "npm"),
    ("cd x && CI=1 /usr/bin/npm i node-ipc@9.1.6 || true", "npm"), ("npx -y node-ipc@9.1.6 --flag", "npx"),
    ("npx --package=node-ipc@9.1.6 something", "npx"), ("npm exec -- node-ipc@9.1.6", "npm"),
    ("npm i my-ipc@npm:node-ipc@9.1.6", "npm"),
    ("pnpm add -w node-ipc@9.1.6", "pnpm"), ("pnpm dlx node-ipc@9.1.6", "pnpm"), ("yarn add node-ipc@9.1.6", "yarn"),
    ("yarn global add node-ipc@9.1.6", "yarn"),
    ("bun add node-ipc@9.1.6", "bun"), ("bunx node-ipc@9.1.6", "bunx"), ("deno add npm:node-ipc@9.1.6", "deno"),
    ("npm i @acme/tool@1.0.0", "npm"),
    ("(npm i node-ipc@9.1.6)", "npm"), ("x=$(npm i node-ipc@9.1.6)", "npm"),
    ("corepack yarn add node-ipc@9.1.6", "yarn"),
    ("pip install Some.Thing==1.0", "pip"),
    ("pip3.11 install -U 'some_thing[extra]==1.0 ; python_version > \"3\"'", "pip"),
    ("python3 -m pip install some-thing===1.0", "pip"),
    ("uv add some-thing==1.0", "uv"), ("uv pip install some-thing==1.0", "uv"), ("uvx some-thing@1.0 x", "uvx"),
    ("uv tool run --from some-thing==1.0 x", "uv"),
    ("poetry add some-thing@1.0", "poetry"), ("pdm add some-thing==1.0", "pdm"),
    ("pipx install some-thing==1.0", "pipx"), ("pipx run --spec some-thing==1.0 x", "pipx"),
    ("conda install -c x some-thing=1.0=py311_0", "conda"), ("mamba create -n e x::some-thing==1.0", "conda"),
    ("cargo add some_thing@1.0.0", "cargo"),
    ("cargo install --locked some-thing --version 1.0.0", "cargo"),
    ("go get host.example/acme/tool/cmd/x@v1.2.3", "go"), ("go install host.example/Acme/tool@v1.2.3", "go"),
    ("gem install some-thing -v 1.0", "gem"), ("gem install some-thing:1.0", "gem"),
    ("composer require acme/tool:1.0", "composer"), ("composer global require acme/tool=1.0", "composer"),
    ("dotnet add package acme.tool --version=1.0.0", "dotnet"),
  ])
  func `a command that installs the version`(line: String, program: String) throws {
    let mention = try #require(mentions(line).first)
    #expect(mentions(line).count == 1)
    #expect(mention.program == program)
    #expect(!mention.isRemoval)
    #expect(Self.wanted.contains(Package(ecosystem: mention.ecosystem, name: mention.name, version: mention.version)))
  }

  @Test(arguments: [
    "npm i node-ipc", "npm i node-ipc@latest", "npm i node-ipc@^9.1.0", "npm i node-ipc@9", "npm i node-ipc@9.x",
    "npm update node-ipc", "pip install some-thing",
    "pip install 'some-thing>=1.0'", "pip install some-thing==1.*", "uvx some-thing", "cargo install some-thing",
    "go get host.example/acme/tool@latest", "gem install some-thing",
    "composer require acme/tool", "conda install 'some-thing>=1.0'", "npm i node-ipc@github:x/y",
  ])
  func `a command that installs some version`(line: String) throws {
    let mention = try #require(mentions(line).first)
    #expect(mention.version == nil)
    #expect(!mention.isRemoval)
  }

  @Test(arguments: [
    "npm uninstall node-ipc", "npm rm -g node-ipc@9.1.6", "yarn remove node-ipc", "yarn global remove node-ipc",
    "pnpm remove node-ipc", "pip uninstall -y some-thing", "uv remove some-thing",
    "uv pip uninstall some-thing", "pipx uninstall some-thing", "cargo uninstall some-thing",
    "gem uninstall some-thing", "composer remove acme/tool", "conda remove some-thing",
  ])
  func `a command that removes`(line: String) throws {
    let mention = try #require(mentions(line).first)
    #expect(mention.isRemoval)
    #expect(mention.version == nil)
  }

  @Test(arguments: [
    "npm i node-ipc@9.1.5", "npm i node-ipc-x@9.1.6", "npm i @node-ipc/x", "npm i @x/node-ipc@9.1.6",
    "grep node-ipc package.json", "npm view node-ipc@9.1.6", "npm ls node-ipc", "npm audit node-ipc",
    "npm run install node-ipc@9.1.6", "echo npm i node-ipc@9.1.6", "# npm i node-ipc@9.1.6",
    "echo 'npm i node-ipc@9.1.6'", "git commit -m \"npm i node-ipc@9.1.6\"", "npx cowsay node-ipc@9.1.6",
    "mynpm i node-ipc@9.1.6", "npm", "npm i", "pip install some-thing==1.0.1", "pip install some-thing-x==1.0",
    "pip install ./some-thing", "pip install some-thing/", "pip show some-thing",
    "pip freeze | grep some-thing", "cargo run some-thing", "go build host.example/acme/tool",
    "go get host.example/acme/toolbox@v1.2.3", "python -c 'import pip' install some-thing", "cd node-ipc", "",
  ])
  func `what installs nothing of it`(line: String) {
    #expect(mentions(line).isEmpty)
  }

  // MARK: Files

  private func sightings(
    _ text: some Sequence<UInt8>, _ path: String, environment: [String: String] = [:]
  ) throws -> [PastSighting] {
    let home = try TraceHome()
    try home.folder.write(text, to: path)
    let traces = home.traces(environment: environment)
    #expect(traces.problems.isEmpty)
    #expect(traces.reading(.shellHistory)?.path == home.folder.path(path))
    return traces.sightings
  }

  @Test func `bash with times`() throws {
    let text = "ls\n#1778770931\nnpm i node-ipc@9.1.6\n#1778770999\nnpm rm node-ipc\nnpm i node-ipc\n"
    let sightings = try sightings(Array(text.utf8), ".bash_history")
    #expect(sightings.map(\.evidence.first?.code) == [.shellInstalled, .shellRemoved, .shellInstalledSomeVersion])
    #expect(sightings.map(\.evidence.first?.arguments) == [["3", "npm"], ["5", "npm"], ["6", "npm"]])
    #expect(sightings.map(\.from) == [PastSighting.Bound(1_778_770_931), nil, nil])
    #expect(sightings[0].to == PastSighting.Bound(1_778_770_931))
    #expect(sightings[1].to == PastSighting.Bound(1_778_770_999))
    #expect(sightings.map(\.package.version) == ["9.1.6", nil, nil])
    #expect(Set(sightings.map(\.degree)) == [.locked])
  }

  @Test func `bash without times: only that it was typed before the file was written`() throws {
    let home = try TraceHome()
    let path = try home.folder.write("npm i node-ipc@9.1.6\n", to: ".bash_history")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_778_000_000)], ofItemAtPath: path)
    let sighting = try #require(home.traces().sightings.first)
    #expect(sighting.from == nil)
    #expect(sighting.to == PastSighting.Bound(1_778_000_000, isExact: false))
  }

  @Test func `zsh, extended and plain, over several lines, metafied`() throws {
    var text = Array(": 1778770931:0;npm i \\\n  node-ipc@9.1.6\nnpm i node-ipc\n: 1778770999:5;echo ".utf8)
    // zsh writes 0x83 and the byte with its sixth bit turned for some bytes beyond ASCII.
    text += [0x83, 0xA3, 0x20] + Array("&& npm rm node-ipc\n".utf8)
    let sightings = try sightings(text, ".zsh_history")
    #expect(sightings.map(\.evidence.first?.arguments.first) == ["1", "3", "4"])
    #expect(sightings.map(\.from?.seconds) == [1_778_770_931, nil, nil])
    #expect(sightings.last?.to == PastSighting.Bound(1_778_770_999))
  }

  @Test func `fish`() throws {
    let text =
      "- cmd: cd x\\nnpm i node-ipc@9.1.6\n  when: 1778770931\n  paths:\n    - node-ipc\n- cmd: echo npm i \\\\node-ipc\n  when: 1\n"
    let sightings = try sightings(Array(text.utf8), ".local/share/fish/fish_history")
    #expect(sightings.map(\.from) == [PastSighting.Bound(1_778_770_931)])
    #expect(sightings.first?.evidence.first?.arguments == ["1", "npm"])
  }

  @Test func `tcsh and PowerShell`() throws {
    #expect(
      try sightings(Array("#+1778770931\nnpm i node-ipc@9.1.6\n".utf8), ".history").map(\.from) == [
        PastSighting.Bound(1_778_770_931)
      ])
    #expect(
      try sightings(
        Array("npm i node-ipc@9.1.6\r\n".utf8), ".local/share/powershell/PSReadLine/ConsoleHost_history.txt"
      ).count == 1)
  }

  @Test func `the file that HISTFILE names`() throws {
    let home = try TraceHome()
    let path = try home.folder.write("npm i node-ipc@9.1.6\n", to: "mine")
    #expect(home.traces(environment: ["HISTFILE": path]).sightings.map(\.place) == [path])
  }

  @Test func `a history that is thrown away is no problem, one that leads elsewhere is`() throws {
    let home = try TraceHome()
    try home.folder.link(".bash_history", to: "/dev/null")
    try home.folder.link(".zsh_history", to: "/etc/hostname")
    let traces = home.traces()
    #expect(traces.problems.map(\.reason) == [.linkLeadsOut])
    #expect(traces.readings.first { $0.path.hasSuffix(".bash_history") }?.state == .absent)
    #expect(traces.readings.first { $0.path.hasSuffix(".zsh_history") }?.state == .unread)
  }

  @Test func `a history that is too large is read as far as the limit goes, and told`() throws {
    let home = try TraceHome()
    try home.folder.write("npm i node-ipc@9.1.6\n" + String(repeating: "ls -la\n", count: 1000), to: ".bash_history")
    let traces = home.traces(limits: TraceLimits(textBytes: 1000))
    #expect(traces.sightings.count == 1)
    #expect(traces.problems.map(\.reason) == [.tooBig])
    #expect(home.traces(limits: TraceLimits(entries: 10)).problems.map(\.reason) == [.tooMany])
  }

  @Test(arguments: [".local/share/atuin/history.db", ".config/nushell/history.sqlite3"])
  func `a history in a database is told as not read`(path: String) throws {
    let home = try TraceHome()
    try home.folder.write("SQLite format 3", to: path)
    let traces = home.traces()
    #expect(traces.problems.map(\.path) == [home.folder.path(path)])
    #expect(traces.readings.filter { $0.state == .unread }.map(\.path) == [home.folder.path(path)])
  }

  @Test func `one endless line ends`() throws {
    let text =
      String(repeating: "npm i node-ipc@9.1.6 \\\n", count: 200_000) + String(repeating: "($(`'\"", count: 100_000)
    let sightings = try sightings(Array(text.utf8), ".bash_history")
    #expect(!sightings.isEmpty)
  }

  @Test func `nothing of a line leaves`() throws {
    let home = try TraceHome()
    let secret = "CANARY"
    let lines = [
      "npm login --token=CANARY", "export AWS_SECRET=CANARY && npm i node-ipc@9.1.6",
      "NPM_TOKEN=CANARY npm i node-ipc --//registry.example/:_authToken=CANARY",
      "npm i node-ipc@CANARY", "npm i node-ipc@CANARY.1.2", "npm i node-ipc@9.1.6-CANARY",
      "npm i CANARY@npm:node-ipc@9.1.6", "/home/CANARY/bin/npm i node-ipc@9.1.6 CANARY",
      "npm --CANARY rm node-ipc", "npm i https://CANARY@registry.example/node-ipc/-/node-ipc-9.1.6.tgz",
    ]
    try home.folder.write(lines.joined(separator: "\n"), to: ".bash_history")
    try home.folder.write(lines.map { ": 1778770931:0;\($0)" }.joined(separator: "\n"), to: ".zsh_history")
    try home.folder.write(
      lines.map { "- cmd: \($0)\n  when: 1778770931" }.joined(separator: "\n"), to: ".local/share/fish/fish_history")
    let unclear = WantedPackages([(Ecosystem.npm, "node-ipc", { @Sendable _ in .unclear })])
    for wanted in [WantedPackages([TraceHome.nodeIPC]), unclear] {
      let traces = Traces(of: wanted, in: home.roots, home: home.folder.path, now: TraceHome.now)
      #expect(traces.sightings.count >= 15)
      #expect(!"\(traces)".contains(secret))
    }
  }
}
