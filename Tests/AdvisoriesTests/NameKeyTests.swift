// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

@testable import Advisories

@Suite struct NameKeyTests {
  /// From another implementation of the hash. A key that changes makes every index that was ever written silent.
  @Test(arguments: [
    ("npm", "", -648_747_476_157_518_744),
    ("npm", "a", -5_390_362_327_061_835_584),
    ("npm", "lodash", -2_759_838_081_631_712_454),
    ("npm", "@scope/a-name-of-many-bytes", 7_722_512_628_695_457_258),
    ("npm", "12345678", 1_597_609_502_676_685_127),
    ("npm", "123456789", -2_399_490_644_711_364_241),
    ("npm", "é", 8_372_132_864_877_754_982),
    ("PyPI", "litellm", 73_465_440_163_741_115),
    ("Maven", "org.example:artifact", 3_656_919_939_441_629_361),
    ("Debian", "openssl", -5_801_912_371_354_247_451),
    ("GIT", "example.org/a/b", -8_600_322_332_252_250_502),
  ])
  func `a name's key is what it always was`(ecosystem: String, name: String, key: Int64) {
    #expect(NameKey(base: ecosystem, matchingName: name).value == key)
  }

  @Test func `a key takes the ecosystem without its release, and the name as it is matched`() {
    #expect(NameKey(Ecosystem("Debian:12"), "openssl") == NameKey(base: "Debian", matchingName: "openssl"))
    #expect(NameKey(.pypi, "Lite_LLM") == NameKey(base: "PyPI", matchingName: "lite-llm"))
    #expect(NameKey(.npm, "Lodash") != NameKey(.npm, "lodash"))
    #expect(NameKey(.npm, "a") != NameKey(.pypi, "a"))
    #expect(NameKey(base: "np", matchingName: "ma") != NameKey(base: "npm", matchingName: "a"))
  }

  @Test func `names that are nearly the same have different keys`() {
    var keys: Set<NameKey> = []
    for number in 0..<200_000 { keys.insert(NameKey(.npm, "package-\(number)")) }
    for length in 0..<1000 { keys.insert(NameKey(.npm, String(repeating: "\u{0}", count: length))) }
    #expect(keys.count == 201_000)
  }
}
