// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Discovery
internal import Parsing

/// Something that takes bytes from strangers, and what must hold whatever they are.
struct FuzzTarget: Sendable {
  let name: String
  /// Where inputs to begin with lie: folders below `Fixtures`, or single files of the project.
  let seeds: [String]
  /// Ends the process where something does not hold.
  let body: @Sendable (Bytes) -> Void
}

/// Every target: the readers, one for each extractor, and what takes texts from the command line and from records.
let fuzzTargets: [FuzzTarget] =
  [
    FuzzTarget(
      name: "json", seeds: ["npm/package-lock", "npm/package-json", "npm/deno-lock", "npm/bun-lock"], body: fuzzJSON),
    FuzzTarget(name: "yaml", seeds: ["npm/pnpm-lock", "npm/yarn-lock", "npm/yarn-state"], body: fuzzYAML),
    FuzzTarget(
      name: "toml", seeds: ["python/poetry-lock", "python/pdm-lock", "python/uv-lock", "python/pylock"], body: fuzzTOML),
    FuzzTarget(name: "text", seeds: ["npm/package-json"], body: fuzzText),
    FuzzTarget(name: "purl", seeds: [], body: fuzzPURL),
    FuzzTarget(name: "vers", seeds: [], body: fuzzVers),
    FuzzTarget(name: "versions", seeds: [], body: fuzzVersions),
    FuzzTarget(name: "query", seeds: [], body: fuzzQuery),
    FuzzTarget(name: "records", seeds: ["../Incidents"], body: fuzzRecords),
    FuzzTarget(name: "imports", seeds: ["../Incidents"], body: fuzzImports),
    FuzzTarget(name: "exploited", seeds: [], body: fuzzExploited),
    FuzzTarget(name: "vectors", seeds: [], body: fuzzVectors),
    FuzzTarget(name: "index", seeds: ["../Incidents"], body: fuzzIndex),
    FuzzTarget(name: "index-rows", seeds: [], body: fuzzRows),
  ]
  + extractors.map { extractor in
    FuzzTarget(name: extractor.id, seeds: [extractor.id]) { fuzzExtractor(extractor, $0) }
  }

/// Ends the process with what does not hold, so that the fuzzer keeps the input.
func require(_ condition: Bool, _ rule: @autoclosure () -> String) {
  if !condition { fatalError(rule()) }
}
