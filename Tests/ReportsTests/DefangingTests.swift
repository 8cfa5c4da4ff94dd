// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Reports

struct DefangingTests {
  @Test func `a host and an address have brackets where a link would need what they hold`() {
    #expect(Defanging.host("cdn.bad.example") == "cdn[.]bad[.]example")
    #expect(Defanging.host("192.0.2.7") == "192[.]0[.]2[.]7")
    #expect(Defanging.host("2001:db8::7") == "2001[:]db8[:][:]7")
    #expect(Defanging.host("") == "")
  }

  @Test func `hosts in a text are defanged once each, and nothing else is`() {
    let defanging = Defanging(["bad.example", "cdn.bad.example", "192.0.2.7", "localhost", ""])
    #expect(
      defanging.text("cdn.bad.example, bad.example. honest.example on localhost; https://192.0.2.7/a.b")
        == "cdn[.]bad[.]example, bad[.]example. honest.example on localhost; https://192[.]0[.]2[.]7/a.b")
    #expect(defanging.text("größe bad.example") == "größe bad[.]example")
    #expect(defanging.text("bad.exampl") == "bad.exampl")
    #expect(Defanging([]).text("bad.example") == "bad.example")
  }
}
