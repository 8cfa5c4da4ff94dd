// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Inventory
internal import Parsing
internal import Responding

extension JSONWriter {
  /// What would be moved, as the field `name`.
  mutating func quarantine(_ name: String, _ plan: QuarantinePlan, language: Language) {
    object(name) { json in
      json.field("applied", false)
      json.array("batches") { json in
        for batch in plan.batches {
          json.object { json in
            json.field("folder", batch.shownFolder)
            json.items("items", batch.items)
          }
        }
      }
      json.refusals(plan.refusals, language)
    }
  }

  /// What was moved, as the field `name`.
  mutating func quarantine(_ name: String, _ report: QuarantineReport, language: Language) {
    object(name) { json in
      json.field("applied", true)
      json.field("complete", report.isComplete)
      json.array("batches") { json in
        for batch in report.batches {
          json.object { json in
            json.field("folder", batch.folder)
            json.field("path", batch.path)
            json.field("locked", batch.isLocked)
            json.items("items", batch.items)
          }
        }
      }
      json.field("finished", report.finished)
      json.refusals(report.refusals, language)
    }
  }

  /// What was put back, as the field `name`.
  mutating func restore(_ name: String, _ report: RestoreReport, language: Language) {
    object(name) { json in
      json.field("complete", report.isComplete)
      json.field("folder", report.folder)
      json.items("restored", report.restored)
      json.items("alreadyBack", report.alreadyBack)
      json.refusals(report.refusals, language)
    }
  }

  /// Each on one line; the fields are those of a manifest.
  private mutating func items(_ name: String, _ items: [QuarantinedItem]) {
    array(name) { json in
      for item in items { json.object(.inline) { $0.fields(of: item) } }
    }
  }

  private mutating func fields(of item: QuarantinedItem) {
    field("number", item.number)
    field("from", item.shownOrigin)
    field("kind", item.kind.rawValue)
    field("role", item.role.rawValue)
    field("mode", String(item.mode, radix: 8))
    field("modified", Moment(nanoseconds: item.modified).text)
    field("size", item.size)
    field("files", item.files)
    field("sharedFiles", item.sharedFiles)
    field("sha256", item.digest)
    array("packages", .inline) { json in
      for content in item.contents {
        json.object(.inline) { json in
          json.field("purl", content.package.purl)
          json.field("findings", content.findings)
        }
      }
    }
  }

  private mutating func refusals(_ refusals: [QuarantineRefusal], _ language: Language) {
    array("refused") { json in
      for refusal in refusals {
        json.object(.inline) { json in
          json.field("path", refusal.path)
          json.field("reason", refusal.code.rawValue)
          json.field("detail", Glue.dissolved(Wording(language).sentence(for: refusal)))
          if !refusal.arguments.isEmpty { json.field("arguments", refusal.arguments) }
        }
      }
    }
  }
}
