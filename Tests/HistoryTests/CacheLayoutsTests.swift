// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing

@testable import History

@Suite struct CacheLayoutsTests {
  struct Case: Sendable {
    let ecosystem: String
    let name: String
    let version: String?
    let path: String
    var place: TracePlace
  }

  private static func npm(_ path: String, _ place: TracePlace, name: String = "node-ipc") -> Case {
    Case(ecosystem: "npm", name: name, version: "9.1.6", path: path, place: place)
  }

  private static func python(_ path: String, _ place: TracePlace) -> Case {
    Case(ecosystem: "PyPI", name: "Some_Thing", version: "1.0", path: path, place: place)
  }

  private static let sha1 = "0123456789abcdef0123456789abcdef01234567"

  // The paths are those that the tools' sources and manuals name.
  static let cases = [
    npm(".cache/yarn/v6/npm-node-ipc-9.1.6-\(sha1)-integrity/node_modules/node-ipc/package.json", .yarnCache),
    npm(".cache/yarn/v6/npm-@acme-tool-9.1.6-\(sha1)-integrity/x", .yarnCache, name: "@acme/tool"),
    npm(".cache/yarn/v1/npm-node-ipc-9.1.6-\(sha1)/x", .yarnCache),
    npm(".yarn/berry/cache/node-ipc-npm-9.1.6-0123456789-10c0.zip", .yarnBerryCache),
    npm(".yarn/berry/cache/@acme-tool-npm-9.1.6-0123456789-8.zip", .yarnBerryCache, name: "@acme/tool"),
    npm(".bun/install/cache/node-ipc@9.1.6@@@1/package.json", .bunCache),
    npm(".bun/install/cache/@acme/tool@9.1.6@@@1/package.json", .bunCache, name: "@acme/tool"),
    npm(".cache/deno/npm/registry.example/@acme/tool/9.1.6/package.json", .denoCache, name: "@acme/tool"),
    python(".cache/uv/wheels-v8/pypi/some-thing/1.0-py3-none-any.http", .uvCache),
    python(".cache/uv/wheels-v5/index/0123abcd/some-thing/1.0-1-py3-none-any.http", .uvCache),
    python(".cache/uv/sdists-v11/pypi/some-thing/1.0/revision.http", .uvCache),
    python(".cache/pip/wheels/4a/ac/08/bc0d/Some_Thing-1.0-py3-none-any.whl", .pipWheels),
    python(".cache/pypoetry/artifacts/4a/ac/08/bc0d/some.thing-1.0.tar.gz", .poetryCache),
    python(".cache/pdm/packages/some_thing-1.0-py3-none-any.whl.cache/x", .pdmCache),
    Case(
      ecosystem: "conda", name: "some-thing", version: "1.0",
      path: "miniconda3/pkgs/some-thing-1.0-py311h06a4308_0.conda", place: .condaPackages),
    Case(
      ecosystem: "conda", name: "some-thing", version: "1.0", path: ".conda/pkgs/some-thing-1.0-0/info/x",
      place: .condaPackages),
    Case(
      ecosystem: "crates.io", name: "some_thing", version: "1.0.0-rc.1",
      path: ".cargo/registry/cache/index.example-0123/some-thing-1.0.0-rc.1.crate", place: .cargoCache),
    Case(
      ecosystem: "crates.io", name: "some-thing", version: "1.0.0",
      path: ".cargo/registry/src/index.example-0123/some_thing-1.0.0/Cargo.toml", place: .cargoCache),
    Case(
      ecosystem: "Go", name: "host.example/Acme/tool", version: "1.2.3",
      path: "go/pkg/mod/cache/download/host.example/!acme/tool/@v/v1.2.3.zip", place: .goCache),
    Case(
      ecosystem: "Go", name: "host.example/Acme/tool", version: "1.2.3",
      path: "go/pkg/mod/host.example/!acme/tool@v1.2.3/x.go", place: .goCache),
    Case(
      ecosystem: "RubyGems", name: "some-thing", version: "1.0", path: ".gem/ruby/3.2.0/cache/some-thing-1.0.gem",
      place: .gemCache),
    Case(
      ecosystem: "RubyGems", name: "some-thing", version: "1.0",
      path: ".gem/ruby/3.2.0/cache/some-thing-1.0-x86_64-linux.gem", place: .gemCache),
    Case(
      ecosystem: "Packagist", name: "acme/Tool", version: nil, path: ".cache/composer/files/acme/tool/\(sha1).zip",
      place: .composerCache),
    Case(
      ecosystem: "Maven", name: "com.acme.x:tool", version: "1.0",
      path: ".m2/repository/com/acme/x/tool/1.0/tool-1.0.jar", place: .mavenRepository),
    Case(
      ecosystem: "Maven", name: "com.acme.x:tool", version: "1.0",
      path: ".gradle/caches/modules-2/files-2.1/com.acme.x/tool/1.0/\(sha1)/tool-1.0.jar", place: .gradleCache),
    Case(
      ecosystem: "NuGet", name: "Acme.Tool", version: "1.0.0", path: ".nuget/packages/acme.tool/1.0.0/acme.tool.nuspec",
      place: .nugetPackages),
  ]

