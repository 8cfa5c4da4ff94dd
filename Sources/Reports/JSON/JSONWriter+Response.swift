// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import History
internal import Inventory
internal import Parsing
internal import Responding
internal import Scanning

extension JSONReport {
  func write(_ response: Response) {
    let target = response.target
    let wording = Wording(.named(style.language))
    var json = JSONWriter(output)
    json.object { json in
      json.field("schema", "gifthorse.response/1")
      json.field("incident", target.id)
      json.field("asked", target.asked)
      json.field("aliases", target.aliases)
      if let named = target.class { json.field("class", named.rawValue) }
      if let title = target.detail.title(in: style.language) ?? target.summary { json.field("title", title) }
      if let published = target.detail.published { json.field("published", published) }
      if let removed = target.detail.removed { json.field("removed", removed) }
      json.field("outcome", response.outcome.rawValue)
      json.object("scanned", .inline) { json in
        json.field("paths", response.scanned.paths)
        json.field("started", Timestamp(secondsSince1970: response.scanned.started).text)
        json.field("seconds", number: Seconds(response.scanned.seconds).text)
        json.field("files", response.scanned.entries)
      }
      if let window = response.window {
        json.object("window", .inline) { $0.fields(from: window.from, to: window.to) }
      }
      json.array("exposure") { json in
        for place in response.exposure { json.object { $0.fields(of: place, wording) } }
      }
      if !response.hints.isEmpty {
        json.array("hints") { json in
          for place in response.hints { json.object { $0.fields(of: place, wording) } }
        }
      }
      json.credentials(response.credentials, response.catalogue, style) { response.isRead($0) }
      json.rotation(response, style, wording)
      json.field("steps", response.steps(for: style, wording))
      json.field("stepCodes", response.exposure.isEmpty ? [] : target.detail.cleanup)
      json.confinement(response.confinement)
      json.coverage(response.coverage, wording)
    }
    output.write("\n")
  }
}

extension JSONWriter {
  fileprivate mutating func fields(of place: PastSighting, _ wording: Wording) {
    field("purl", place.package.purl)
    field("place", place.place)
    fields(from: place.from, to: place.to)
    field("degree", place.degree.rawValue)
    array("evidence") { json in
      for evidence in place.evidence {
        json.object(.inline) { json in
          json.field("path", evidence.path)
          json.field("detail", Glue.dissolved(wording.sentence(for: evidence)))
          json.field("code", evidence.code.rawValue)
          if !evidence.arguments.isEmpty { json.field("arguments", evidence.arguments) }
        }
      }
    }
  }

  /// The two ends; `null` for a beginning that nothing tells, and for an end that has not come.
  fileprivate mutating func fields(from: PastSighting.Bound?, to: PastSighting.Bound?) {
    bound("from", from)
    bound("to", to)
    if let from, !from.isExact { field("fromIsLatest", true) }
    if let to, !to.isExact { field("toIsLatest", true) }
  }

  private mutating func bound(_ name: String, _ bound: PastSighting.Bound?) {
    if let bound { field(name, Moment(seconds: bound.seconds).text) } else { field(name, orNull: nil) }
  }

  fileprivate mutating func coverage(_ coverage: ResponseCoverage, _ wording: Wording) {
    object("coverage") { json in
      json.field("complete", coverage.ledger.isComplete)
      json.object("read", .inline) { json in
        for kind in ResponseCoverage.Kind.allCases {
          if let count = coverage.read[kind] { json.field(kind.rawValue, count) }
        }
      }
      json.array("places") { json in
        for place in coverage.places {
          json.object(.inline) { json in
            json.field("kind", place.kind)
            json.field("path", place.path)
            json.field("state", place.state)
            json.field("entries", place.entries)
          }
        }
      }
      if !coverage.unclearTraces.isEmpty { json.field("lookYourself", coverage.unclearTraces) }
      json.field("hiddenProcesses", coverage.hiddenProcesses)
      json.ledger(coverage.ledger, language: wording.language)
    }
  }
}
