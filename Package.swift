// swift-tools-version: 6.1
// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PackageDescription

/// `Scripts/check` sets this: a warning in one of our own targets then fails the build.
/// It stays off otherwise, so that a newer compiler's new warning never keeps anyone from building.
let warningsAreErrors = ProcessInfo.processInfo.environment["GIFTHORSE_WARNINGS_AS_ERRORS"] != nil

/// Settings that every Swift target shares.
let strict: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (warningsAreErrors ? [.unsafeFlags(["-warnings-as-errors"])] : [])

/// Targets in which no loop over many things runs: small code is worth more there than fast code.
/// Measured with `ls -l` on the stripped program: 0.46 MB of 21.2.
let cold: Set<String> = ["Commands", "Reports", "Responding", "Exposure", "Feed", "Versions"]

/// Settings of a target of the house.
func settings(of name: String) -> [SwiftSetting] {
  strict + (cold.contains(name) ? [.unsafeFlags(["-Osize"], .when(configuration: .release))] : [])
}

/// C code of ours, and system libraries. They stand below every floor and import nothing of ours.
let native: [Target] = [
  .target(name: "CSystem"),
  .target(name: "CText"),
  .target(name: "CIncidents", dependencies: ["CZlib"]),
  .target(name: "CCredentials", dependencies: ["CZlib"]),
  .target(name: "CIndex", dependencies: ["CSQLite"]),
  .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
  .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
  // The one library with network code: for `Feed` alone, which `gifthorse` never links.
  .systemLibrary(
    name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
]

/// The house: one row per target, bottom floor first. A target may import only rows above it in this table.
///
/// `libraries` are C targets of ours and products of other packages.
let house: [(name: String, imports: [String], libraries: [Target.Dependency])] = [
  // Floor 0
  ("Inventory", [], []),
  ("Parsing", [], ["CText", "CYAML"]),
  ("Confinement", [], ["CSystem"]),
  // Floor 1
  ("Versions", ["Inventory"], []),
  ("Discovery", ["Inventory", "Parsing", "Confinement"], ["CSystem", "CText"]),
  ("History", ["Inventory", "Parsing", "Confinement"], ["CSystem", "CZlib"]),
  // Floor 2
  ("Advisories", ["Inventory", "Parsing", "Versions"], ["CIncidents", "CIndex", "CSQLite", "CZlib"]),
  ("Exposure", ["Inventory", "Parsing", "Confinement", "Advisories"], ["CCredentials", "CSystem"]),
  // Floor 3
  ("Scanning", ["Inventory", "Parsing", "Confinement", "Versions", "Discovery", "Advisories"], []),
  (
    "Responding",
    [
      "Inventory", "Parsing", "Confinement", "Versions", "Discovery", "History", "Advisories", "Exposure", "Scanning",
    ], ["CSystem", "CZlib"]
  ),
  // Floor 4
  (
    "Reports",
    [
      "Inventory", "Parsing", "Confinement", "Versions", "History", "Advisories", "Exposure", "Scanning", "Responding",
    ], []
  ),
  ("Feed", ["Inventory", "Parsing", "Versions", "Advisories"], ["CCurl", "CZlib", "CSystem"]),
  // Floor 5
  (
    "Commands",
    [
      "Inventory", "Parsing", "Confinement", "Versions", "Discovery", "History", "Advisories", "Exposure", "Scanning",
      "Responding", "Reports",
    ],
    [.product(name: "ArgumentParser", package: "swift-argument-parser"), "CSystem"]
  ),
]

for (floor, row) in house.enumerated() {
  for name in row.imports where !house[..<floor].contains(where: { $0.name == name }) {
    fatalError("\(row.name) may not import \(name): only rows above it in `house`.")
  }
}

/// One test target per row of the house that has tests, on the same imports as the row itself.
let tests: [Target] = house.map { row in
  .testTarget(
    name: "\(row.name)Tests",
    // These run the programs themselves.
    dependencies: [.byName(name: row.name), "TestSupport"] + row.imports.map { .byName(name: $0) }
      + (row.name == "Commands" ? ["gifthorse", "gifthorse-feed"] : row.name == "Feed" ? ["gifthorse-feed"] : []),
    swiftSettings: strict)
}

/// The program of `Scripts/fuzz`, which sets this: only a sanitizer's runtime can link it.
let fuzzing: [Target] =
  ProcessInfo.processInfo.environment["GIFTHORSE_FUZZING"] == nil
  ? []
  : [
    .target(name: "CFuzzing", path: "Fuzzing/CFuzzing"),
    .executableTarget(
      name: "fuzz",
      dependencies: ["Inventory", "Parsing", "Versions", "Discovery", "Advisories", "Scanning", "CFuzzing"],
      path: "Fuzzing/Targets", swiftSettings: strict),
  ]

let package = Package(
  name: "gifthorse",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "gifthorse", targets: ["gifthorse"]),
    .executable(name: "gifthorse-feed", targets: ["gifthorse-feed"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: native
    + house.map { row in
      .target(
        name: row.name,
        dependencies: row.imports.map { .byName(name: $0) } + row.libraries,
        swiftSettings: settings(of: row.name))
    }
    + [
      .executableTarget(name: "gifthorse", dependencies: ["Commands"], swiftSettings: strict),
      .executableTarget(
        name: "gifthorse-feed",
        dependencies: ["Feed", .product(name: "ArgumentParser", package: "swift-argument-parser")],
        swiftSettings: strict),
      .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    ] + tests + fuzzing
)
