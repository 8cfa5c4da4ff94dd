// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@Suite struct RootsTests {
  /// The rows below the test's own home: the machine's own folders are what they are.
  private func rows(_ outcome: Outcome) -> [String] {
    // How long the temporary folder's name is decides where a row is broken.
    outcome.transcript.replacing("\n|               ", with: " ").split(separator: "\n").map(String.init)
      .filter { $0.contains("FOLDER") }
  }

  @Test func `the places of this user are listed, with what becomes of each`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("home/.nvm")
    try folder.makeFolder("bun")
    let outcome = try run("roots", in: folder, environment: ["BUN_INSTALL": folder.path("bun")])
    #expect(outcome.status == 0)
    #expect(outcome.error == [])
    #expect(
      rows(outcome) == [
        "| home          FOLDER/home (scanned)",
        "| nvm           FOLDER/home/.nvm (inside FOLDER/home)",
        "| fnm           FOLDER/home/.local/share/fnm (not there)",
        "| volta         FOLDER/home/.volta (not there)",
        "| pnpm-global   FOLDER/home/.local/share/pnpm (not there)",
        "| yarn-global   FOLDER/home/.config/yarn/global (not there)",
        "| bun-global    FOLDER/bun (scanned)",
        // Beside the folder of programs on the PATH.
        "| npm-global    FOLDER/lib/node_modules (not there)",
        "| pyenv         FOLDER/home/.pyenv (not there)",
        "| pipx          FOLDER/home/.local/share/pipx (not there)",
        "| uv            FOLDER/home/.local/share/uv/tools (not there)",
        "| uv            FOLDER/home/.local/share/uv/python (not there)",
        // The folder for temporary files.
        "| traces        FOLDER (searched for traces)",
      ])
  }

  @Test func `places of Python are listed where variables name them, and for each version where they are there`() throws
  {
    let folder = try TemporaryFolder()
    try folder.makeFolder("home/miniconda3")
    for name in ["pyenv", "conda", "pipx", "tools", "pythons", "venv", "base/lib/python3.11/site-packages"] {
      try folder.makeFolder(name)
    }
    try folder.makeFolder("prefix/lib/python3.12/dist-packages")
    let environment = [
      "PYENV_ROOT": folder.path("pyenv"), "CONDA_PREFIX": folder.path("conda"), "PIPX_HOME": folder.path("pipx"),
      "UV_TOOL_DIR": folder.path("tools"), "UV_PYTHON_INSTALL_DIR": folder.path("pythons"),
      "VIRTUAL_ENV": folder.path("venv"), "PYTHONUSERBASE": folder.path("base"),
      "PATH": folder.path("prefix/bin"), "WORKON_HOME": "relative",
    ]
    let listed = rows(try run("roots", in: folder, environment: environment))
    for row in [
      "pyenv         FOLDER/pyenv (scanned)", "conda         FOLDER/conda (scanned)",
      "pipx          FOLDER/pipx (scanned)", "uv            FOLDER/tools (scanned)",
      "uv            FOLDER/pythons (scanned)", "virtualenv    FOLDER/venv (scanned)",
      "conda         FOLDER/home/miniconda3 (inside FOLDER/home)",
      "python        FOLDER/base/lib/python3.11/site-packages (scanned)",
      "python        FOLDER/prefix/lib/python3.12/dist-packages (scanned)",
    ] {
      #expect(listed.contains("| " + row), "\(row)")
    }
    #expect(!listed.contains { $0.contains("python3.13") || $0.contains("relative") })
  }

  @Test func `global packages beside a program on the PATH are listed`() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("home")
    try folder.makeFolder("node/lib/node_modules")
    let outcome = try run("roots", in: folder, environment: ["PATH": "\(folder.path)/node/bin:relative/bin"])
    #expect(rows(outcome).contains("| npm-global    FOLDER/node/lib/node_modules (scanned)"))
    #expect(!outcome.transcript.contains("relative"))
  }

  @Test func `a scan without a path looks at exactly the roots that are said to be scanned`() throws {
    let folder = try TemporaryFolder()
    try folder.addBad("home/project")
    try folder.makeFolder("bun")
    let environment = ["BUN_INSTALL": folder.path("bun")]
    let roots = try run("roots", in: folder, environment: environment)
    let listed = roots.transcript.replacing("\n|               ", with: " ").split(separator: "\n")
      .filter { $0.hasSuffix(" (scanned)") }.map { String($0.dropFirst(16).dropLast(10)) }
    let outcome = try run("scan", "--format", "json", in: folder, environment: environment)
    #expect(outcome.status == 1)
    let scanned = try #require(try outcome.json()["scanned"] as? [String: Any])
    let paths = try #require(scanned["paths"] as? [String]).map { $0.replacing(folder.path, with: "FOLDER") }
    #expect(paths == listed)
    #expect(paths.prefix(2) == ["FOLDER/home", "FOLDER/bun"])
  }
}
