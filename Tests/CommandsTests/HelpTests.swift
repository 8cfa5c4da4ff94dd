// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// Every command that the sources declare, and what its help says.
@Suite struct HelpTests {
  /// A command as a file declares it.
  private struct Declaration: Hashable {
    let type: String
    /// As the user writes it.
    let name: String
    /// The type that it is declared in.
    let parent: String?
  }

  private static let folder = Repository.root.appending(path: "Sources/Commands")

  /// Read off the text, so that a command that was written and not listed anywhere is seen.
  private static func declarations(_ file: URL) throws -> [Declaration] {
    let text = try String(contentsOf: file, encoding: .utf8)
    let pattern = /(?m)^( *)(?:public )?struct (\w+): ParsableCommand \{[^\n]*\n(?s:.*?)commandName: "([^"]+)"/
    var outer: String?
    return text.matches(of: pattern).map { match in
      let isNested = !match.1.isEmpty
      if !isNested { outer = String(match.2) }
      return Declaration(type: String(match.2), name: String(match.3), parent: isNested ? outer : nil)
    }
  }

  /// A subcommand may have a file of its own, `AdvisoriesScore.swift`: its type's name begins with the parent's.
  private static let declarations: [Declaration] = {
    let found = Repository.files(below: folder).flatMap { (try? declarations($0)) ?? [] }
    let outer = found.filter { $0.parent == nil }.map(\.type)
    return found.map { declaration in
      guard declaration.parent == nil else { return declaration }
      let parent = outer.first { $0 != declaration.type && declaration.type.hasPrefix($0.dropLast("Command".count)) }
      return Declaration(type: declaration.type, name: declaration.name, parent: parent)
    }
  }()

  /// The words of each command but the program itself, subcommands of subcommands included.
  static let commands: [[String]] = declarations.filter { $0.type != "Gifthorse" }.map { declaration in
    guard let parent = declarations.first(where: { $0.type == declaration.parent && $0.parent == nil }) else {
      return [declaration.name]
    }
    return [parent.name, declaration.name]
  }

  @Test(arguments: [[]] + commands)
  func `the help of each command is known`(command: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try run(["help"] + command, in: folder)
    #expect(outcome.status == 0)
    expectSnapshot(outcome.transcript, "cli/help/\((["gifthorse"] + command).joined(separator: "-")).txt")
    // What is passed on to another program is, with its options.
    guard !outcome.transcript.contains("passed to gifthorse-feed") else { return }
    #expect(try run(command + ["--help"], in: folder).transcript == outcome.transcript)
  }

  @Test func `every command that is declared can be called, and every other one cannot`() throws {
    let declared = Set(Self.declarations.filter { $0.parent == nil && $0.type != "Gifthorse" }.map(\.type))
    #expect(declared.count >= 6)
    let root = try String(contentsOf: Self.folder.appending(path: "Root.swift"), encoding: .utf8)
    let list = try #require(root.firstMatch(of: /(?s)subcommands: \[(.*?)\]/)).1
    #expect(Set(list.matches(of: /(\w+)\.self/).map { String($0.1) }) == declared)
    for declaration in Self.declarations where declaration.parent != nil {
      let file = try #require(
        Repository.files(below: Self.folder).first {
          (try? Self.declarations($0).contains { $0.type == declaration.parent }) == true
        })
      let text = try String(contentsOf: file, encoding: .utf8)
      let inner = try #require(text.firstMatch(of: /(?s)subcommands: \[(.*?)\]/)).1
      #expect(inner.contains("\(declaration.type).self"))
    }
  }

  @Test func `each command has a file of its own, named for it`() throws {
    for file in Repository.files(below: Self.folder) {
      let outer = try Self.declarations(file).filter { $0.parent == nil && $0.type != "Gifthorse" }
      guard let command = outer.first else { continue }
      #expect(outer.count == 1)
      let name = file.deletingPathExtension().lastPathComponent
      #expect(command.type == name + "Command")
      let parent = Self.declarations.first { $0.type == command.type }?.parent?.dropLast("Command".count) ?? ""
      #expect(command.name == name.dropFirst(parent.count).lowercased())
    }
  }

  @Test func `no snapshot is left of a command that is gone`() {
    let folder = Repository.fixtures.appending(path: "cli/help")
    let kept = Repository.files(below: folder).map { $0.lastPathComponent }
    let wanted = ([[]] + Self.commands).map { (["gifthorse"] + $0).joined(separator: "-") + ".txt" }
    #expect(Set(kept) == Set(wanted))
  }

  @Test func `no arguments at all show the help`() throws {
    let folder = try TemporaryFolder()
    #expect(try run(in: folder).transcript == run("--help", in: folder).transcript)
  }

  @Test func `the version is that of the sources`() throws {
    let root = try String(contentsOf: Self.folder.appending(path: "Root.swift"), encoding: .utf8)
    let version = try #require(root.firstMatch(of: /let programVersion = "([^"]+)"/)).1
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+(-[a-z0-9.]+)?/) != nil)
    #expect(try run("--version", in: TemporaryFolder()).transcript == "exit 0\n| \(version)\n")
  }
}
