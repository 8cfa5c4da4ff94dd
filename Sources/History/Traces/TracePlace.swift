// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A known place where programs leave what tells of packages.
public enum TracePlace: String, CaseIterable, Sendable {
  case npmCache = "npm-cache"
  case npmLogs = "npm-logs"
  case yarnCache = "yarn-cache"
  case yarnBerryCache = "yarn-berry-cache"
  case pnpmStore = "pnpm-store"
  case bunCache = "bun-cache"
  case denoCache = "deno-cache"
  case pipDownloads = "pip-downloads"
  case pipWheels = "pip-wheels"
  case pipLog = "pip-log"
  case uvCache = "uv-cache"
  case poetryCache = "poetry-cache"
  case pdmCache = "pdm-cache"
  case pipxLogs = "pipx-logs"
  case condaPackages = "conda-packages"
  case cargoCache = "cargo-cache"
  case goCache = "go-cache"
  case gemCache = "gem-cache"
  case composerCache = "composer-cache"
  case mavenRepository = "maven-repository"
  case gradleCache = "gradle-cache"
  case nugetPackages = "nuget-packages"
  case shellHistory = "shell-history"
}
