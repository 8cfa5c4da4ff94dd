// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Parsing

extension RecordJudgement {
  /// Tells beside each finding what somebody here has stated about it in OpenVEX. A statement explains, and takes no finding away.
  mutating func addStatements() throws(AdvisoryIndexError) {
    var statements: [VEXStatement] = []
    try index.forEachVEXDocument { (_, json) throws(AdvisoryIndexError) in
      do throws(ImportError) {
        statements += try Imports.read(json, ImportOptions(name: "")).statements
      } catch {
        // It was read once, when it was put in.
        throw AdvisoryIndexError(.damaged, path: index.path, detail: "OpenVEX")
      }
    }
    guard !statements.isEmpty else { return }
    for finding in findings where !finding.isTrace {
      let names = Set([finding.id] + finding.aliases)
      for statement in Self.latest(
        statements.filter { names.contains($0.vulnerability) && $0.isAbout(finding.package) })
      {
        guard let sighting = finding.sightings.first else { continue }
        let reason =
          statement.justification?.rawValue ?? statement.impactStatement ?? statement.actionStatement
          ?? statement.statusNotes
        notes.append(
          Note(
            code: .ownStatement, path: sighting.path, line: sighting.line, package: finding.package,
            arguments: [finding.id, statement.status.rawValue] + (reason.map { [$0] } ?? [])))
      }
    }
  }

  /// Of several statements about one thing the latest.
  private static func latest(_ statements: [VEXStatement]) -> [VEXStatement] {
    statements.max { (Moment($0.timestamp)?.nanoseconds ?? 0) < (Moment($1.timestamp)?.nanoseconds ?? 0) }.map { [$0] }
      ?? []
  }
}

extension VEXStatement {
  /// Whether one of its products, or of their components, is the package. A product without a version is every version.
  fileprivate func isAbout(_ package: Package) -> Bool {
    products.contains { product in
      let texts = product.subcomponents.isEmpty ? [product.purl ?? product.id] : product.subcomponents
      return texts.contains { text in
        guard let packages = try? PackageURL(parsing: text, .asWritten).packages else { return false }
        return packages.contains { other in
          other.ecosystem.base == package.ecosystem.base
            && other.ecosystem.matchingName(other.name) == package.ecosystem.matchingName(package.name)
            && (other.version == nil || other.version == package.version)
        }
      }
    }
  }
}
