// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Confinement
internal import Exposure
internal import History
internal import Inventory
internal import Parsing
internal import Reports
internal import Responding
internal import Scanning

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Since when what a scan has found was here, and what of that is not known.
struct PastOfFindings {
  var exposure: [PastSighting] = []
  /// What was not read to say so.
  var ledger = Coverage()
  /// Findings that were not looked into.
  var withoutExposure: [String] = []
}

/// The files of `--evidence`: the sheet, and the scans before and after, opened before the program gives up the right to open any.
struct EvidenceFiles {
  private let sheet: (path: String, file: AnswerFile)
  private let before: (path: String, file: AnswerFile)
  private let after: (path: String, file: AnswerFile)
  private let checklist: Checklist

  /// - Throws: `ExitCode` after it has said what is wrong.
  init(_ path: String, checklist: String?) throws {
    func open(_ path: String) throws -> (String, AnswerFile) {
      do throws(SystemError) {
        return (path, try AnswerFile(path: path))
      } catch {
        ProcessIO.say(Wording.cannotWrite(path: path, errorName: error.name))
        throw ExitCode(64)
      }
    }
    sheet = try open(path)
    before = try open(path + ".before.json")
    after = try open(path + ".after.json")
    self.checklist = try Self.read(checklist)
  }

  private static func read(_ path: String?) throws -> Checklist {
    guard let path else { return Checklist() }
    let list = ProcessIO.readFile(path, most: Checklist.mostBytes).map { bytes in
      bytes.withUnsafeBufferPointer { Checklist(markdown: $0) }
    }
    guard let list, list.problem == nil else {
      ProcessIO.say(Wording.checklistNotRead(path: path))
      throw ExitCode(64)
    }
    return list
  }

  var paths: [String] { [sheet.path, before.path, after.path] }

  /// - Throws: `ExitCode` where one of them could not be written.
  func write(
    _ plan: FixPlan, _ past: PastOfFindings, _ environment: [String: String], style: ReportStyle
  ) throws {
    var document = EvidenceSheet(
      made: ProcessIO.now(), user: Self.user(environment), host: Self.host(), programVersion: programVersion,
      before: plan.scan, after: plan.after)
    document.exposure = past.exposure
    document.exposureLedger = past.ledger
    document.withoutExposure = past.withoutExposure
    document.edits = plan.files.filter { $0.state == .applied }.map { file in
      EvidenceSheet.Edit(path: file.path, detail: plan.changes(in: file))
    }
    if let moved = plan.quarantine { document.quarantine = moved }
    let catalogue = try CredentialPlaces.catalogue()
    let items = checklist.items.compactMap { item in item.key.map { (catalogue.title(ofItem: $0), item.isTicked) } }
    document.ticked = items.filter(\.1).map(\.0)
    // What other branches still have comes back with them: nobody has changed these.
    let branches = past.exposure.filter { place in
      place.to == nil && place.evidence.contains { $0.code == .branchHasIt }
    }
    let here = Set(plan.files.filter { $0.state == .applied }.map(\.path))
    document.open =
      branches.filter { place in !here.contains { place.place.hasPrefix($0 + " (") } }.map {
        "\($0.package.purl), \($0.place)"
      }
      + items.filter { !$0.1 }.map(\.0)
    document.scans = [try Self.save(plan.scan, before, style)]
    if let scan = plan.after { document.scans.append(try Self.save(scan, after, style)) } else { try after.file.end() }
    let file = sheet.file
    let target = Output { file.write($0) }
    Reports.write(document, style: style, to: target)
    target.flush()
    try file.end()
  }

  private static func save(
    _ scan: ScanReport, _ place: (path: String, file: AnswerFile), _ style: ReportStyle
  ) throws -> EvidenceSheet.SavedScan {
    var digest = SHA256()
    let file = place.file
    let target = Output { bytes in
      digest.add(bytes.bindMemory(to: UInt8.self))
      file.write(bytes)
    }
    Reports.write(scan, as: .json, style: style, to: target)
    target.flush()
    try file.end()
    let name = place.path.split(separator: "/").last.map(String.init) ?? place.path
    return EvidenceSheet.SavedScan(name: name, digest: digest.digest().text)
  }

  private static func user(_ environment: [String: String]) -> String {
    environment["SUDO_USER"] ?? environment["USER"] ?? environment["LOGNAME"] ?? "uid \(getuid())"
  }

  private static func host() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "?" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension FixPlan {
  /// `node-ipc 9.1.6 -> 9.1.5`, for each package whose bad version stood in the file.
  fileprivate func changes(in file: File) -> String {
    let text = String(decoding: file.diff, as: UTF8.self)
    let named = choices.filter { choice in choice.safe != nil && text.contains(choice.package.name) }
    return named.map { "\($0.package.title) -> \($0.safe?.version ?? "")" }.joined(separator: ", ")
  }
}

extension CredentialCatalogue {
  /// What an item of a checklist is about, in words where it is a kind.
  fileprivate func title(ofItem key: String) -> String {
    let id = key.hasPrefix("other:") ? String(key.dropFirst(6)) : key
    return kind(id)?.texts(in: "en").name ?? key
  }
}