  @Test(arguments: cases)
  func `a package is found in its cache, from the time it came there`(example: Case) throws {
    let home = try TraceHome()
    let before = TraceHome.clock() - 1
    try home.folder.write("", to: example.path)
    let ecosystem = Ecosystem(example.ecosystem)
    let traces = home.traces(
      of: [Package(ecosystem: ecosystem, name: example.name, version: example.version)], now: TraceHome.clock())
    let sighting = try #require(traces.sightings.first)
    #expect(traces.sightings.count == 1)
    let name = example.ecosystem == "PyPI" ? "some-thing" : example.name
    #expect(sighting.package == Package(ecosystem: ecosystem, name: name, version: example.version))
    #expect(sighting.degree == .onDisk)
    #expect(sighting.to == nil)
    #expect((before...TraceHome.clock()).contains(try #require(sighting.from).seconds))
    #expect(sighting.evidence.map(\.code) == [example.version == nil ? .cacheHoldsSomeVersion : .cacheHolds])
    #expect(home.folder.path(example.path).hasPrefix(try #require(sighting.evidence.first).path))
    let reading = try #require(traces.reading(example.place))
    #expect(reading.state == .read)
    #expect(reading.entries > 0)
    #expect(traces.problems.isEmpty)
  }

  @Test(arguments: cases)
  func `another version, and a package whose name only begins so, are nothing`(example: Case) throws {
    let home = try TraceHome()
    try home.folder.write("", to: example.path)
    let ecosystem = Ecosystem(example.ecosystem)
    let stem = String(example.name.dropLast(1))
    var others = [Package(ecosystem: ecosystem, name: stem, version: example.version)]
    if example.version != nil { others.append(Package(ecosystem: ecosystem, name: example.name, version: "9.9.9")) }
    #expect(home.traces(of: others).sightings.isEmpty)
  }

  @Test(arguments: [
    // A look-alike, a hash that is too short to be one, what uv only read the facts of, Maven's mere description.
    npm(".cache/yarn/v6/npm-node-ipc-x-9.1.6-\(sha1)-integrity/x", .yarnCache),
    npm(".cache/yarn/v6/npm-node-ipc-9.1.6-beta-1/x", .yarnCache),
    npm(".yarn/berry/cache/node-ipc-x-npm-9.1.6-0123456789-10c0.zip", .yarnBerryCache),
    npm(".bun/install/cache/node-ipc@9.1.60@@@1/x", .bunCache),
    python(".cache/uv/wheels-v8/pypi/some-thing/1.0-py3-none-any.msgpack", .uvCache),
    python(".cache/uv/simple-v28/pypi/some-thing.rkyv", .uvCache),
    python(".cache/pip/wheels/4a/ac/08/bc0d/some_thing_x-1.0-py3-none-any.whl", .pipWheels),
    Case(
      ecosystem: "Maven", name: "com.acme.x:tool", version: "1.0",
      path: ".m2/repository/com/acme/x/tool/1.0/tool-1.0.pom", place: .mavenRepository),
    Case(
      ecosystem: "Go", name: "host.example/Acme/tool", version: "1.2.3",
      path: "go/pkg/mod/cache/download/host.example/!acme/tool/@v/v1.2.3.mod", place: .goCache),
    Case(
      ecosystem: "crates.io", name: "serde", version: "1.0.0", path: ".cargo/registry/cache/x/serde-json-1.0.0.crate",
      place: .cargoCache),
  ])
  func `what is like it is nothing`(example: Case) throws {
    let home = try TraceHome()
    try home.folder.write("", to: example.path)
    let traces = home.traces(of: [
      Package(ecosystem: Ecosystem(example.ecosystem), name: example.name, version: example.version)
    ])
    #expect(traces.sightings.isEmpty)
    #expect(traces.reading(example.place)?.state == .read)
  }

