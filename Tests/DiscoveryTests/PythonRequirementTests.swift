// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Discovery

/// Dependency specifiers, read as the specification has them and as leniently as pip does.
@Suite struct PythonRequirementTests {
  @Test(arguments: [
    ("A", "A", ""), ("A.B-C_D", "A.B-C_D", ""), ("aa", "aa", ""), ("name", "name", ""), ("name<=1", "name", "<=1"),
    ("name>=3", "name", ">=3"), ("name>=3,", "name", ">=3"), ("name>=3,<2", "name", ">=3,<2"),
    ("name [fred,bar] ; python_version == '2.7'", "name", ""), ("name(>=3,<4)", "name", ">=3,<4"),
    ("name ( >= 3 , < 4 ) ; os_name=='a' or os_name=='b'", "name", ">=3,<4"), ("name[]", "name", ""),
    ("name[quux, strange];python_version<'2.7' and platform_version=='2'", "name", ""),
    ("  name  ==  1.0.post1  ", "name", "==1.0.post1"), ("name~=1!2.0+local.1", "name", "~=1!2.0+local.1"),
    ("name===anything/at-all", "name", "===anything/at-all"),
  ])
  func `what the specification allows is understood`(_ text: String, _ name: String, _ specifier: String) throws {
    let requirement = try #require(PythonRequirement(text))
    #expect(requirement.isUnderstood)
    #expect(requirement.name == name)
    #expect(requirement.specifier == specifier)
  }

  @Test(arguments: [
    ("name@http://foo.example", "http://foo.example"),
    ("name [fred] @ http://foo.example ; python_version=='2.7'", "http://foo.example"),
    ("pip @ file:///local/pip-1.3.1.zip", "file:///local/pip-1.3.1.zip"),
  ])
  func `an address stands behind an at sign`(_ text: String, _ address: String) throws {
    let requirement = try #require(PythonRequirement(text))
    #expect(requirement.isUnderstood)
    #expect(requirement.address == address)
    #expect(requirement.hasMarker == text.contains(";"))
  }

  @Test(arguments: [
    "name 1.0", "name=1.0", "name==", "name>=1,2", "name[extra", "name (>=1", "name-", "name==1 2", "name @",
    "name @ a b",
    "name==1.0#x", "name/other", "name?", "name=>1",
  ])
  func `what nobody allows keeps its name and is not understood`(_ text: String) throws {
    let requirement = try #require(PythonRequirement(text))
    #expect(!requirement.isUnderstood)
    #expect(requirement.name.hasPrefix("name"))
  }

  @Test(arguments: ["", " ", "-e .", "==1", "_name", "[extra]", "@ http://foo.example", "é"])
  func `what begins with no name is no requirement`(_ text: String) {
    #expect(PythonRequirement(text) == nil)
  }

  @Test(arguments: [
    ("a==1.0", "1.0"), ("a===1.0", "1.0"), ("a>=0.5,==1.0", "1.0"), ("a (==1.0)", "1.0"), ("a==1.0+cpu", "1.0+cpu"),
    ("a==1.*", nil), ("a~=1.0", nil), ("a>=1.0", nil), ("a!=1.0", nil), ("a", nil), ("a==${V}", nil), ("a<=1.0", nil),
  ])
  func `only one version given whole is a pin`(_ text: String, _ version: String?) {
    #expect(PythonRequirement(text)?.pinned == version)
  }

  @Test(arguments: [
    ("litellm-1.82.7-py3-none-any.whl", "litellm", "1.82.7"),
    ("a/b/x_y-1.0-1-cp39-abi3-any.whl?t=1#sha256=0", "x_y", "1.0"),
    ("zope.interface-6.0.tar.gz", "zope.interface", "6.0"), ("python-dateutil-2.8.2.zip", "python-dateutil", "2.8.2"),
    ("https://host.example/torch-1.8.1%2Bcpu-cp39-cp39-linux_x86_64.whl", "torch", "1.8.1+cpu"),
    ("C:\\wheels\\six-1.16.0.tar.bz2", "six", "1.16.0"),
  ])
  func `an archive's name tells what it holds`(_ address: String, _ name: String, _ version: String) throws {
    let archive = try #require(PythonArchive(address: address))
    #expect(archive.name == name)
    #expect(archive.version == version)
  }

  @Test(arguments: ["", "main.zip", "a-1.0", "a-1.0.whl", "-1.0.tar.gz", "a-.zip", "%", "a-1.0-py3-none-any.WHL"])
  func `what is no archive of a package tells nothing`(_ address: String) {
    #expect(PythonArchive(address: address) == nil)
  }

  @Test(arguments: [
    ("1.2.3", "1.2.3"), ("==1.2.3", "1.2.3"), ("=1.2.3", "1.2.3"), (" 1.2.3 ", "1.2.3"), ("== 1.2.3", "1.2.3"),
    ("^1.2.3", nil), ("~1.2", nil),
    ("1.*", nil), ("*", nil), (">=1,<2", nil), ("1.0 || 2.0", nil), ("!=1.0", nil), ("", nil), ("latest", nil),
  ])
  func `a bare version is a pin for poetry`(_ constraint: String, _ version: String?) {
    #expect(PythonEntry.pinned(constraint) == version)
  }

  @Test func `a file's lines end where Python ends them, and are counted as everywhere`() {
    let text = Array("a\rb\r\nc\u{0B}d\u{85}e\u{2028}f\n\ng".utf8)
    let lines = text.withUnsafeBufferPointer { bytes in
      PythonLines(bytes).map { "\($0.bytes.string) \($0.line) \($0.isEnded)" }
    }
    #expect(
      lines == ["a 1 true", "b 1 true", "c 2 true", "d 2 true", "e 2 true", "f 2 true", " 3 true", "g 4 false"])
  }
}

/// What is told of Python's files never holds a password.
@Suite struct PythonCredentialsTests {
  @Test(arguments: FixtureCase.all.filter { $0.extractor.id.hasPrefix("python/") })
  func `no fixture's secret is told`(_ fixture: FixtureCase) throws {
    let outcome = try fixture.outcome()
    for package in outcome.packages {
      #expect(![package.name, package.requirement ?? "", package.source ?? ""].contains { $0.contains("secret") })
    }
    #expect(!outcome.problems.contains { $0.arguments.contains { $0.contains("secret") } })
    #expect(!outcome.includes.contains { $0.path.contains("secret") })
  }
}
