// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import TestSupport
import Testing
import Versions

@Suite struct VersionsTests {
  @Test func `each line of two versions is answered by one sign`() throws {
    let input = """
      1.2.3 1.2.4
      1.10.0 1.9.0
      1.0.0-rc.1 1.0.0
      1.0.0+one 1.0.0+two
      1.0 1.0.0
      1.0.0

      1.0.0  1.0.0
      1.0.0\t2.0.0

      """
    expect(
      try run("versions", "compare", "npm", in: TemporaryFolder(), input: input),
      is: """
        exit 0
        | <
        | >
        | <
        | =
        | ?
        | ?
        | ?
        | ?
        | <

        """)
  }

  @Test func `each line of a version and a range is answered by true, false or a question mark`() throws {
    let input = """
      9.2.3\t^9.1.0
      10.0.0\t^9.1.0
      9.2.0\t9.1.0 - 9.3.0
      9.2.0-beta\t^9.1.0
      9.2.0\t>=9 <10 || 12
      nine\t*
      9.2.0\tnot..a..range
      9.2.0

      """
    expect(
      try run("versions", "satisfies", "npm", in: TemporaryFolder(), input: input),
      is: """
        exit 0
        | true
        | false
        | true
        | false
        | true
        | ?
        | ?
        | ?

        """)
  }

  @Test func `a range in the notation vers is taken where its versions are those of the ecosystem`() throws {
    let input = """
      1.5.0\tvers:npm/>=1.0.0|<2.0.0
      2.0.0\tvers:npm/>=1.0.0|<2.0.0
      1.5.0\tvers:pypi/>=1.0.0
      1.5.0\tvers:npm/

      """
    expect(
      try run("versions", "satisfies", "npm", in: TemporaryFolder(), input: input),
      is: """
        exit 0
        | true
        | false
        | ?
        | ?

        """)
  }

  @Test func `versions of Python packages are compared in Python's order`() throws {
    let input = """
      1.0rc1 1.0
      1.0 1.0.0
      1!1.0 2.0
      1.0-1 1.0.post1
      1.0.post1\t1.0
      1.0\t 1.0+local\u{20}
      1.0 latest

      """
    expect(
      try run("versions", "compare", "PyPI", in: TemporaryFolder(), input: input),
      is: """
        exit 0
        | <
        | =
        | >
        | =
        | >
        | <
        | ?

        """)
  }

  @Test func `versions of Python packages are held against specifiers`() throws {
    let input = """
      1.4.9\t~=1.4.5
      1.5\t~=1.4.5
      1.1.post1\t==1.1.*, !=1.1.post1
      2.0rc1\t>=1.0
      2.0rc1\t<2
      odd\t===ODD
      1.4.9\t^1.4
      odd\t>=1

      """
    expect(
      try run("versions", "satisfies", "PyPI", in: TemporaryFolder(), input: input),
      is: """
        exit 0
        | true
        | false
        | false
        | true
        | false
        | true
        | ?
        | ?

        """)
  }

  @Test(arguments: ["compare", "satisfies"])
  func `an ecosystem without an order is a wrong command line`(command: String) throws {
    let known = schemes.flatMap { $0.ecosystems }.map(\.rawValue).joined(separator: ", ")
    #expect(known.hasPrefix("npm, ") && known.contains(", PyPI, "))
    expect(
      try run("versions", command, "CPAN\u{1B}[31m", in: TemporaryFolder(), input: "1 2\n"),
      is: """
        exit 64
        ! error: versions of the ecosystem 'CPAN\\x1b[31m' cannot be compared
        ! hint: those of \(known) can

        """)
  }
}
