// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Responding
internal import Scanning

extension JSONReport {
  func write(_ plan: FixPlan) {
    var json = JSONWriter(output)
    let language = Language.named(style.language)
    json.object { json in
      json.field("schema", "gifthorse.fix/1")
      json.field("applied", plan.isApplied)
      json.field("done", plan.isDone)
      json.scanned(plan.scan)
      json.advisories(plan.scan.advisories)
      json.confinement(plan.scan.confinement)
      json.choices(plan.choices)
      json.files(plan.files)
      json.left(plan, language)
      if let moved = plan.quarantine {
        json.quarantine("quarantine", moved, language: language)
      } else if let planned = plan.quarantinePlan {
        json.quarantine("quarantine", planned, language: language)
      }
      if let after = plan.after { json.after(after) }
      if !plan.evidence.isEmpty { json.field("evidence", plan.evidence) }
      json.coverage(plan.scan.coverage, language: language)
    }
    output.write("\n")
  }
}

extension JSONReport {
  func write(_ report: RestoreReport) {
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.restore/1")
      json.restore("restore", report, language: Language.named(style.language))
    }
    output.write("\n")
  }
}

extension JSONWriter {
  /// What a scan found after it was done.
  fileprivate mutating func after(_ scan: ScanReport) {
    object("after", .inline) { json in
      json.field("verdict", scan.verdict.rawValue)
      json.field("started", Timestamp(secondsSince1970: scan.scanned.started).text)
      json.field("findings", scan.findings.count { !$0.isQuarantined })
      json.field("quarantined", scan.findings.count { $0.isQuarantined })
      json.field("complete", scan.coverage.isComplete)
    }
  }

  fileprivate mutating func choices(_ choices: [FixPlan.Choice]) {
    array("choices") { json in
      for choice in choices {
        json.object(.inline) { json in
          json.field("purl", choice.package.purl)
          json.field("class", choice.class.rawValue)
          json.field("findings", choice.findings)
          guard let safe = choice.safe else { return }
          let target = Package(ecosystem: choice.package.ecosystem, name: choice.package.name, version: safe.version)
          json.field("to", target.purl)
          json.field("by", safe.origin.rawValue)
          json.field("older", safe.isOlder)
          if safe.isLessSure { json.field("lessSure", true) }
        }
      }
    }
  }

  fileprivate mutating func files(_ files: [FixPlan.File]) {
    array("files") { json in
      for file in files {
        json.object { json in
          json.field("path", file.path)
          json.field("state", file.state.rawValue)
          if let failure = file.failure { json.field("error", failure) }
          json.field("diff", String(decoding: file.diff, as: UTF8.self))
        }
      }
    }
  }

  fileprivate mutating func left(_ plan: FixPlan, _ language: Language) {
    array("doubts") { json in
      for doubt in plan.doubts {
        json.object(.inline) { json in
          json.field("path", doubt.path)
          json.field("code", doubt.doubt.code.rawValue)
          json.field("arguments", doubt.doubt.arguments)
          json.field("detail", Wording(language).sentence(for: doubt))
        }
      }
    }
    array("commands") { json in
      for command in plan.commands {
        json.object(.inline) { json in
          json.field("folder", command.folder)
          json.field("line", command.line)
        }
      }
    }
    array("untouched") { json in
      for place in plan.untouched {
        json.object(.inline) { json in
          json.field("purl", place.package.purl)
          json.field("path", place.path)
          json.field("kind", place.kind.rawValue)
        }
      }
    }
  }
}
