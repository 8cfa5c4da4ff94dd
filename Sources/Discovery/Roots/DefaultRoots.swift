// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A place where this user's packages lie.
public struct DefaultRoot: Hashable, Sendable {
  /// Why the place is looked at. Stable.
  public enum Kind: String, CaseIterable, Sendable {
    case home
    /// Where npm puts what is installed globally.
    case npmGlobal = "npm-global"
    case pnpmGlobal = "pnpm-global"
    case yarnGlobal = "yarn-global"
    case bunGlobal = "bun-global"
    /// Packages of node and Python as the system's own package manager installs them.
    case distribution
    /// Where pip puts what is installed for everybody, or for one user elsewhere than at home.
    case python
    case pyenv
    case conda
    case pipx
    case uv
    /// Environments of Python that variables name.
    case virtualenv
    case nvm
    case fnm
    case volta
    /// Other managers of node versions: n, nodenv, asdf, mise.
    case versionManager = "version-manager"
  }

  /// Whether it is scanned.
  public enum State: Hashable, Sendable {
    case scanned
    /// Part of another root.
    case inside(String)
    case missing
  }

  public let path: String
  public let kind: Kind
  public let state: State
}

/// The places that a scan without a path looks at: this machine, for this user.
///
/// - Source: the manuals of npm (`npm help folders`), pnpm (`pnpm-home`), yarn 1 (`yarn global dir`), bun (`BUN_INSTALL`), nvm, fnm, volta
///   (read 2026-11-23); of Python (`site`), Debian's Python policy, pyenv, conda, pipx (`PIPX_HOME`), uv (`UV_TOOL_DIR`) (read 2026-11-25)
public enum DefaultRoots {
  /// - Parameters:
  ///   - environment: The environment variables.
  ///   - realFolder: The absolute path, without links, of a folder; nil where there is no folder at the path.
  /// - Returns: Each place once, the home first; those that are missing or part of another one too.
  public static func find(
    environment: [String: String], realFolder: (String) -> String?
  ) -> [DefaultRoot] {
    var found: [DefaultRoot] = []
    var seen: Set<String> = []
    let python = PythonRoots(environment: environment)
    let existing = python.wherePresent.filter { realFolder($0.path) != nil }
    for (path, kind) in candidates(environment) + python.places + existing {
      guard let real = realFolder(path) else {
        if seen.insert(path).inserted { found.append(DefaultRoot(path: path, kind: kind, state: .missing)) }
        continue
      }
      guard seen.insert(real).inserted else { continue }
      let holder = found.first { $0.state == .scanned && real.isBelow($0.path) }
      found.append(DefaultRoot(path: real, kind: kind, state: holder.map { .inside($0.path) } ?? .scanned))
    }
    return found
  }

  private static func candidates(_ environment: [String: String]) -> [(path: String, kind: DefaultRoot.Kind)] {
    func variable(_ name: String) -> String? {
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let home = variable("HOME")
    func inHome(_ path: String) -> String? {
      home.map { $0 == "/" ? "/\(path)" : "\($0)/\(path)" }
    }
    var places: [(path: String?, kind: DefaultRoot.Kind)] = [(home, .home)]
    places += [
      (variable("NVM_DIR") ?? inHome(".nvm"), .nvm),
      (variable("FNM_DIR") ?? inHome(".local/share/fnm"), .fnm),
      (variable("VOLTA_HOME") ?? inHome(".volta"), .volta),
      (variable("N_PREFIX"), .versionManager), (variable("NODENV_ROOT"), .versionManager),
      (variable("ASDF_DATA_DIR"), .versionManager), (variable("MISE_DATA_DIR"), .versionManager),
      (variable("PNPM_HOME") ?? inHome(".local/share/pnpm"), .pnpmGlobal),
      (inHome(".config/yarn/global"), .yarnGlobal), ("/usr/local/share/.config/yarn/global", .yarnGlobal),
      (variable("BUN_INSTALL") ?? inHome(".bun"), .bunGlobal),
    ]
    let prefixes = [variable("NPM_CONFIG_PREFIX"), variable("npm_config_prefix")].compactMap { $0 }
    places += prefixes.map { ("\($0)/lib/node_modules", .npmGlobal) }
    // Wherever `node` may be started from, its global packages lie beside: a prefix's `bin` and `lib`.
    places += (environment["PATH"] ?? "").utf8.split(separator: UInt8(ascii: ":")).map { Substring($0) }
      .filter { $0.hasPrefix("/") && $0.hasSuffix("/bin") }
      .map { ("\($0.dropLast("/bin".count))/lib/node_modules", .npmGlobal) }
    places += ["/usr/local", "/usr", "/opt/homebrew"].map { ("\($0)/lib/node_modules", .npmGlobal) }
    places += ["/usr/share/nodejs", "/usr/lib/nodejs"].map { ($0, .distribution) }
    return places.compactMap { place in place.path.map { ($0, place.kind) } }
  }
}

extension String {
  /// Whether this path lies below the folder `other`; both absolute, without links.
  fileprivate func isBelow(_ other: String) -> Bool {
    other == "/" || hasPrefix(other + "/")
  }
}
