// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

extension WayOut {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("via") {
        via = try reader.stringValue() ?? ""
      } else if key.equals("hosts") {
        hosts = try reader.strings()
      } else if key.equals("addresses") {
        addresses = try reader.strings()
      } else if key.equals("queries") {
        queries = try reader.strings()
      } else if key.equals("note") {
        note = try reader.stringValue()
      } else {
        try reader.skip()
      }
    }
  }
}

extension IncidentTraces {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("files") {
        files = try reader.strings()
      } else if key.equals("processes") {
        processes = try reader.strings()
      } else if key.equals("other") {
        other = try reader.strings()
      } else if key.equals("shared_hosts") {
        sharedHosts = try reader.strings()
      } else {
        try readDigests(key, &reader)
      }
    }
  }

  private mutating func readDigests(_ key: JSONString, _ reader: inout JSONReader) throws(ParseError) {
    if key.equals("sha256") {
      sha256 = try Self.digests(&reader)
    } else if key.equals("sha1") {
      sha1 = try Self.digests(&reader)
    } else if key.equals("integrity") {
      integrity = try Self.digests(&reader)
    } else {
      try reader.skip()
    }
  }

  private static func digests(_ reader: inout JSONReader) throws(ParseError) -> [Digest] {
    guard try reader.enterArrayOrSkip() else { return [] }
    var digests: [Digest] = []
    while try reader.nextElement() {
      var digest = Digest()
      guard try reader.enterObjectOrSkip() else { continue }
      while let key = try reader.nextKey() {
        if key.equals("value") {
          digest.value = try reader.stringValue() ?? ""
        } else if key.equals("of") {
          digest.file = try reader.stringValue()
        } else {
          try reader.skip()
        }
      }
      digests.append(digest)
    }
    return digests
  }
}

extension NamedSign {
  init(_ reader: inout JSONReader) throws(ParseError) {
    self.init()
    guard try reader.enterObjectOrSkip() else { return }
    while let key = try reader.nextKey() {
      if key.equals("is") {
        kind = try reader.stringValue() ?? ""
      } else if key.equals("path") {
        path = try reader.stringValue() ?? ""
      } else if key.equals("variant") {
        variant = try reader.stringValue()
      } else if key.equals("certain") {
        isCertain = try reader.boolValue() ?? false
      } else if key.equals("note") {
        note = try reader.stringValue()
      } else {
        try reader.skip()
      }
    }
  }
}
