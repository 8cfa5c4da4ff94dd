// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

extension QuarantineManifest {
  /// Reads a manifest, which anybody may have written: nothing in it leads out of the folder that holds the quarantine.
  ///
  /// - Throws: ``ParseError`` where it is none of this schema, lacks a field, names a number or a place twice, or names a place outside.
  public init(json bytes: Bytes) throws(ParseError) {
    self.init(id: "", created: "", items: [])
    var reader = JSONReader(bytes)
    var isOfSchema = false
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("schema") {
        isOfSchema = try reader.stringValue() == Self.schema
      } else if key.equals("id") {
        id = try reader.stringValue() ?? ""
      } else if key.equals("created") {
        created = try reader.stringValue() ?? ""
      } else if key.equals("items") {
        try reader.enterArray()
        while try reader.nextElement() { items.append(try QuarantinedItem(&reader)) }
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
    guard isOfSchema, !id.isEmpty, !created.isEmpty, Set(items.map(\.number)).count == items.count,
      Set(items.map(\.origin)).count == items.count
    else { throw ParseError(.invalidHeader, at: 0) }
  }
}

extension QuarantinedItem {
  fileprivate init(_ reader: inout JSONReader) throws(ParseError) {
    let start = reader.offset
    var texts: [String: String] = [:]
    var numbers: [String: Int] = [:]
    var contents: [Content] = []
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("packages") {
        try reader.enterArray()
        while try reader.nextElement() { contents.append(try Content(&reader)) }
      } else if try reader.peek() == .string {
        texts[key.string] = try reader.stringValue()
      } else if try reader.peek() == .number {
        numbers[key.string] = try reader.integerValue()
      } else {
        try reader.skip()
      }
    }
    guard let number = numbers["number"], number > 0, let origin = Self.origin(texts), Self.isInside(origin),
      let kind = texts["kind"].flatMap(Kind.init), let role = texts["role"].flatMap(Role.init),
      let inode = texts["inode"].flatMap({ UInt64($0) }), let device = texts["device"].flatMap({ UInt64($0) }),
      let mode = texts["mode"].flatMap({ UInt32($0, radix: 8) }), mode <= 0o7777,
      let modified = texts["modifiedNanoseconds"].flatMap({ Int64($0) }), let size = numbers["size"],
      let files = numbers["files"], let shared = numbers["sharedFiles"], let digest = texts["sha256"],
      SHA256.Digest(hexadecimal: digest) != nil
    else { throw ParseError(.unexpectedType, at: start) }
    self.init(
      number: number, origin: origin, shownOrigin: PathText.shown(origin), kind: kind, role: role, inode: inode,
      device: device, mode: mode,
      modified: modified, size: size, files: files, sharedFiles: shared, digest: digest, contents: contents)
  }

  /// The bytes where the path is no UTF-8, else the path.
  private static func origin(_ texts: [String: String]) -> [UInt8]? {
    guard let digits = texts["fromBytes"].map({ Array($0.utf8) }) else { return texts["from"].map { Array($0.utf8) } }
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(byte)
    }
    return bytes
  }
}

extension QuarantinedItem.Content {
  fileprivate init(_ reader: inout JSONReader) throws(ParseError) {
    let start = reader.offset
    var (ecosystem, name, version): (String, String, String?) = ("", "", nil)
    var findings: [String] = []
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if key.equals("ecosystem") {
        ecosystem = try reader.stringValue() ?? ""
      } else if key.equals("name") {
        name = try reader.stringValue() ?? ""
      } else if key.equals("version") {
        version = try reader.stringValue()
      } else if key.equals("findings") {
        findings = try reader.stringsInside()
      } else {
        try reader.skip()
      }
    }
    guard !ecosystem.isEmpty, !name.isEmpty else { throw ParseError(.unexpectedType, at: start) }
    self.init(package: Package(ecosystem: Ecosystem(ecosystem), name: name, version: version), findings: findings)
  }
}
