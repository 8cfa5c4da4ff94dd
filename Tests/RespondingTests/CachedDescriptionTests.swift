// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

struct CachedDescriptionTests {
  // Paths and digests as Python's hashlib makes them.
  private static let key = "make-fetch-happen:request-cache:https://registry.example/node-ipc"
  private static let indexPath = "index-v5/98/cd/12259797b20b6eeb8c26e881c37b2b587ae77589a40bebf2ce550c2e3f62"
  private static let integrity =
    "sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw=="
  private static let contentPath =
    "content-v2/sha512/9b/71/d224bd62f3785d96d46ad3ea3d73319bfbc2890caadae2dff72519673ca72323c3d99ba5c11d7c7acc6e14b8c5da0c4663475c2e5c3adef46f73bcdec043"

  private func line(_ key: String, _ integrity: String?) -> String {
    "\n0123\t{\"key\":\"\(key)\",\"integrity\":\(integrity.map { "\"\($0)\"" } ?? "null"),\"time\":1}"
  }

  private func read(_ index: String, _ name: String = "node-ipc") -> [UInt8]? {
    CachedDescription.find(of: name, registry: "https://registry.example/") { path in
      path == Self.indexPath ? Array(index.utf8) : path == Self.contentPath ? Array("hello".utf8) : nil
    }
  }

  @Test func `the content of the key's last entry is read`() {
    #expect(read(line(Self.key, Self.integrity)) == Array("hello".utf8))
    #expect(read(line(Self.key, "sha512-AAAA") + line("other", "sha512-AAAA") + line(Self.key, Self.integrity)) != nil)
  }

  @Test func `an entry that was taken out, of another key, or broken, is none`() {
    #expect(read(line(Self.key, Self.integrity) + line(Self.key, nil)) == nil)
    #expect(read(line("other", Self.integrity)) == nil)
    #expect(read("\n0123\t{\"key\": ") == nil)
    #expect(read(line(Self.key, "sha512-???")) == nil)
    #expect(read(line(Self.key, "../../x-AAAA")) == nil)
    #expect(read("") == nil)
  }

  @Test func `a scope's slash is escaped as npm does`() {
    var asked: [String] = []
    _ = CachedDescription.find(of: "@a/b", registry: "https://registry.example/") {
      asked.append($0)
      return nil
    }
    #expect(asked == ["index-v5/51/3c/0dc85cda3c44661e91a2160c1e4aa3da7102e8720eeb533a3ad62581b699"])
  }

  @Test func `a description becomes a lockfile's entry, unless something in it is missing`() throws {
    let pin = Pin(name: "node-ipc", bad: ["9.1.6"], safe: "9.1.5")
    func entries(_ version: String, name: String = "node-ipc") -> [KnownEntries.Entry] {
      var known = KnownEntries()
      CachedDescription.harvest(
        Array("{\"name\":\"\(name)\",\"versions\":{\"9.1.5\":\(version)}}".utf8), [pin], into: &known)
      return known.all(.packageLock, pin)
    }
    let dist =
      "\"dist\":{\"tarball\":\"https://registry.example/node-ipc/-/node-ipc-9.1.5.tgz\",\"integrity\":\"sha512-x\",\"shasum\":\"y\"}"
    let found = entries(
      "{\"name\":\"node-ipc\",\"version\":\"9.1.5\",\"license\":\"MIT\",\"engines\":{\"node\":\">=8\"},\"dependencies\":{\"a\":\"^1\"},\"bin\":{},\"devDependencies\":{\"b\":\"1\"},\(dist)}"
    )
    #expect(
      found.map { String(decoding: $0.text, as: UTF8.self).filter { !$0.isWhitespace } } == [
        "{\"version\":\"9.1.5\",\"resolved\":\"https://registry.example/node-ipc/-/node-ipc-9.1.5.tgz\",\"integrity\":\"sha512-x\",\"license\":\"MIT\",\"dependencies\":{\"a\":\"^1\"},\"engines\":{\"node\":\">=8\"}}"
      ])
    #expect(found.map(\.dependencies) == [[KnownEntries.Dependency(name: "a", specifier: "^1")]])
    #expect(entries("{\"version\":\"9.1.5\",\(dist)}", name: "node-ipcs").isEmpty)
    #expect(entries("{\"version\":\"9.1.4\",\(dist)}").isEmpty)
    #expect(entries("{\"version\":\"9.1.5\"}").isEmpty)
    #expect(entries("{\"version\":\"9.1.5\",\(dist.replacing("sha512-x", with: "sha1-x"))}").isEmpty)
    #expect(entries("{\"version\":\"9.1.5\",\"bundleDependencies\":[\"a\"],\(dist)}").isEmpty)
  }
}
