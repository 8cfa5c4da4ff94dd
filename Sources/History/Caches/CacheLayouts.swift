// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory

/// Caches whose files and folders are named for packages: looked at where a wanted name may lie, and nowhere else.
struct CacheLayouts {
  private let reader: TraceReader

  init(_ reader: TraceReader) {
    self.reader = reader
  }

  /// Kind, ecosystem, the places where the cache may lie (see ``TraceReader/path(_:)``), and how names and versions are written below it
  /// (see ``CacheComponent``).
  ///
  /// - Source: (read 2026-11-25) yarn 1: `src/config.js` (`generateModuleCachePath`); yarn 2: https://yarnpkg.com/configuration/yarnrc
  ///   (`cacheFolder`, `globalFolder`) and `Cache.ts` (`getVersionFilename`); bun: https://bun.sh/docs/install/cache; deno:
  ///   https://docs.deno.com/runtime/reference/env_variables (`DENO_DIR`); uv: https://docs.astral.sh/uv/concepts/cache and what uv 0.13 writes;
  ///   pip: https://pip.pypa.io/en/stable/topics/caching; poetry: https://python-poetry.org/docs/configuration (`cache-dir`); pdm: its
  ///   `models/caches.py`; conda: https://docs.conda.io/projects/conda/en/stable/user-guide/configuration (`pkgs_dirs`); cargo:
  ///   https://doc.rust-lang.org/cargo/guide/cargo-home.html; Go: https://go.dev/ref/mod#module-cache; RubyGems: `gem help install`;
  ///   composer: https://getcomposer.org/doc/06-config.md#cache-files-dir; Maven: https://maven.apache.org/repositories/layout.html; Gradle:
  ///   https://docs.gradle.org/current/userguide/directory_layout.html; NuGet:
  ///   https://learn.microsoft.com/nuget/consume-packages/managing-the-global-packages-and-cache-folders
  private static let table = """
    yarn-cache|npm|$YARN_CACHE_FOLDER ^/yarn ~/.yarn-cache #/usr/local/share/.cache/yarn|v*/npm-{-name}-{v}-#-integrity v*/npm-{-name}-{v}-#
    yarn-berry-cache|npm|$YARN_CACHE_FOLDER $YARN_GLOBAL_FOLDER/cache ~/.yarn/berry/cache &/yarn/berry/cache|{-name}-npm-{v}-#-+.zip
    bun-cache|npm|$BUN_INSTALL_CACHE_DIR $BUN_INSTALL/install/cache ~/.bun/install/cache|{name}@{v}~@@
    deno-cache|npm|$DENO_DIR/npm ^/deno/npm|*/{name}/{v}
    uv-cache|PyPI|$UV_CACHE_DIR ^/uv|wheels-v*/pypi/{name}/{v}~-.http wheels-v*/index/*/{name}/{v}~-.http wheels-v*/url/*/{name}/{v}~-.http wheels-v*/index/*/{name}/{v}~-.rev sdists-v*/pypi/{name}/{v}/revision.* sdists-v*/index/*/{name}/{v}/revision.* built-wheels-v*/pypi/{name}/{v}/*.whl built-wheels-v*/pypi/{name}/{v}/*/*.whl
    pip-wheels|PyPI|$PIP_CACHE_DIR/wheels ^/pip/wheels|*/*/*/*/{file}
    poetry-cache|PyPI|$POETRY_CACHE_DIR/artifacts ^/pypoetry/artifacts|*/*/*/*/{file}
    pdm-cache|PyPI|$PDM_CACHE_DIR ^/pdm|packages/{file} wheels/*/*/*/*/{file}
    conda-packages|conda|$CONDA_PKGS_DIRS ~/.conda/pkgs ~/miniconda3/pkgs ~/anaconda3/pkgs ~/miniforge3/pkgs ~/mambaforge/pkgs ~/micromamba/pkgs|{name}-{v}-+
    cargo-cache|crates.io|$CARGO_HOME/registry ~/.cargo/registry|cache/*/{name}-{v}.crate src/*/{name}-{v}
    go-cache|Go|$GOMODCACHE $GOPATH/pkg/mod ~/go/pkg/mod|cache/download/{!name}/@v/{v}.zip {!name}@{v}
    gem-cache|RubyGems|$GEM_HOME ~/.gem ~/.local/share/gem ~/.rbenv/versions ~/.rvm/gems|cache/{name}-{v}~-.gem ruby/*/cache/{name}-{v}~-.gem */lib/ruby/gems/*/cache/{name}-{v}~-.gem */cache/{name}-{v}~-.gem
    composer-cache|Packagist|$COMPOSER_CACHE_DIR ^/composer ~/.composer/cache|files/{.name}/?.zip files/{.name}/?.tar
    maven-repository|Maven|~/.m2/repository|{/name}/{v}/*.jar {/name}/{v}/*.aar {/name}/{v}/*.war
    gradle-cache|Maven|$GRADLE_USER_HOME/caches/modules-2/files-2.1 ~/.gradle/caches/modules-2/files-2.1|{:name}/{v}/*/*.jar {:name}/{v}/*/*.aar
    nuget-packages|NuGet|$NUGET_PACKAGES ~/.nuget/packages|{.name}/{v}
    """

  func read() {
    for row in Self.table.split(separator: "\n") {
      let fields = row.split(separator: "|")
      guard fields.count == 4, let kind = TracePlace(rawValue: String(fields[0])) else {
        preconditionFailure("the table of caches has a bad row: \(row)")
      }
      let ecosystem = Ecosystem(String(fields[1]))
      let names = reader.wanted.names(in: ecosystem)
      guard !names.isEmpty else { continue }
      for path in reader.paths(kind, fields[2].split(separator: " ")) {
        guard let folder = reader.open(kind, path) else { continue }
        let search = CacheSearch(reader, ecosystem, folder)
        for pattern in fields[3].split(separator: " ") { search.look(for: String(pattern), names) }
        reader.finish(kind, path, entries: search.entries)
      }
    }
  }
}
