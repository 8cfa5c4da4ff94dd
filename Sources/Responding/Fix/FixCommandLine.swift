// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What a person types where a file is not edited. Never run by this program.
public enum FixCommandLine {
  /// Who keeps a lockfile.
  public enum Tool: String, CaseIterable, Sendable {
    case npm
    case yarnClassic = "yarn-classic"
    case yarnBerry = "yarn-berry"
    case pnpm
    case bun
    case pip
    case poetry
    case uv
    case pdm
    case pipenv
    case cargo
    case go
    case bundler
    case composer
  }

  /// - Parameter isManifestSet: Whether the project's own file says already, by an edit of ours, which version is wanted.
  /// - Returns: Lines for a shell, to be run in the project's folder; none of them runs what packages bring along to be run.
  static func lines(_ tool: Tool, _ pins: [Pin], isManifestSet: Bool) -> [String] {
    if isManifestSet, let line = renewal(tool) { return [line] }
    return pins.flatMap { pin in lines(tool, pin) }
  }

  private static func renewal(_ tool: Tool) -> String? {
    switch tool {
    case .npm: "npm install --package-lock-only --ignore-scripts"
    case .yarnClassic: "yarn install --ignore-scripts"
    case .yarnBerry: "yarn install --mode=update-lockfile"
    case .pnpm: "pnpm install --lockfile-only --ignore-scripts"
    case .bun: "bun install --lockfile-only --ignore-scripts"
    case .poetry: "poetry lock"
    case .uv: "uv lock"
    case .pdm: "pdm lock --update-reuse"
    case .pipenv: "pipenv lock"
    case .pip, .cargo, .go, .bundler, .composer: nil
    }
  }

  private static func lines(_ tool: Tool, _ pin: Pin) -> [String] {
    let (at, equal) = (quoted("\(pin.name)@\(pin.safe)"), quoted("\(pin.name)==\(pin.safe)"))
    switch tool {
    case .npm: return ["npm install \(at) --save-exact --package-lock-only --ignore-scripts"]
    case .yarnClassic: return ["yarn add \(at) --exact --ignore-scripts"]
    case .yarnBerry:
      return pin.bad.map { "yarn set resolution \(quoted("\(pin.name)@npm:\($0)")) \(quoted("npm:\(pin.safe)"))" }
    case .pnpm: return ["pnpm add \(at) --save-exact --lockfile-only --ignore-scripts"]
    case .bun: return ["bun add \(at) --exact --lockfile-only --ignore-scripts"]
    case .pip: return ["pip-compile --generate-hashes --upgrade-package \(equal)"]
    case .poetry: return ["poetry add --lock \(equal)"]
    case .uv: return ["uv lock --upgrade-package \(equal)"]
    case .pdm: return ["pdm add --no-sync \(equal)"]
    case .pipenv: return ["pipenv upgrade \(equal)"]
    case .cargo:
      return pin.bad.map { "cargo update --package \(quoted("\(pin.name)@\($0)")) --precise \(quoted(pin.safe))" }
    case .go: return ["go get \(at)", "go mod tidy"]
    case .bundler: return ["bundle add \(quoted(pin.name)) --version \(quoted("= " + pin.safe)) --skip-install"]
    case .composer:
      return [
        "composer update \(quoted(pin.name)) --with \(quoted("\(pin.name):\(pin.safe)")) --no-install --no-scripts --no-plugins"
      ]
    }
  }

  /// Takes a package out where no version of it is clean.
  static func removal(_ tool: Tool, _ name: String) -> String {
    let name = quoted(name)
    return switch tool {
    case .npm: "npm uninstall \(name) --package-lock-only --ignore-scripts"
    case .yarnClassic: "yarn remove \(name) --ignore-scripts"
    case .yarnBerry: "yarn remove \(name) --mode=update-lockfile"
    case .pnpm: "pnpm remove \(name) --ignore-scripts"
    case .bun: "bun remove \(name) --ignore-scripts"
    case .pip: "pip uninstall \(name)"
    case .poetry: "poetry remove --lock \(name)"
    case .uv: "uv remove --no-sync \(name)"
    case .pdm: "pdm remove --no-sync \(name)"
    case .pipenv: "pipenv uninstall \(name)"
    case .cargo: "cargo remove \(name)"
    case .go: "go mod tidy"
    case .bundler: "bundle remove \(name)"
    case .composer: "composer remove \(name) --no-install --no-scripts --no-plugins"
    }
  }

  /// As one word of a shell, whatever it holds.
  public static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "@%+=:,./-_".utf8.contains(byte)
      }
    }
    if isPlain, !text.isEmpty, text.utf8.first != UInt8(ascii: "-") { return text }
    let parts = text.utf8.split(separator: 0x27, omittingEmptySubsequences: false).map { String(Substring($0)) }
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
