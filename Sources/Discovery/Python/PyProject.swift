// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
public import Parsing

/// Reads what a `pyproject.toml` asks for: the project's dependencies, its extras and groups, what builds it, and the tables of poetry, PDM,
/// uv, Rye, Hatch and Flit.
///
/// - The project's own name and version are no package of a registry; nor is a dependency that uv takes from a folder or a workspace, and an
///   extra that asks for another extra of the project itself.
/// - Requirements files that setuptools is told to take dependencies from are read as well.
/// - Among installed packages, and in caches, such a file says nothing about this machine.
/// - Source: https://packaging.python.org/en/latest/specifications/pyproject-toml/, .../dependency-groups/, the manuals of poetry, PDM, uv,
///   Rye, Hatch, Flit and setuptools (read 2026-11-25)
public enum PyProject: Extractor {
  public static let id = "python/pyproject"
  public static let files: [FilePattern] = [.name("pyproject.toml")]
  public static let role = FileRole.manifest

  public static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError) {
    guard !file.place.isOfInstalledPython else { return }
    var reading = PyProjectReading(entriesLimit: file.limits.entriesPerFile)
    // Also after an error: what was read until then is kept.
    defer { reading.report(to: &extraction) }
    try reading.read(file.text, depthLimit: file.limits.depth)
  }
}
