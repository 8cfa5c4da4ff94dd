// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Every sentence of the feed's program. Nothing else in this target makes one.
public enum FeedWording {
  // MARK: Errors

  /// What happened, and what to do: lines for standard error.
  public static func lines(_ error: FeedError) -> String {
    let hint = hint(error).map { "hint: \($0)\n" } ?? ""
    return "error: \(sentence(error))\n\(hint)"
  }

  static func sentence(_ error: FeedError) -> String {
    let subject = quoted(error.subject)
    let reason = error.detail.isEmpty ? "" : ": \(plain(error.detail))"
    switch error.code {
    case .invalidSource: return "cannot use \(subject) as a source\(reason)"
    case .insecureAddress: return "\(subject) is an address without encryption"
    case .noFolder: return "there is no folder for the advisories: neither --db nor XDG_DATA_HOME nor HOME names one"
    case .unknownEcosystem: return "the source has no ecosystem \(subject)"
    case .invalidName: return "\(subject) cannot be the name of an ecosystem"
    case .unreachable: return "cannot fetch \(subject)\(reason)"
    case .untrustedCertificate: return "cannot trust the server of \(subject)\(reason)"
    case .refusedByServer: return "the server refused \(subject)\(reason)"
    case .tooLarge: return "\(subject) is larger than \(plain(error.detail)) bytes or entries"
    case .notThere: return "\(subject) is not there"
    case .unreadableList: return "cannot read the list \(subject)\(reason)"
    case .zipBehindList: return "the zip of \(subject) lacks \(figures(error, "of the", "records that its list names"))"
    case .zipUnreadable: return "cannot read \(subject) as a zip\(reason)"
    case .zipTruncated: return "the zip \(subject) is cut off\(reason)"
    case .zipChecksum:
      return "the zip \(subject) is damaged: the content of \(plain(error.detail)) is not what its checksum says"
    case .zipName: return "the zip \(subject) has an entry whose name climbs out of its folder: \(plain(error.detail))"
    case .zipDisagrees: return "the zip \(subject) contradicts itself\(reason)"
    case .zipExpands: return "the zip \(subject) has an entry that expands beyond the limit\(reason)"
    case .setShrank: return "\(subject) shrank from \(figures(error, "to", "records")), by more than a tenth"
    case .setUnreadable: return "of \(subject) \(figures(error, "of", "records")) cannot be read"
    case .noSuchFile: return "\(subject) is not there"
    case .unknownFormat: return "\(subject) is of no format that can be imported"
    case .invalidJSON: return "\(subject) is not valid JSON\(reason)"
    case .nothingToImport: return "there is nothing to import in \(subject)"
    case .entriesNotTaken:
      let entry = error.detail == "1" ? "1 line or entry" : "\(figures(error, "of", "lines or entries"))"
      return "cannot take \(entry) of \(subject)"
    case .ecosystemNotKnown: return "no packages of the ecosystem \(subject) are looked for"
    case .invalidLabel: return "\(subject) cannot be a label"
    case .noSuchLabel: return "nothing was imported under the label \(subject)"
    case .locked: return "another update of \(subject) is running"
    case .cannotRead: return "cannot read \(subject)\(reason)"
    case .cannotWrite: return "cannot write \(subject)\(reason)"
    case .foreignFile: return "\(subject) is not an index of gifthorse"
    case .indexFailed: return "the index \(subject) failed\(reason)"
    }
  }

  static func hint(_ error: FeedError) -> String? {
    switch error.code {
    case .invalidSource: "name an https address, a folder in the layout of OSV's bucket, or a zip of records"
    case .insecureAddress: "use https, or add --allow-http if you trust the whole way to that machine"
    case .noFolder: "name a folder with --db"
    case .unknownEcosystem:
      error.detail.isEmpty
        ? "the source's ecosystems.txt lists those that it has"
        : "did you mean \(quoted(error.detail))?"
    case .invalidName: "names of ecosystems are those of OSV: npm, PyPI, crates.io"
    case .unreachable:
      "the advisories are as they were; check the connection and the proxy (https_proxy), or use a mirror with --from"
    case .untrustedCertificate:
      "if it is your own, name a file of trusted certificates in SSL_CERT_FILE or CURL_CA_BUNDLE"
    case .refusedByServer: "the advisories are as they were; try again later"
    case .tooLarge: "the advisories are as they were; is this really a source of advisories?"
    case .notThere, .cannotRead: "the advisories are as they were"
    case .unreadableList, .zipBehindList, .zipUnreadable, .zipTruncated, .zipChecksum, .zipDisagrees:
      "the advisories are as they were; the copy may be incomplete: try again later, or copy it anew"
    case .zipName, .zipExpands: "the advisories are as they were; do not trust this source"
    case .setShrank: "the advisories are as they were; if you know why, run again with --accept-shrinking"
    case .setUnreadable: "the advisories are as they were; is this really a source of OSV records?"
    case .noSuchFile: "nothing was imported; check the path"
    case .unknownFormat:
      "lists of name@version or of purls, tables in CSV or TSV, catalogues of bumblebee, OpenVEX documents and OSV "
        + "records can be imported"
    case .invalidJSON: "nothing was imported; the file may be incomplete"
    case .nothingToImport: "nothing was imported; is this the right file?"
    case .entriesNotTaken: "nothing was imported; correct them, or leave them out with --skip-bad"
    case .ecosystemNotKnown: "names of ecosystems are those of OSV: npm, PyPI, crates.io"
    case .invalidLabel: "a label has letters, digits, '.', '_' and '-', at most 64; name one with --label"
    case .noSuchLabel:
      error.detail.isEmpty
        ? "there are no records or statements of your own here"
        : "labels that are here: \(plain(error.detail))"
    case .locked: "leave out --no-wait to wait for it"
    case .cannotWrite: "check the folder's permissions and the free space, or name another one with --db"
    case .foreignFile: "move it away, or name another folder with --db"
    case .indexFailed: "run `gifthorse advisories update` to make it anew"
    }
  }

