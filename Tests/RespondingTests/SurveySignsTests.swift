// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Responding

@Suite struct SurveySignsTests {
  @Test(arguments: [
    "syslog", "syslog.1", "syslog.2.gz", "messages-20260514", "messages-20260514.xz", "dnsmasq.log", "dnsmasq.log.1.gz",
    "pihole.log.old",
  ])
  func `names that rotating gives are logs`(name: String) {
    #expect(SurveySigns.isLogName(Substring(name)))
  }

  @Test(arguments: [
    "messages.json", "messages.js", "messages_en.properties", "syslogd", "syslog.conf", "messages.1.js",
  ])
  func `a program's own file that begins so is none`(name: String) {
    #expect(!SurveySigns.isLogName(Substring(name)))
  }
}
