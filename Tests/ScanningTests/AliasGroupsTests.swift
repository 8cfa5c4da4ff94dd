// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Scanning

@Suite struct AliasGroupsTests {
  private func groups(_ members: KeyValuePairs<String, [String]>) -> [Set<String>] {
    var groups = AliasGroups()
    for (member, names) in members { groups.add(member, names: names) }
    return groups.groups
  }

  @Test func `records that name nothing in common stay apart, in their order`() {
    #expect(groups(["b": ["x"], "a": ["y"], "c": []]) == [["b"], ["a"], ["c"]])
  }

  @Test func `one that names another is of its group, whichever comes first`() {
    #expect(groups(["a": ["b"], "b": []]) == [["a", "b"]])
    #expect(groups(["b": [], "a": ["b"]]) == [["a", "b"]])
  }

  @Test func `two that name a third are of one group, also where the third is none of them`() {
    #expect(
      groups(["GHSA-1": ["CVE-1"], "other": ["CVE-2"], "PYSEC-1": ["CVE-1"]]) == [["GHSA-1", "PYSEC-1"], ["other"]])
  }

  @Test func `what leads from one to the next makes one group, however long the way`() {
    #expect(
      groups(["a": ["1"], "b": ["2"], "c": ["3"], "d": ["2", "3"], "e": ["1", "2"]]) == [["a", "b", "c", "d", "e"]])
    var chain = AliasGroups()
    for number in 0..<1000 { chain.add("m\(number)", names: ["\(number)", "\(number + 1)"]) }
    #expect(chain.groups.map(\.count) == [1000])
  }

  @Test func `groups can be joined by their members, and what is not there joins nothing`() {
    var groups = AliasGroups()
    for member in ["a", "b", "c", "d"] { groups.add(member, names: []) }
    groups.join("a", "d")
    groups.join("b", "nobody")
    #expect(groups.groups == [["a", "d"], ["b"], ["c"]])
  }
}
