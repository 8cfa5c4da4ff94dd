// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Advisories
import Confinement
import Foundation
import Inventory
import Scanning
import TestSupport
import Testing
import Versions

@testable import Reports

/// What is promised to programs is the same in the code, in the schemas and in the samples.
struct ContractTests {
  private static func schema(_ name: String) throws -> [String: Any] {
    let file = Repository.root.appending(path: "Schemas/v1/\(name).schema.json")
    return try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
  }

  /// The value at `path` below `value`.
  private static func value(_ value: Any, _ path: [String]) -> Any? {
    path.reduce(Optional(value)) { value, key in (value as? [String: Any])?[key] }
  }

  @Test func `each format has a file of its name, and each file is a format`() {
    let files = Repository.files(below: Repository.root.appending(path: "Sources/Reports/Formats"))
    let names = files.map { $0.deletingPathExtension().lastPathComponent.lowercased() }
    #expect(Set(names) == Set(ReportFormat.allCases.map(\.rawValue)))
    #expect(names.count == ReportFormat.allCases.count)
  }

  @Test(arguments: ["scan", "find"])
  func `the schemas list exactly the codes that the program knows`(name: String) throws {
    let schema = try Self.schema(name)
    let lists: [([String], [String])] = [
      (["$defs", "problem", "properties", "reason"], Coverage.Reason.allCases.map(\.rawValue)),
      (["$defs", "skip", "properties", "reason"], Coverage.SkipReason.allCases.map(\.rawValue)),
      (["$defs", "note", "properties", "code"], Note.Code.allCases.map(\.rawValue)),
      (["$defs", "finding", "properties", "class"], FindingClass.allCases.map(\.rawValue)),
      (["$defs", "finding", "properties", "severity"], Severity.allCases.map(\.rawValue)),
      (["$defs", "sighting", "properties", "kind"], Sighting.Kind.allCases.map(\.rawValue)),
      (["$defs", "sighting", "properties", "evidence", "properties", "kind"], Evidence.Kind.allCases.map(\.rawValue)),
      (["$defs", "sighting", "properties", "confidence"], Sighting.Confidence.allCases.map(\.rawValue)),
      (["$defs", "record", "properties", "severity"], Severity.allCases.map(\.rawValue)),
      (["$defs", "record", "properties", "affected"], [Affected.yes, .no, .unknown].map(\.code)),
      (["properties", "verdict"], Verdict.allCases.map(\.rawValue)),
    ]
    for (path, codes) in lists {
      let listed = try #require(Self.value(schema, path + ["enum"]) as? [String], "\(path)")
      #expect(listed == codes, "\(path)")
    }
  }

  @Test func `every kind of incident that its schema allows has words`() throws {
    let file = Repository.root.appending(path: "Schemas/incident-1.schema.json")
    let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    let kinds = try #require(Self.value(schema, ["$defs", "kind", "enum"]) as? [String])
    #expect(kinds.count > 5)
    for kind in kinds { #expect(Language.english.deed(kind) != nil, "\(kind)") }
  }

  @Test func `a sighting is described alike in all schemas, and what scan and find share too`() throws {
    let (scan, find, inventory) = (try Self.schema("scan"), try Self.schema("find"), try Self.schema("inventory"))
    #expect(scan["$defs"] as? NSDictionary == find["$defs"] as? NSDictionary)
    let sighting = try #require(Self.value(scan, ["$defs", "sighting", "properties"]) as? [String: Any])
    let line = try #require(inventory["properties"] as? [String: Any])
    for (name, description) in sighting { #expect(line[name] as? NSObject == description as? NSObject, "\(name)") }
  }

  @Test(arguments: ["scan", "find", "inventory", "incidents"])
  func `every field of every sample is described, and every required one is there`(name: String) throws {
    let schema = try Self.schema(name)
    let files = Repository.files(below: Repository.fixtures.appending(path: "outputs/\(name)"))
    #expect(!files.isEmpty)
    for file in files {
      let text = try Data(contentsOf: file)
      let documents = file.pathExtension == "ndjson" ? text.split(separator: 0x0A).map { Data($0) } : [text]
      for document in documents {
        let value = try JSONSerialization.jsonObject(with: document)
        #expect(Self.faults(value, schema, in: schema, at: name).isEmpty)
      }
    }
  }

  /// The fields of `value` that `schema` does not describe, and those that it asks for in vain.
  private static func faults(
    _ value: Any, _ schema: [String: Any], in document: [String: Any], at place: String
  ) -> [String] {
    var schema = schema
    if let name = (schema["$ref"] as? String)?.split(separator: "/").last,
      let target = Self.value(document, ["$defs", String(name)]) as? [String: Any]
    {
      schema = target
    }
    if let items = value as? [Any], let element = schema["items"] as? [String: Any] {
      return items.flatMap { faults($0, element, in: document, at: place + "[]") }
    }
    guard let object = value as? [String: Any] else { return [] }
    let missing = ((schema["required"] as? [String]) ?? []).filter { object[$0] == nil }.map {
      "\(place).\($0) is missing"
    }
    return missing
      + object.flatMap { name, value in
        let described = Self.value(schema, ["properties", name]) ?? schema["additionalProperties"]
        guard let described = described as? [String: Any] else { return ["\(place).\(name) is not described"] }
        return faults(value, described, in: document, at: "\(place).\(name)")
      }
  }
}
