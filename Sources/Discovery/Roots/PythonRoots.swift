// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The places of Python's packages, besides those in the user's home that need no naming.
///
/// - Source: https://docs.python.org/3/library/site.html, the Python policy of Debian, the manuals of pyenv,
///   conda, pipx, uv, virtualenvwrapper and poetry (read 2026-11-25)
struct PythonRoots {
  typealias Place = (path: String, kind: DefaultRoot.Kind)

  private let environment: [String: String]

  init(environment: [String: String]) {
    self.environment = environment
  }

  /// Places that are worth a word even where there is nothing.
  var places: [Place] {
    let places: [(path: String?, kind: DefaultRoot.Kind)] = [
      (variable("PYENV_ROOT") ?? inHome(".pyenv"), .pyenv),
      (variable("CONDA_PREFIX"), .conda), (variable("MAMBA_ROOT_PREFIX"), .conda), ("/opt/conda", .conda),
      (variable("PIPX_HOME") ?? inHome(".local/share/pipx"), .pipx),
      (variable("PIPX_GLOBAL_HOME") ?? "/opt/pipx", .pipx),
      (variable("UV_TOOL_DIR") ?? inHome(".local/share/uv/tools"), .uv),
      (variable("UV_PYTHON_INSTALL_DIR") ?? inHome(".local/share/uv/python"), .uv),
      (variable("VIRTUAL_ENV"), .virtualenv), (variable("WORKON_HOME"), .virtualenv),
      (variable("POETRY_VIRTUALENVS_PATH"), .virtualenv),
      ("/usr/lib/python3/dist-packages", .distribution),
    ]
    return places.compactMap { place in place.path.map { ($0, place.kind) } }
  }

  /// Places that are told only where they are: one for each version of Python that there may be, and conda's usual folders.
  var wherePresent: [Place] {
    let conda = ["miniconda3", "anaconda3", "miniforge3", "mambaforge", "micromamba"]
    var places: [Place] = conda.flatMap { name in ["/opt/\(name)", inHome(name)].compactMap { $0 }.map { ($0, .conda) }
    }
    places += versioned("/usr", .distribution)
    for prefix in ["/usr/local", "/opt/homebrew", variable("PYTHONUSERBASE")].compactMap({ $0 }) + prefixesOfPrograms {
      places += versioned(prefix, .python)
    }
    places += Self.versions.map { ("/Library/Python/\($0)/site-packages", .python) }
    return places + [("/Library/Frameworks/Python.framework/Versions", .python)]
  }

  /// `2.7`, and from `3.4` on further than Python will get for some years.
  private static let versions = ["2.7"] + (4...30).map { "3.\($0)" }

  private func versioned(_ prefix: String, _ kind: DefaultRoot.Kind) -> [Place] {
    Self.versions.flatMap { version in
      [
        "lib/python\(version)/site-packages", "lib64/python\(version)/site-packages",
        "lib/python\(version)/dist-packages",
      ]
      .map { ("\(prefix)/\($0)", kind) }
    }
  }

  /// Wherever `python` may be started from, its packages lie beside: a prefix's `bin` and `lib`.
  private var prefixesOfPrograms: [String] {
    (environment["PATH"] ?? "").utf8.split(separator: UInt8(ascii: ":")).map { Substring($0) }
      .filter { $0.hasPrefix("/") && $0.hasSuffix("/bin") && $0 != "/usr/bin" }
      .map { String($0.dropLast("/bin".count)) }
  }

  private func variable(_ name: String) -> String? {
    environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  private func inHome(_ path: String) -> String? {
    variable("HOME").map { $0 == "/" ? "/\(path)" : "\($0)/\(path)" }
  }
}
