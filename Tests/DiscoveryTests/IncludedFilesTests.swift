// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@testable import Discovery

/// Files that another one includes, whatever they are called.
@Suite struct IncludedFilesTests {
  @Test func `an included file is read, and what that one includes as well`() throws {
    let folder = try TemporaryFolder()
    try folder.write("-r lists/base\na==1\n", to: "web/requirements.txt")
    try folder.write("-c ../../shared/pins\nb==1\n", to: "web/lists/base")
    try folder.write("c==1\n", to: "shared/pins")
    let result = try WalkResult(folder)
    #expect(
      result.packages == [
        "shared/pins c@1 declared", "web/lists/base b@1 declared", "web/requirements.txt a@1 declared",
      ])
    #expect(result.problems == [])
  }

  @Test func `a file that several include, or that includes itself, is read once`() throws {
    let folder = try TemporaryFolder()
    try folder.write("-r base\n-r ./base\n-r requirements.txt\n", to: "requirements.txt")
    try folder.write("-r base\n", to: "requirements-dev.txt")
    try folder.write("-r base\n-r requirements.txt\na==1\n", to: "base")
    let result = try WalkResult(folder)
    #expect(result.packages == ["base a@1 declared"])
    #expect(result.files == ["base", "requirements-dev.txt", "requirements.txt"])
    #expect(result.problems == [])
  }

  @Test func `a file that is missing, a link, a folder or outside is a problem, and is not read`() throws {
    let folder = try TemporaryFolder()
    try folder.write("secret==1\n", to: "secret")
    try folder.write("x==1\n", to: "scanned/real")
    try folder.link("scanned/link", to: "real")
    try folder.link("scanned/way", to: "..")
    try folder.makeFolder("scanned/folder")
    try folder.write(
      "-r missing\n-r ../secret\n-r \(folder.path("secret"))\n-r link\n-r way/secret\n-r requirements-no.txt\n",
      to: "scanned/requirements.txt")
    let result = try WalkResult(folder, roots: ["scanned"])
    #expect(result.packages == [])
    #expect(
      result.problems.map { $0.replacing(folder.path, with: "FOLDER") } == [
        "scanned/requirements.txt include-not-read ../secret outside",
        "scanned/requirements.txt include-not-read FOLDER/secret outside",
        "scanned/requirements.txt include-not-read link link",
        "scanned/requirements.txt include-not-read missing missing",
        "scanned/requirements.txt include-not-read requirements-no.txt missing",
        "scanned/requirements.txt include-not-read way/secret link",
      ])
  }

  @Test func `a folder or a FIFO in the place of an included file is a problem`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("lists")
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    try folder.write("-r lists\n-r pipe\n", to: "requirements.txt")
    let result = try WalkResult(folder)
    #expect(result.problems == ["lists not-a-file folder", "pipe not-a-file fifo"])
  }

  @Test func `a scan of one file reads what it includes beside it`() throws {
    let folder = try TemporaryFolder()
    try folder.write("-r requirements-base.txt\na==1\n", to: "requirements.txt")
    try folder.write("b==1\n", to: "requirements-base.txt")
    let result = try WalkResult(folder, roots: ["requirements.txt"])
    #expect(result.packages == ["requirements-base.txt b@1 declared", "requirements.txt a@1 declared"])
  }

  @Test func `a long chain of files is read to its end`() throws {
    let folder = try TemporaryFolder()
    for number in 0..<2000 { try folder.write("-r list\(number + 1)\np\(number)==1\n", to: "list\(number)") }
    try folder.write("end==1\n", to: "list2000")
    try folder.write("-r list0\n", to: "requirements.txt")
    let result = try WalkResult(folder)
    #expect(result.packages.count == 2001)
    #expect(result.problems == [])
  }

  @Test func `more included files than the limit are a problem`() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<300).map { "-r ../outside\($0)\n" }.joined()
    try folder.write(lines, to: "requirements.txt")
    let result = try WalkResult(folder)
    #expect(result.problems.filter { $0.hasSuffix("outside") }.count == Extraction.mostIncludes)
    #expect(result.problems.contains("requirements.txt too-many 256"))
  }

  @Test func `files that setup.cfg, pyproject.toml and conda name are read as requirements`() throws {
    let folder = try TemporaryFolder()
    try folder.write("[options]\ninstall_requires = file: one\n", to: "setup.cfg")
    try folder.write("[tool.setuptools.dynamic]\ndependencies = {file = [\"two\"]}\n", to: "pyproject.toml")
    try folder.write("dependencies:\n- pip:\n  - -r three\n", to: "environment.yml")
    for name in ["one", "two", "three"] { try folder.write("\(name)==1\n", to: name) }
    let result = try WalkResult(folder)
    #expect(result.packages == ["one one@1 declared", "three three@1 declared", "two two@1 declared"])
    #expect(result.problems == [])
  }
}

/// What is listed of Python's installed packages without being one.
@Suite struct PythonSkipsTests {
  private let packages = "venv/lib/python3.11/site-packages"

  @Test func `lines that run at each start are listed, those of setuptools and virtualenv are not`() throws {
    let folder = try TemporaryFolder()
    try folder.write("/opt/lib\nimport example; example.start()\n", to: "\(packages)/example.pth")
    try folder.write("import\tos\n", to: "\(packages)/tab.pth")
    try folder.write("import _virtualenv", to: "\(packages)/_virtualenv.pth")
    try folder.write("import _virtualenv; import example\n", to: "\(packages)/_virtualenv_too.pth")
    let hook = "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; "
    try folder.write(
      hook + "enabled and __import__('_distutils_hack').add_shim(); \n", to: "\(packages)/distutils-precedence.pth")
    try folder.write("importlib\n# import x\n import y\n", to: "\(packages)/paths.pth")
    try folder.write("import example\n", to: "elsewhere/example.pth")
    try folder.write("", to: "\(packages)/empty.pth")
    let result = try WalkResult(folder)
    #expect(
      result.skipped == [
        "\(packages)/_virtualenv_too.pth startup-code 1", "\(packages)/example.pth startup-code 2",
        "\(packages)/tab.pth startup-code 1",
      ])
    #expect(result.problems == [])
  }

  @Test func `a line that runs behind what is read of a file is not passed over in silence`() throws {
    let folder = try TemporaryFolder()
    let comment = "#" + String(repeating: "x", count: 1 << 16) + "\n"
    try folder.write(comment + "import example\n", to: "\(packages)/long.pth")
    #expect(try WalkResult(folder).problems == ["\(packages)/long.pth too-big 65536 65536"])
  }

  @Test func `leftovers of an interrupted pip and packed eggs are listed`() throws {
    let folder = try TemporaryFolder()
    try folder.write("Name: a\nVersion: 1\n\n", to: "\(packages)/~a-1.dist-info/METADATA")
    try folder.write("Name: b\nVersion: 1\n\n", to: "\(packages)/-b-1.egg-info")
    try folder.write([0x50, 0x4B, 3, 4], to: "\(packages)/c-1-py3.11.egg")
    let result = try WalkResult(folder)
    #expect(
      result.skipped == [
        "\(packages)/-b-1.egg-info interrupted-install ", "\(packages)/c-1-py3.11.egg package-archive",
        "\(packages)/~a-1.dist-info/METADATA interrupted-install ~a",
      ])
    #expect(result.packages == ["\(packages)/c-1-py3.11.egg c@1 installed"])
  }
}
