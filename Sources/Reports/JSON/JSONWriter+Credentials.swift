// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Exposure
internal import Inventory
internal import Parsing
internal import Responding
internal import Scanning

extension JSONWriter {
  /// - Parameter isRead: nil where there is no incident.
  mutating func credentials(
    _ credentials: [CredentialSighting], _ catalogue: CredentialCatalogue, _ style: ReportStyle,
    isRead: ((CredentialSighting) -> Bool)? = nil
  ) {
    array("credentials") { json in
      for credential in credentials {
        json.object(.inline) { json in
          json.field("kind", credential.kind)
          if let kind = catalogue.kind(credential.kind) { json.field("name", kind.texts(in: style.language).name) }
          json.field("path", credential.path)
          if let isRead { json.field("readByIncident", isRead(credential)) }
          json.fields(of: credential)
        }
      }
    }
  }

  private mutating func fields(of credential: CredentialSighting) {
    if let identity = credential.identity {
      field("modified", Moment(seconds: identity.modified).text)
      field("inode", number: "\(identity.inode)")
      if identity.isReadableByOthers { field("readableByOthers", true) }
    } else {
      field("modified", orNull: nil)
    }
    if case .folder(_, let entries) = credential.place { field("entries", entries) }
    field("protection", credential.protection.rawValue)
    field("foundIn", credential.reach.rawValue)
  }

  /// What to do before anything is revoked, and then what to replace, in one order.
  mutating func rotation(_ response: Response, _ style: ReportStyle, _ wording: Wording) {
    array("rotation") { json in
      guard let plan = response.rotation else { return }
      for (number, step) in plan.before.enumerated() {
        json.object(.inline) { json in
          json.field("order", number + 1)
          json.field("kind", "step:" + step.rawValue)
          json.field("what", wording.language.cleanup(step))
          json.field("where", wording(ResponsePhrase.rotationHere))
          json.field("how", wording.language.cleanup(step))
        }
      }
      for item in plan.items {
        json.object { $0.fields(of: item, response, style, after: plan.before.count) }
      }
    }
    field("fromAnotherComputer", response.rotation?.isFromAnotherComputer ?? false)
    field("readsKnown", response.rotation?.isReadKnown ?? response.target.isAttack)
  }

  private mutating func fields(
    of item: RotationPlan.Item, _ response: Response, _ style: ReportStyle, after steps: Int
  ) {
    let texts = response.catalogue.kind(item.kind)?.texts(in: style.language)
    field("order", item.order + steps)
    field("kind", item.kind)
    field("what", texts?.name ?? item.kind)
    field("where", texts?.where ?? "")
    field("how", texts?.how ?? "")
    if let log = texts?.log { field("log", log) }
    if let scope = texts?.scope { field("scope", scope) }
    field("why", item.reason.rawValue)
    field("places", item.places.map(\.path))
    field("protection", item.protection.rawValue)
    guard let entry = response.progress?.entries.first(where: { $0.item == item }), entry.state != .new else { return }
    field("state", entry.state.rawValue)
    field("ticked", entry.isTicked)
    if !entry.changed.isEmpty { field("changedSince", entry.changed) }
  }
}

extension JSONReport {
  func write(_ report: ExposureReport) {
    let language = Language.named(style.language)
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.exposure/1")
      json.field("at", Moment(seconds: report.now).text)
      json.credentials(report.credentials, report.catalogue, style)
      json.array("easiest") { json in
        for way in report.easiest.ways {
          json.object(.inline) { json in
            let texts = way.way.texts(in: style.language)
            json.field("id", way.way.id)
            json.field("what", texts.what)
            json.field("how", texts.how)
            json.field("paths", way.sightings.map(\.path))
          }
        }
      }
      json.coverage(report.coverage, language: language)
    }
    output.write("\n")
  }
}
