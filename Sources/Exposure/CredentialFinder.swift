// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
public import Confinement
internal import Inventory

/// Finds the credentials of a home, of the machine, of the environment and of projects.
///
/// It opens what the catalogue names and nothing else, reads as far as it has to, overwrites what it read, and keeps of it only whether
/// there is something and how it is protected. Not to be used by two threads at once.
public final class CredentialFinder {
  private let catalogue: CredentialCatalogue
  /// Of which only names, whether there is a value, and values that say where a file lies are used.
  private let environment: [String: String]
  private let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: pieceBytes + ContentLook.overlap)
  private var seen: [CredentialSighting] = []
  private var result = CredentialFindings()

  private static let pieceBytes = 1 << 16

  public init(_ catalogue: CredentialCatalogue, environment: [String: String] = [:]) {
    self.catalogue = catalogue
    self.environment = environment
  }

  deinit {
    wipe()
    memory.deallocate()
  }

  /// What was found so far.
  public var findings: CredentialFindings {
    var findings = result
    findings.sightings = CredentialSighting.merged(seen)
    findings.problems = Self.unique(result.problems, \.path)
    findings.skipped = Self.unique(result.skipped, \.path)
    return findings
  }

  private static func unique<Element: Hashable>(_ elements: [Element], _ path: (Element) -> String) -> [Element] {
    Set(elements).sorted { path($0) < path($1) }
  }

  // MARK: Where to look

  /// Looks at the known places in a home.
  ///
  /// - Parameters:
  ///   - home: The open folder; it stays open until this returns.
  ///   - shown: How it is shown: `~`, or its path.
  ///   - path: Its absolute path without links, where variables of the environment are about it; nil for another user's, or one on a
  ///     mounted disk.
  public func look(home: Int32, shown: String, path: String? = nil) {
    let own = path.flatMap { CredentialPath.components($0) }
    var tree = PlaceTree()
    for (number, rule) in catalogue.rules.enumerated() {
      for place in rule.paths {
        if place.anchor == .home {
          tree.add(place.parts, rule: number)
          if let own, let moved = moved(place.parts, home: own) { tree.add(moved, rule: number) }
        } else if let own, case .variable = place.anchor {
          for parts in place.absolute(environment) where parts.starts(with: own) {
            tree.add(Array(parts.dropFirst(own.count)), rule: number)
          }
        }
      }
    }
    walk(tree, below: home, shown: shown, reach: .home)
  }

  /// Looks at the known places of the machine, and at those to which variables point outside of the home.
  ///
  /// - Parameters:
  ///   - root: The open root of the file system; it stays open until this returns.
  ///   - shown: How it is shown; empty for `/`.
  ///   - home: The absolute path of the home that was looked at, which is left out.
  public func look(root: Int32, shown: String = "", home: String? = nil) {
    let own = home.flatMap { CredentialPath.components($0) }
    var tree = PlaceTree()
    for (number, rule) in catalogue.rules.enumerated() {
      for place in rule.paths {
        for parts in place.absolute(environment) {
          if let own, parts.starts(with: own) { continue }
          tree.add(parts, rule: number)
        }
        if place.anchor == .home, let moved = movedOut(place.parts, home: own) { tree.add(moved, rule: number) }
      }
    }
    walk(tree, below: root, shown: shown, reach: .machine)
  }

  /// Looks at the names of the environment's variables.
  public func lookAtEnvironment() {
    for (name, value) in environment where !value.isEmpty && name.utf8.count <= 256 {
      for kind in kinds(ofVariable: name) {
        seen.append(
          CredentialSighting(
            kind: kind.id, path: name, place: .variable, reach: .environment, protection: .none))
      }
    }
  }

  /// The kinds that name it; else the first one with a pattern of a service; else that of any secret.
  private func kinds(ofVariable name: String) -> [CredentialKind] {
    let exact = catalogue.kinds.filter { $0.variables.contains { !$0.isWild && $0.matches(name) } }
    let named = exact.filter { $0.id != Self.anySecret }
    guard named.isEmpty else { return named }
    let alike = catalogue.kinds.filter { $0.variables.contains { $0.matches(name) } }
    return alike.first { $0.id != Self.anySecret }.map { [$0] } ?? alike
  }

  private static let anySecret = "environment-secret"

  /// Looks at a file of a project that has one of the catalogue's names.
  ///
  /// - Parameters:
  ///   - file: Open for reading; it stays open until this returns.
  ///   - pattern: The number of the name in ``CredentialCatalogue/projectSigns``.
  ///   - shown: Its path.
  public func look(at file: Int32, pattern: Int, shown: String) {
    guard catalogue.projectRules.indices.contains(pattern) else { return }
    do throws(SystemError) {
      let facts = try SafeOpening.facts(of: file)
      take(
        PlaceWalk.Found(
          descriptor: file, facts: facts, shown: shown, rules: catalogue.projectRules[pattern], isByPattern: true,
          isReachable: true), reach: .project)
    } catch {
      fail(shown, error)
    }
  }

  /// A file of a project could not be opened.
  public func fail(_ shown: String, _ error: SystemError) {
    let reason: Coverage.Reason = error.isPermission ? .permissionDenied : error.isAbsence ? .vanished : .unreadable
    result.problems.append(
      Coverage.Problem(path: shown, reason: reason, arguments: reason == .unreadable ? [error.name] : []))
  }

  // MARK: Folders that variables move

  /// Where a path below `~/.config` or `~/.local/share` lies, if a variable moves that folder to another one of the home.
  /// - Source: https://specifications.freedesktop.org/basedir-spec/latest/ (read 2026-11-25)
  private func moved(_ parts: [String], home: [String]) -> [String]? {
    guard let whole = movedAnywhere(parts), whole.starts(with: home) else { return nil }
    return Array(whole.dropFirst(home.count))
  }

  private func movedOut(_ parts: [String], home: [String]?) -> [String]? {
    guard let home, let whole = movedAnywhere(parts), !whole.starts(with: home) else { return nil }
    return whole
  }

  private func movedAnywhere(_ parts: [String]) -> [String]? {
    let folders: [(String, [String])] = [
      ("XDG_CONFIG_HOME", [".config"]), ("XDG_DATA_HOME", [".local", "share"]), ("XDG_CACHE_HOME", [".cache"]),
    ]
    for (variable, folder) in folders where parts.starts(with: folder) {
      guard let value = environment[variable].flatMap({ CredentialPath.components($0) }) else { continue }
      return value + parts.dropFirst(folder.count)
    }
    return nil
  }

  // MARK: Looking

  private func walk(_ tree: PlaceTree, below folder: Int32, shown: String, reach: CredentialSighting.Reach) {
    guard !tree.isEmpty else { return }
    let walk = PlaceWalk(
      tree: tree, root: folder, isOfMachine: reach == .machine, look: { self.take($0, reach: reach) },
      problem: { self.result.problems.append($0) }, skip: { self.result.skipped.append($0) })
    walk.run(shown: shown)
  }

  private func take(_ found: PlaceWalk.Found, reach: CredentialSighting.Reach) {
    let name = found.shown.split(separator: "/").last.map(String.init) ?? found.shown
    let rules = found.rules.map { ($0, catalogue.rules[$0]) }
      .filter { !$0.1.except.contains { $0.matches(name) } }
      .filter { ($0.1.test == .folder) == (found.facts.kind == .folder) }
    switch found.facts.kind {
    case .file where found.facts.size > 0: takeFile(found, rules, reach)
    case .folder where !rules.isEmpty: takeFolder(found, rules, reach)
    case .fifo, .socket, .device:
      guard !found.isByPattern else { return }
      result.problems.append(
        Coverage.Problem(path: found.shown, reason: .notAFile, arguments: [found.facts.kind.rawValue]))
    case .file, .folder, .link: return
    }
  }

  private func takeFolder(
    _ found: PlaceWalk.Found, _ rules: [(Int, CredentialRule)], _ reach: CredentialSighting.Reach
  ) {
    do throws(SystemError) {
      let entries = try FolderListing.names(of: found.descriptor, most: PlaceWalk.mostEntries).names.count
      guard entries > 0 else { return }
      for (_, rule) in rules {
        add(rule, found, .folder(identity(found), entries: entries), reach, rule.protection ?? .none)
      }
    } catch {
      fail(found.shown, error)
    }
  }

  private func takeFile(
    _ found: PlaceWalk.Found, _ rules: [(Int, CredentialRule)], _ reach: CredentialSighting.Reach
  ) {
    guard !rules.isEmpty else { return }
    result.filesRead += 1
    let place = CredentialSighting.Place.file(identity(found))
    for (_, rule) in rules where !rule.needsContent { add(rule, found, place, reach, rule.protection ?? .none) }
    let withContent = rules.filter(\.1.needsContent)
    guard !withContent.isEmpty else { return }
    var look = ContentLook(withContent.map { (number: $0.0, rule: $0.1) })
    do throws(SystemError) {
      let isWhole = try read(found.descriptor, &look)
      for (number, protection) in look.found {
        add(catalogue.rules[number], found, place, reach, protection)
      }
      if !isWhole, look.found.isEmpty {
        let arguments = ["\(found.facts.size)", "\(ContentLook.mostBytes)"]
        result.problems.append(Coverage.Problem(path: found.shown, reason: .tooBig, arguments: arguments))
      }
    } catch {
      fail(found.shown, error)
    }
  }

  /// - Returns: Whether the whole file was read, or as much as it took.
  private func read(_ file: Int32, _ look: inout ContentLook) throws(SystemError) -> Bool {
    defer { wipe() }
    guard let base = memory.baseAddress else { return true }
    var (offset, kept) = (0, 0)
    while offset < ContentLook.mostBytes {
      let got = gifthorse_read_at(file, base + kept, memory.count - kept, Int64(offset))
      guard got >= 0 else { throw SystemError(code: Int32(truncatingIfNeeded: -got)) }
      if got == 0 { return true }
      let filled = kept + got
      let last = min(filled, ContentLook.overlap)
      // The end of this piece comes again as the beginning of the next; looking may change it.
      var tail = Array(UnsafeBufferPointer(rebasing: memory[(filled - last)..<filled]))
      defer { tail.withUnsafeMutableBytes { if let start = $0.baseAddress { gifthorse_wipe(start, $0.count) } } }
      look.take(UnsafeMutableBufferPointer(rebasing: memory[..<filled]), isFirst: offset == 0)
      if look.isSettled { return true }
      offset += got
      tail.withUnsafeBufferPointer { if let start = $0.baseAddress { base.update(from: start, count: last) } }
      kept = last
    }
    return false
  }

  private func wipe() {
    if let base = memory.baseAddress { gifthorse_wipe(base, memory.count) }
  }

  private func identity(_ found: PlaceWalk.Found) -> CredentialSighting.FileIdentity {
    var times = gifthorse_times()
    let isTold = gifthorse_times_of(found.descriptor, "", &times) == 0
    let mode = PlaceWalk.mode(of: "", in: found.descriptor) ?? 0
    return CredentialSighting.FileIdentity(
      modified: isTold ? times.modified : 0, inode: found.facts.inode, device: found.facts.device,
      isReadableByOthers: found.isReachable && mode & 0o044 != 0)
  }

  private func add(
    _ rule: CredentialRule, _ found: PlaceWalk.Found, _ place: CredentialSighting.Place,
    _ reach: CredentialSighting.Reach, _ protection: Protection
  ) {
    seen.append(
      CredentialSighting(
        kind: catalogue.kinds[rule.kind].id, path: found.shown, place: place, reach: reach, protection: protection))
  }
}