  @Test func `a cache is also where a variable says`() throws {
    let home = try TraceHome()
    try home.folder.write("", to: "a/yarn/v6/npm-node-ipc-9.1.6-\(Self.sha1)-integrity/x")
    try home.folder.write("", to: "b/cache/node-ipc-npm-9.1.6-0123456789-10c0.zip")
    let traces = home.traces(environment: [
      "XDG_CACHE_HOME": home.folder.path("a"), "YARN_GLOBAL_FOLDER": home.folder.path("b"), "UV_CACHE_DIR": "relative",
    ])
    #expect(traces.sightings.map(\.place) == [home.folder.path("a/yarn"), home.folder.path("b/cache")])
  }

  @Test func `a cache that a walk found is read as well`() throws {
    let home = try TraceHome()
    try home.folder.write("", to: "project/.yarn/cache/node-ipc-npm-9.1.6-0123456789-10c0.zip")
    try home.folder.write("", to: "ci/store/v10/index/ab/0123abcd-node-ipc@9.1.6.json")
    let skips = [
      (".yarn/cache", "yarn", "project/.yarn/cache"), ("ci/store/v10/files", "pnpm", "ci/store/v10/files"),
    ]
    let found = skips.compactMap { shown, owner, path in
      FoundCache(
        Coverage.Skip(path: shown, reason: .packageCache, arguments: [owner]), path: home.folder.path(path))
    }
    let traces = Traces(
      of: WantedPackages([TraceHome.nodeIPC]), in: home.roots, home: home.folder.path, found: found, now: TraceHome.now)
    #expect(
      Set(traces.sightings.map(\.place)) == [
        home.folder.path("project/.yarn/cache"), home.folder.path("ci/store/v10"),
      ])
    #expect(FoundCache(Coverage.Skip(path: "x", reason: .packageArchive, arguments: ["npm"]), path: "/x") == nil)
  }

  @Test func `several files of one package at one place are one sighting`() throws {
    let home = try TraceHome()
    for tag in ["cp310", "cp311", "cp312", "cp313", "cp314"] {
      try home.folder.write("", to: ".cache/uv/wheels-v8/pypi/some-thing/1.0-\(tag)-none-any.http")
    }
    let sightings = home.traces(of: [Package(ecosystem: .pypi, name: "some-thing", version: "1.0")]).sightings
    #expect(sightings.map(\.evidence.count) == [4])
  }

  @Test(arguments: ["..", "../../etc", "a/../../..", "", "/", ".", "a\0b", "*", "{v}", "?"])
  func `a name that leads elsewhere is looked for nowhere`(name: String) throws {
    let home = try TraceHome()
    let rows: [Package] = ["npm", "PyPI", "crates.io", "Go", "RubyGems", "Packagist", "Maven", "NuGet", "conda"].map {
      Package(ecosystem: Ecosystem($0), name: name, version: nil)
    }
    for path in [
      "go/pkg/mod/x@v1.0.0/x", ".nuget/packages/x/1.0.0/x", ".m2/repository/x/1.0/x.jar",
      ".bun/install/cache/x@1.0.0@@@1/x",
    ] {
      try home.folder.write("", to: path)
    }
    #expect(home.traces(of: rows).sightings.isEmpty)
  }

  @Test func `a version that cannot be compared is told`() throws {
    let home = try TraceHome()
    try home.folder.write("", to: ".bun/install/cache/node-ipc@9.1.6@@@1/x")
    let reader = TraceReader(
      WantedPackages([(Ecosystem.npm, "node-ipc", { @Sendable _ in .unclear })]), home.roots, home: home.folder.path,
      environment: [:],
      limits: TraceLimits(), now: TraceHome.now)
    CacheLayouts(reader).read()
    #expect(reader.traces.sightings.isEmpty)
    #expect(reader.traces.problems.map(\.reason) == [.versionNotComparable])
    #expect(reader.traces.problems.first?.arguments == ["node-ipc@9.1.6"])
  }
}
