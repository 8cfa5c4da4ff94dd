// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Foundation
import Inventory
import TestSupport
import Testing

@testable import Exposure

/// A machine in a temporary folder in which each kind of credential lies at each place where the catalogue says that it may, with a canary
/// for a value that no other kind has.
///
/// It reads the files of `Credentials/` with Foundation, not with the reader that is tested.
struct PlantedHome {
  /// One file or variable that was planted.
  struct Plant {
    let kind: String
    /// As a finder is to show it.
    let shown: String
    let projectPattern: String?
  }

  let folder: TemporaryFolder
  private(set) var plants: [Plant] = []
  private(set) var environment: [String: String] = [:]
  private(set) var canaries: [String: String] = [:]

  static let homeName = "home/anna"

  /// One for all tests: it takes some thousand files.
  static let shared = Result { try PlantedHome() }

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder(Self.homeName)
    let text = try Data(contentsOf: Repository.root.appending(path: "Credentials/sets.json"))
    let sets = try #require(JSONSerialization.jsonObject(with: text) as? [String: [String: [String]]])
    for file in Repository.files(below: Repository.root.appending(path: "Credentials")) {
      guard !["sets", "ways"].contains(file.deletingPathExtension().lastPathComponent) else { continue }
      let group = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      for kind in group?["kinds"] as? [[String: Any]] ?? [] { try plant(kind, sets) }
    }
  }

  var home: String { folder.path(Self.homeName) }

  private mutating func plant(_ kind: [String: Any], _ sets: [String: [String: [String]]]) throws {
    let id = try #require(kind["id"] as? String)
    let canary = Self.canary(id)
    canaries[id] = canary
    for (number, rule) in (kind["files"] as? [[String: Any]] ?? []).enumerated() {
      for (place, path) in Self.spread(rule["paths"], sets["folders"]).enumerated() {
        try plant(id, rule, path, canary, "\(number)-\(place)", sets["names"] ?? [:])
      }
    }
    for name in Self.spread(kind["environment"], sets["names"]) where id != "environment-secret" {
      let name = name.replacingOccurrences(of: "*", with: "X1")
      environment[name] = canary
      plants.append(Plant(kind: id, shown: name, projectPattern: nil))
    }
  }

  private mutating func plant(
    _ id: String, _ rule: [String: Any], _ path: String, _ canary: String, _ mark: String, _ names: [String: [String]]
  ) throws {
    // A folder of its own for each kind, where a pattern lets us choose a name, so that no file has to hold several kinds.
    let plain = path.replacingOccurrences(of: "*", with: "\(id)-\(mark)")
    let test = try #require(rule["test"] as? String)
    let (place, shown, pattern) = try whereTo(plain, path, id: id, mark: mark)
    let file = test == "folder" ? place + "/000003.log" : place
    let text = Self.content(
      test, file, keys: Self.spread(rule["keys"], names), texts: rule["texts"] as? [String] ?? [], canary)
    let before = (try? String(contentsOf: folder.url.appending(path: file), encoding: .utf8)) ?? ""
    try folder.write(Array((before + text).utf8), to: file)
    plants.append(Plant(kind: id, shown: shown, projectPattern: pattern))
  }

  private mutating func whereTo(
    _ plain: String, _ path: String, id: String, mark: String
  ) throws -> (place: String, shown: String, pattern: String?) {
    if plain.hasPrefix("~/") { return (Self.homeName + plain.dropFirst(1), plain, nil) }
    if plain.hasPrefix("/") { return (String(plain.dropFirst()), plain, nil) }
    guard plain.hasPrefix("$") else {
      return ("\(Self.homeName)/work/\(id)-\(mark)/" + plain, "~/work/\(id)-\(mark)/" + plain, path)
    }
    let name = String(plain.dropFirst().prefix { $0 != "/" && $0 != ":" })
    let rest = plain.dropFirst(1 + name.count).drop { $0 == ":" }
    let moved = "/moved/" + name
    environment[name] = environment[name] ?? moved
    return (String((moved + rest).dropFirst()), moved + rest, nil)
  }

  /// What a file holds in which this test finds something. A line break first: several kinds may share a file.
  private static func content(
    _ test: String, _ file: String, keys: [String], texts: [String], _ canary: String
  ) -> String {
    let key = keys.first?.replacingOccurrences(of: "*", with: "x") ?? "x"
    let isJSON = file.hasSuffix(".json")
    switch test {
    case "setting": return isJSON ? "\n{\"\(key)\": \"\(canary)\"}" : "\n\(key) = \(canary)\n"
    case "word": return "\nmachine host.example login anna \(key) \(canary)\n"
    case "contains": return "\n\(texts.first ?? "")\n\(canary)\n"
    case "private-key": return "\n-----BEGIN PRIVATE KEY-----\n\(canary)\n-----END PRIVATE KEY-----\n"
    case "url-password": return "\nhttps://anna:\(canary)@host.example/x\n"
    case "number-array": return "[" + (0..<64).map { "\($0)" }.joined(separator: ",") + "]"
    default: return "\n\(canary)\n"
    }
  }

  private static func spread(_ texts: Any?, _ sets: [String: [String]]?) -> [String] {
    (texts as? [String] ?? []).flatMap { text -> [String] in
      guard text.hasPrefix("{"), let end = text.firstIndex(of: "}") else { return [text] }
      let name = String(text[text.index(after: text.startIndex)..<end])
      return (sets?[name] ?? []).map { $0 + text[text.index(after: end)...] }
    }
  }

  /// 32 letters and digits, of which no eight stand in another canary or in anything of ours.
  private static func canary(_ name: String) -> String {
    var generator = SeededGenerator(seed: 7, name: name)
    let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789")
    return String((0..<32).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] })
  }
}

extension PlantedHome {
  /// All that a finder finds in it: home, machine, environment and projects.
  func findings(_ catalogue: CredentialCatalogue) throws -> CredentialFindings {
    let finder = CredentialFinder(catalogue, environment: environment)
    let root = try SafeOpening.anything(folder.path)
    try root.whileOpen { _ in
      let base = try Self.open(folder.path)
      base.whileOpen { finder.look(root: $0) }
      let own = try Self.open(home)
      own.whileOpen { finder.look(home: $0, shown: "~") }
    }
    finder.lookAtEnvironment()
    for plant in plants {
      guard let pattern = plant.projectPattern else { continue }
      let number = try #require(catalogue.projectSigns.firstIndex { $0.path == pattern })
      let file = try Self.open(home + plant.shown.dropFirst(1))
      file.whileOpen { finder.look(at: $0, pattern: number, shown: plant.shown) }
    }
    return finder.findings
  }

  static func open(_ path: String) throws -> Descriptor {
    let number = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw CallFailed(name: "open \(path)", code: errno) }
    return Descriptor(owning: number)
  }
}