  private static func figures(_ error: FeedError, _ between: String, _ what: String) -> String {
    let numbers = error.detail.split(separator: " ").map { Int($0).map(grouped) ?? plain(String($0)) }
    return "\(numbers.joined(separator: " \(between) ")) \(what)"
  }

  // MARK: Meanwhile

  /// A line for standard error.
  public static func line(_ notice: FeedNotice) -> String {
    switch notice {
    case .waiting(let folder): "note: another update of \(quoted(folder)) is running; waiting for it\n"
    case .beginning(let ecosystems, let source):
      "note: bringing in \(counted(ecosystems, "ecosystem")) from \(plain(source)); --ecosystem narrows\n"
    case .indexUnusable(let path, let detail):
      "warning: cannot use the index \(quoted(path)) (\(plain(detail))): making it anew\n"
        + "hint: private records that it held have to be imported again\n"
    case .ecosystemAbsent(let name): "warning: the source lists \(quoted(name)), but has no records of it\n"
    case .recordsAbsent(let ecosystem, let count):
      "warning: \(plain(ecosystem)): \(counted(count, "record")) that the list names could not be had; the next update asks again\n"
    case .recordsRefused(let ecosystem, let count):
      "warning: \(plain(ecosystem)): \(counted(count, "record")) cannot be read and \(count == 1 ? "is" : "are") left out\n"
    case .notTaken(let fault): "\(sentence(fault))\n"
    case .moreNotTaken(let count): "… and \(grouped(count)) more\n"
    case .knownExploitedKept(let error):
      "warning: the list of known exploited vulnerabilities stays as it was: \(sentence(error))\n"
    }
  }

  /// What a terminal shows of the work, without a line's end.
  public static func line(_ progress: FeedProgress) -> String {
    switch progress {
    case .fetching(let ecosystem, let bytes): "\(plain(ecosystem)): fetched \(grouped(bytes / 1_000_000)) MB"
    case .reading(let ecosystem, let records): "\(plain(ecosystem)): \(counted(records, "record"))"
    case .finishing: "writing the index"
    }
  }

  // MARK: At the end

  /// The answer for a person, on standard output.
  public static func summary(_ report: UpdateReport) -> String {
    let time = "\(tenths(report.seconds)) s"
    if let imported = report.imported { return summary(imported, isNew: report.isNew, time) }
    if let forgotten = report.forgotten { return summary(forgotten, time) }
    let total = report.total
    let date = report.asOf.isEmpty ? "" : ", as of \(plain(report.asOf))"
    let ecosystems = counted(report.ecosystems.count, "ecosystem")
    let head = "\(counted(total.records, "record")) of \(ecosystems)\(date), from \(plain(report.source))\n"
    guard report.isNew else { return "\(head)nothing new (\(time))\n" }
    var parts = [(total.added, "added"), (total.changed, "changed"), (total.removed, "removed")]
      .map { "\(grouped($0.0)) \($0.1)" }
    if total.inPart > 0 { parts.append("\(grouped(total.inPart)) taken in part") }
    if total.refused > 0 { parts.append("\(grouped(total.refused)) refused") }
    return "\(head)\(parts.joined(separator: ", ")) (\(time))\n"
  }

  /// Every character that a terminal would obey, or that would not show, is written as its number.
  public static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same for a text of several lines.
  public static func plainLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { plain(String($0)) }.joined(separator: "\n")
  }

  static func quoted(_ text: String) -> String { "'\(plain(text))'" }

  static func counted(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  static func grouped(_ number: Int) -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.utf8.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }

  static func tenths(_ seconds: Double) -> String {
    let tenths = Int((max(0, min(seconds, 1e9)) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
