// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory
internal import Scanning
internal import Versions

extension Finding {
  /// What happened, in one line: our incident's words, else our own about what records say; of a flaw the record's.
  func title(_ wording: Wording, _ style: ReportStyle) -> String {
    if let incident { return detail.title(in: style.language) ?? incident }
    let package = Argument.text(package.title)
    if self.class != .vulnerable, isOwn { return wording(.recordTitleOwn, package) }
    switch self.class {
    case .malicious, .protestware: return wording(.recordTitleMalicious, package)
    case .suspicious: return wording(.recordTitleSuspicious, package)
    case .vulnerable:
      let summary = record?.leading?.summary ?? ""
      return summary.isEmpty ? wording(.recordTitleVulnerable, package) : summary
    }
  }

  /// Whether only records of the user's own condemn the package.
  var isOwn: Bool {
    let condemning = record?.statements.filter { $0.affected == .yes } ?? []
    return !condemning.isEmpty && condemning.allSatisfy { $0.ownLabel != nil }
  }

  /// What it does and what to do now.
  func advice(_ wording: Wording, _ style: ReportStyle) -> Advice {
    guard incident == nil else { return detail.text(for: style) }
    var advice = Advice()
    switch self.class {
    case .malicious, .protestware:
      advice.what = wording(isOwn ? .recordWhatOwn : .recordWhatMalicious)
      let steps: [Phrase] = [.recordStepStop, .recordStepSecrets, .recordStepAsk]
      advice.steps = steps.map { wording($0) }
    case .suspicious:
      advice.what = wording(.recordWhatSuspicious)
      advice.steps = [wording(.recordStepLook)]
    case .vulnerable:
      advice.what = wording(.recordWhatVulnerable)
      let step = safe.first.map { wording(.recordStepUpdate, .text(package.name), .text($0)) }
      advice.steps = [step ?? wording(.recordStepLeave)]
    }
    return advice
  }
}

extension Wording {
  /// A record's own text, with its source and licence beside it.
  func attributed(_ statement: RecordStatement) -> String {
    if let label = statement.ownLabel {
      return self(.recordTextOfOwn, .words(prose(statement.summary)), .text(label))
    }
    let source = AdvisorySource(of: statement.id, licence: statement.licence)
    return attributed(statement.summary, source: source?.name, licence: source?.licence)
  }

  /// - Parameter source: Of whom the text is; nil where that is not known.
  func attributed(_ text: String, source: String?, licence: String?) -> String {
    let text = Argument.words(prose(text))
    guard let source else { return self(.recordTextOfUnknownSource, text) }
    guard let licence else { return self(.recordTextWithoutLicence, text, .text(source)) }
    return self(.recordText, text, .text(source), .text(licence))
  }
}
