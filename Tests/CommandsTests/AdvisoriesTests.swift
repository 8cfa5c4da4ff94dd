// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@Suite struct AdvisoriesTests {
  @Test func `each line with a vector is answered by its score and its severity`() throws {
    let input = """
      CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
      CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U
      (AV:N/AC:L/Au:N/C:C/I:C/A:C)
      CVSS:3.0/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N/A:N
      CVSS:3.1/AV:N/AC:L

      9.8
      """
    expect(
      try run("advisories", "score", in: TemporaryFolder(), input: input),
      is: """
        exit 0
        | 9.8 critical
        | 5.2 medium
        | 10.0 high
        | 0.0 none
        | ?
        | ?
        | ?

        """)
  }
}
