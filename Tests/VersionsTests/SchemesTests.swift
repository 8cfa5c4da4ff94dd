// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import Testing
import Versions

@Suite struct SchemesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Versions/Schemes")

  /// The names of the files in `Schemes`, without their ending.
  private static func files() throws -> Set<String> {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return Set(names.map { URL(filePath: $0).deletingPathExtension().lastPathComponent })
  }

  @Test func `every scheme has the file that bears its name`() throws {
    #expect(try Self.files().isSuperset(of: schemes.map { $0.id }))
    #expect(!schemes.isEmpty)
  }

  @Test func `every file belongs to a scheme of the table`() throws {
    let strays = try Self.files().filter { file in !schemes.contains { file.hasPrefix($0.id) } }
    #expect(strays == [])
  }

  @Test func `a scheme's id is the name of its type, and no two share it`() {
    #expect(schemes.map { $0.id } == schemes.map { String(describing: $0) })
    #expect(Set(schemes.map { $0.id }).count == schemes.count)
  }

  @Test func `every ecosystem has one scheme at most, and is written without a release`() {
    let ecosystems = schemes.flatMap { $0.ecosystems }
    #expect(Set(ecosystems).count == ecosystems.count)
    #expect(ecosystems.map(\.base) == ecosystems.map(\.rawValue))
  }

  @Test func `npm is ordered as semantic versions`() throws {
    let found = try #require(scheme(for: .npm))
    #expect(found.id == "SemVer")
    #expect(found.compare("1.10.0", "1.9.0") == .descending)
  }

  @Test func `PyPI is ordered as PEP 440 says`() throws {
    let found = try #require(scheme(for: .pypi))
    #expect(found.id == "PEP440")
    #expect(found.compare("1.0.post1", "1.0") == .descending)
  }

  @Test(arguments: [
    ("VSCode", "SemVer"), ("VSCode:https://open-vsx.org", "SemVer"), ("JSR", "SemVer"), ("Go", "Go"),
    ("Kubernetes", "Go"),
    ("crates.io", "Cargo"), ("Pub", "Pub"), ("Hex", "Hex"), ("Hackage", "PVP"), ("GHC", "PVP"), ("CRAN", "CRAN"),
    ("Bioconductor", "CRAN"), ("CPAN", "CPAN"), ("Julia", "Julia"), ("opam", "Opam"), ("SwiftURL", "SwiftURL"),
    ("GitHub Actions", "GitHubActions"), ("ConanCenter", "Conan"),
  ])
  func `every ecosystem is found under OSV's spelling`(ecosystem: String, id: String) {
    #expect(scheme(for: Ecosystem(ecosystem))?.id == id)
  }

  @Test func `a scheme that takes any word for a version says so`() {
    #expect(schemes.filter { $0.isValid("latest") && !$0.takesAnyText }.map { $0.id } == [])
    #expect(schemes.filter { !$0.isValid("latest") && $0.takesAnyText }.map { $0.id } == [])
  }

  @Test func `a release after a colon does not change the scheme`() {
    #expect(scheme(for: Ecosystem("npm:anything"))?.id == "SemVer")
  }

  @Test(arguments: ["", "NPM", "npmx", ":npm", "Leiden Cheese Board"])
  func `an ecosystem that is not known has no scheme`(name: String) {
    #expect(scheme(for: Ecosystem(name)) == nil)
  }
}
