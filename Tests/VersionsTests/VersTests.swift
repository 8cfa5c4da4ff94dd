// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing
import Versions

/// - Source: https://github.com/package-url/vers-spec, clause 5 and "How to parse and validate VERS" (read 2026-11-25)
@Suite struct VersTests {
  private func code(_ text: String, _ reading: Vers.Reading = .strict) -> VersError.Code? {
    do throws(VersError) {
      _ = try Vers(parsing: text, reading)
      return nil
    } catch {
      return error.code
    }
  }

  // MARK: The notation

  @Test func `a range is taken apart`() throws {
    let range = try Vers(parsing: "vers:npm/1.0.0|!=1.5.0|>=2.0.0|<3.0.0-a|>4.0.0")
    #expect(range.type == "npm")
    #expect(
      range.constraints == [
        .init(.equal, "1.0.0"), .init(.notEqual, "1.5.0"), .init(.greaterOrEqual, "2.0.0"), .init(.less, "3.0.0-a"),
        .init(.greater, "4.0.0"),
      ])
    #expect(range.description == "vers:npm/1.0.0|!=1.5.0|>=2.0.0|<3.0.0-a|>4.0.0")
    #expect(try Vers(parsing: "vers:deb/*").isAny)
    #expect(try Vers(parsing: "vers:test/a%7Cb%20c%25").constraints == [.init(.equal, "a|b c%")])
    #expect(try Vers(parsing: "vers:test/a%7Cb%20c%25").description == "vers:test/a%7Cb%20c%25")
  }

  @Test(arguments: [
    ("npm/1.0.0", VersError.Code.noScheme), ("Vers:npm/1.0.0", .noScheme), ("vers:", .noType), ("vers:/1", .noType),
    ("vers:npm", .noConstraint), ("vers:npm/", .noConstraint), ("vers:NPM/1.0.0", .invalidType),
    ("vers:3d/1", .invalidType), ("vers:a_b/1", .invalidType), ("vers:invalid/1", .reservedType),
    ("vers:npm/1.0.0 |2.0.0", .whiteSpace), ("vers:npm/1.0.0\n", .whiteSpace), ("vers:npm/1.0.0é", .notASCII),
    ("vers:npm/|1.0.0", .emptyConstraint), ("vers:npm/1.0.0|", .emptyConstraint),
    ("vers:npm/1.0.0||2.0.0", .emptyConstraint), ("vers:npm/=1.0.0", .leadingEquals), ("vers:npm/>=", .noVersion),
    ("vers:npm/*|1.0.0", .misplacedAsterisk), ("vers:npm/>=*", .misplacedAsterisk),
    ("vers:npm/1.*", .misplacedAsterisk),
    ("vers:npm/1.0%2", .invalidEncoding), ("vers:npm/1.0%zz", .invalidEncoding), ("vers:npm/1.0%FF", .invalidEncoding),
    ("vers:npm/1.0%2e0", .needlessEncoding), ("vers:npm/1%7c0", .needlessEncoding),
    ("vers:npm/1%2E0", .needlessEncoding),
    ("vers:npm/><1", .needlessEncoding), ("vers:datetime/2024-01-01t00:00:00Z", .notCanonicalVersion),
    ("vers:npm/2.0.0|1.0.0", .unsorted), ("vers:npm/1.0.0|!=1.0.0", .repeatedVersion),
    ("vers:npm/>=1.0.0|<1.0.0+b", .repeatedVersion), ("vers:npm/>1.0.0|>2.0.0", .redundantConstraint),
    ("vers:npm/<1.0.0|<=2.0.0", .redundantConstraint), ("vers:npm/1.0.0|<2.0.0", .redundantConstraint),
    ("vers:npm/>=1.0.0|2.0.0", .redundantConstraint), ("vers:npm/>=1.0.0|!=1.5.0|>2.0.0", .redundantConstraint),
    ("vers:npm/1.0.0|banana", .unreadableVersion),
  ])
  func `what is not canonical is refused with its reason`(text: String, expected: VersError.Code) {
    #expect(code(text) == expected)
  }

  @Test(arguments: [
    // as written, sorted
    ("VERS:NPM/ >= 1.0.0 | <2.0.0 |", "vers:npm/>=1.0.0|<2.0.0"), ("vers:npm/=1.0.0||2.0.0", "vers:npm/1.0.0|2.0.0"),
    ("vers:npm/2.0.0|<1.0.0|>=10.0.0", "vers:npm/<1.0.0|2.0.0|>=10.0.0"), ("vers:npm/1%2e0%2E0", "vers:npm/1.0.0"),
    ("vers:pypi/>=1.0|<1.0", "vers:pypi/<1.0|>=1.0"), ("vers:test/2|1", "vers:test/2|1"),
  ])
  func `what other tools write is read, and sorted`(text: String, expected: String) throws {
    #expect(code(text) != nil || text == "vers:test/2|1")
    #expect(try Vers(parsing: text, .tolerant).description == expected)
  }

  @Test(arguments: ["npm/1.0.0", "vers:/1", "vers:npm/", "vers:npm/>=", "vers:npm/1.*", "vers:npm/%", "vers:npm/a|b"])
  func `what has no meaning is refused in every reading`(text: String) {
    #expect(code(text) != nil)
    #expect(code(text, .tolerant) != nil)
  }

  @Test func `a range is put together from constraints in any order`() throws {
    let range = try Vers(type: "npm", [.init(.less, "2.0.0"), .init(.greaterOrEqual, "1.0.0")])
    #expect(range == (try Vers(parsing: "vers:npm/>=1.0.0|<2.0.0")))
    #expect(throws: VersError(.noConstraint)) { try Vers(type: "npm", []) }
    #expect(throws: VersError(.invalidType, part: "NPM")) { try Vers(type: "NPM", [.init(.equal, "1")]) }
    #expect(throws: VersError(.misplacedAsterisk)) { try Vers(type: "npm", [.init(.any, ""), .init(.equal, "1.0.0")]) }
  }

  @Test(arguments: [
    ("vers:npm/>=1.0.0|>2.0.0|3.0.0|<4.0.0", "vers:npm/>=1.0.0|<4.0.0"),
    ("vers:npm/<1.0.0|2.0.0|<=3.0.0", "vers:npm/<=3.0.0"),
    ("vers:npm/1.0.0|!=1.5.0|<2.0.0|>=3.0.0|!=3.5.0|<4.0.0|<5.0.0", "vers:npm/!=1.5.0|<2.0.0|>=3.0.0|!=3.5.0|<5.0.0"),
    ("vers:npm/1.0.0|2.0.0", "vers:npm/1.0.0|2.0.0"), ("vers:npm/*", "vers:npm/*"),
  ])
  func `constraints in vain are dropped`(text: String, expected: String) throws {
    let range = try Vers(parsing: text, .tolerant).simplified()
    #expect(range.description == expected)
    #expect(range.simplified() == range)
  }

  // MARK: Containment

  @Test(
    arguments: [
      ("vers:npm/*", "0.0.1-a", true), ("vers:npm/1.0.0", "1.0.0+b", true), ("vers:npm/1.0.0", "1.0.1", false),
      ("vers:npm/!=1.0.0", "1.0.0", false), ("vers:npm/!=1.0.0", "2.0.0", true),
      ("vers:npm/1.0.0|!=2.0.0", "3.0.0", false),
      ("vers:npm/<1.0.0", "0.9.9", true), ("vers:npm/<1.0.0", "1.0.0-a", true), ("vers:npm/<1.0.0", "1.0.0", false),
      ("vers:npm/<=1.0.0", "1.0.0", true), ("vers:npm/>1.0.0", "1.0.0", false), ("vers:npm/>1.0.0", "1.0.1", true),
      ("vers:npm/>=1.0.0|<2.0.0", "0.9.0", false), ("vers:npm/>=1.0.0|<2.0.0", "1.9.9", true),
      ("vers:npm/>=1.0.0|<2.0.0", "2.0.0", false), ("vers:npm/>1.0.0|<=2.0.0", "1.0.0", false),
      ("vers:npm/>1.0.0|<=2.0.0", "2.0.0", true), ("vers:npm/>=1.0.0|!=1.5.0|<2.0.0", "1.5.0", false),
      ("vers:npm/>=1.0.0|!=1.5.0|<2.0.0", "1.5.1", true), ("vers:npm/<1.0.0|>=2.0.0", "1.5.0", false),
      ("vers:npm/<1.0.0|>=2.0.0", "0.1.0", true), ("vers:npm/<1.0.0|>=2.0.0", "9.0.0", true),
      ("vers:npm/<1.0.0|>1.0.0", "1.0.0", false), ("vers:npm/<1.0.0|1.5.0|>=2.0.0|<3.0.0|>4.0.0", "1.5.0", true),
      ("vers:npm/<1.0.0|1.5.0|>=2.0.0|<3.0.0|>4.0.0", "1.6.0", false),
      ("vers:npm/<1.0.0|1.5.0|>=2.0.0|<3.0.0|>4.0.0", "2.5.0", true),
      ("vers:npm/<1.0.0|1.5.0|>=2.0.0|<3.0.0|>4.0.0", "3.5.0", false), ("vers:npm/>=1.0.0|>=2.0.0", "1.5.0", true),
      ("vers:npm/<1.0.0|<2.0.0", "1.5.0", true), ("vers:npm/1.0.0", "banana", nil), ("vers:npm/banana", "1.0.0", nil),
      ("vers:npm/*", "banana", nil), ("vers:test/1.0.0", "1.0.0", nil), ("vers:pypi/<2.0", "2.0rc1", true),
    ] as [(String, String, Bool?)])
  func `a version is in a range, outside of it, or cannot be told`(
    range: String, version: String, expected: Bool?
  ) throws {
    #expect(try Vers(parsing: range, .tolerant).contains(version) == expected)
  }

  @Test func `a range holds what its intervals do, whatever their number`() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<400 {
      // Ends at even numbers, in turns; exceptions and single versions at odd ones.
      var constraints: [Vers.Constraint] = []
      var isInside = [Bool](repeating: false, count: 40)
      var start: Int? = Bool.random(using: &random) ? 0 : nil
      for end in 1..<18 where Bool.random(using: &random) {
        if let open = start {
          constraints.append(.init(.less, "\(2 * end).0.0"))
          for place in open..<(2 * end) { isInside[place] = true }
          start = nil
        } else {
          constraints.append(.init(.greaterOrEqual, "\(2 * end).0.0"))
          start = 2 * end
        }
      }
      guard !constraints.isEmpty else { continue }
      if let start { for place in start..<40 { isInside[place] = true } }
      let place = 2 * Int.random(in: 0..<19, using: &random) + 1
      constraints.append(.init(isInside[place] ? .notEqual : .equal, "\(place).0.0"))
      isInside[place].toggle()
      let range = try Vers(type: "npm", constraints.shuffled(using: &random))
      for (number, expected) in isInside.enumerated() {
        #expect(range.contains("\(number).0.0") == expected, "\(range) \(number)")
      }
    }
  }

  // MARK: The words of other tools

  @Test(arguments: [
    ("npm", "^1.2.3", "vers:npm/>=1.2.3|<2.0.0"), ("npm", "^0.0.3", "vers:npm/>=0.0.3|<0.0.4"),
    ("npm", "~1.2", "vers:npm/>=1.2.0|<1.3.0"), ("npm", "~1", "vers:npm/>=1.0.0|<2.0.0"), ("npm", "", "vers:npm/*"),
    ("npm", "*", "vers:npm/*"), ("npm", "1.x || 3.0.0 - 4.0", "vers:npm/>=1.0.0|<2.0.0|>=3.0.0|<=4.0.0"),
    ("npm", "> 1.x", "vers:npm/>=2.0.0"), ("npm", "<2.2.x", "vers:npm/<2.2.0"), ("npm", "<=2.2.x", "vers:npm/<2.3.0"),
    ("npm", ">= v1.0.0 < 2", "vers:npm/>=1.0.0|<2.0.0"), ("npm", "^1.9.9-rc.1", "vers:npm/>=1.9.9-rc.1|<2.0.0"),
    ("pypi", ">=1.0,!=1.5,<2", "vers:pypi/>=1.0|!=1.5|<2"), ("pypi", "==1.0", "vers:pypi/1.0"),
    ("pypi", "~=1.4.2", "vers:pypi/>=1.4.2|<1.5.dev0"), ("pypi", "==1.4.*", "vers:pypi/>=1.4.dev0|<1.5.dev0"),
    ("pypi", "", "vers:pypi/*"), ("gem", ">= 1.0, != 1.5, < 2", "vers:gem/>=1.0|!=1.5|<2"),
    ("gem", "1.0", "vers:gem/1.0"),
    ("gem", "~> 2.0.8.rc1", "vers:gem/>=2.0.8.rc1|<2.1"), ("gem", "~> 2", "vers:gem/>=2|<3"),
    ("conan", "^0.0.1", "vers:conan/>=0.0.1|<0.0.2-"),
    ("conan", ">1 <2 || ~3.4.5-rc1", "vers:conan/>1|<2|>=3.4.5-rc1|<3.5-"),
    ("nginx", "all", "vers:nginx/*"), ("nginx", "1.5.13+, 1.4.7+", "vers:nginx/>=1.4.7|<1.5.0|>=1.5.13"),
    ("nuget", "1.0", "vers:nuget/>=1.0"), ("nuget", "(,1.0]", "vers:nuget/<=1.0"), ("nuget", "[1.0]", "vers:nuget/1.0"),
    ("nuget", "(1.0,2.0)", "vers:nuget/>1.0|<2.0"), ("maven", "(,1.0],[1.2,)", "vers:maven/<=1.0|>=1.2"),
    ("maven", "[1.5]", "vers:maven/1.5"), ("maven", "(,)", "vers:maven/*"),
    ("openssl", "1.0.1b", "vers:openssl/1.0.1b"),
  ])
  func `a range in other words is told in this notation`(type: String, native: String, expected: String) throws {
    #expect(try Vers(native: native, type: type).description == expected)
  }

  @Test func `a number grows whatever its length is`() throws {
    #expect(
      try Vers(native: "~> 1.99999999999999999999.0", type: "gem").description.hasSuffix("|<1.100000000000000000000"))
    // Its order has no such number.
    #expect(throws: VersError(.unreadableVersion, part: "99999999999999999999.0.0")) {
      try Vers(native: "^99999999999999999999.0.0", type: "npm")
    }
  }

  @Test(arguments: [
    ("npm", "latest"), ("npm", ">="), ("npm", "1.2.3.4"), ("npm", "1.0.0 -"), ("pypi", "1.0"), ("pypi", "~=1"),
    ("pypi", ">1.*"), ("pypi", "==1.0,"), ("gem", ">= "), ("gem", "~> a"), ("nuget", "[1.0"), ("nuget", "1.0]"),
    ("nuget", "[1,2,3]"), ("nuget", "(1.0)"), ("nuget", "[1.0]x"), ("maven", "1.0"), ("maven", ""), ("openssl", ""),
    ("openssl", ">1"), ("nginx", "none"), ("nginx", "1.0+"), ("nginx", "1.0.0-2.0.0-3.0.0"), ("conan", "~"),
    ("conan", "^a"), ("conan", ">"),
  ])
  func `what is no range in those words is refused`(type: String, native: String) {
    #expect(throws: VersError(.notARange, part: native)) { try Vers(native: native, type: type) }
  }

  @Test func `a type without a notation is refused`() {
    #expect(throws: VersError(.noNativeNotation, part: "julia")) { try Vers(native: "1", type: "julia") }
  }

  @Test func `an empty range of Conan tells nothing`() throws {
    let range = try Vers(native: " ", type: "conan")
    #expect(range.description == "vers:conan/")
    #expect(range.contains("1.0") == nil)
  }

  @Test func `a scheme's own words and this notation are both taken, each for its own versions`() {
    #expect(Vers.range("^1.0.0", in: SemVer.self)?.contains("1.5.0") == true)
    #expect(Vers.range("vers:npm/>=1.0.0|<2.0.0", in: SemVer.self)?.contains("1.5.0") == true)
    #expect(Vers.range("vers:semver/>=1.0.0|<2.0.0", in: SemVer.self)?.contains("2.5.0") == false)
    #expect(Vers.range("vers:pypi/>=1.0", in: SemVer.self) == nil)
    #expect(Vers.range("vers:npm/>=1.0.0", in: PEP440.self) == nil)
    #expect(Vers.range("vers:npm", in: SemVer.self) == nil)
  }

  @Test func `codes are kebab-case and differ`() {
    let codes = VersError.Code.allCases.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } })
  }

  @Test func `random texts never trap, and what is read is read again from its own text`() {
    var random = SeededGenerator(seed: 12)
    let pieces = [
      "vers:", "npm", "pypi", "/", "|", ">", "<", "=", "!", "*", "1", "2", ".", "0", "-a", "%", "%25", "%7C", " ", ",",
      "~",
      "^", "x", "[", ")", "é",
    ]
    var count = 0
    for _ in 0..<4_000 {
      let tail = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      for type in ["npm", "pypi", "gem", "conan", "nginx", "maven", "nuget", "openssl"] {
        _ = try? Vers(native: tail, type: type)
      }
      guard let range = try? Vers(parsing: "vers:pypi/" + tail, .tolerant) else { continue }
      count += 1
      #expect((try? Vers(parsing: range.description, .tolerant)) == range, "\(tail)")
      _ = range.contains("1.0")
    }
    #expect(count > 60)
  }
}
