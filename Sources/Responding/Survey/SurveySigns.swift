// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import Inventory

/// What a walk looks for after an alarm beside packages: the incident's own signs and traces, its hosts in logs, repositories, and files of
/// projects that hold credentials.
struct SurveySigns: Sendable {
  /// What a sign that was found means.
  enum Meaning: Sendable {
    /// A sign of the incident, and whether it lies in the package itself: then nothing need have run.
    case sign(IncidentSigns.Entry, isPartOfPackage: Bool)
    /// A path that the incident leaves behind.
    case trace(TracePattern)
    /// A log in which hosts are looked for.
    case log
    /// `objects/pack` of a repository.
    case repository
    /// A `.git` that is a file.
    case gitLink
    /// A file of a project, with the number of the catalogue's pattern.
    case credential(Int)
  }

  private(set) var signs: [Sign] = []
  private(set) var meanings: [Meaning] = []
  /// The attacker's own hosts and addresses.
  private(set) var hosts: [String] = []
  /// Digests of the incident's files; their places are the numbers of ``SignSighting/What/digest(_:)``.
  private(set) var digests: [IncidentSigns.Digest] = []

  /// Logs in which resolvers and firewalls write names and addresses.
  ///
  /// - Source: dnsmasq(8) (`log-facility`), unbound.conf(5) (`logfile`), named.conf(5), Pi-hole's documentation, systemd-resolved(8) (read
  ///   2026-11-25)
  private static let logNames = [
    "dnsmasq.log*", "pihole.log*", "unbound.log*", "named.log*", "query.log*", "queries.log*", "resolver.log*",
    "dns.log*",
    "syslog*", "messages*", "daemon.log*", "kern.log*", "ufw.log*", "firewall.log*",
  ]

  /// Whether the name behind the star is one that rotating gives: `messages.1`, `syslog-20260514.gz`; not `messages.json`.
  static func isLogName(_ name: Substring) -> Bool {
    guard let base = logNames.lazy.map({ $0.dropLast() }).first(where: { name.hasPrefix($0) }) else {
      // One that lies in a folder of its own has any name.
      return true
    }
    let parts = name.dropFirst(base.count).split(omittingEmptySubsequences: false) { $0 == "." || $0 == "-" }
    guard let first = parts.first else { return true }
    return first.isEmpty
      && parts.dropFirst().allSatisfy { part in
        ["gz", "xz", "zst", "bz2", "lz4", "old", "log"].contains(part)
          || (!part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) })
      }
  }

  /// Where such logs lie in folders of their own, under names that say nothing elsewhere.
  private static let logPaths = [
    "/var/log/pihole/pihole.log*", "/var/log/pihole/FTL.log*", "/var/log/unbound/unbound.log*", "/var/log/named/*",
    "/var/log/bind/*", "/var/log/dnsmasq/*",
  ]
  /// Folders to walk for these, also where the user names others.
  static let logFolders = ["/var/log"]

  init() {}

  /// - Parameters:
  ///   - signs: Those of all incidents.
  ///   - incident: The number of the one that counts; nil for none.
  ///   - credentials: The catalogue's patterns for files of projects.
  init(_ signs: IncidentSigns, incident: Int?, detail: IncidentDetail, credentials: [String]) {
    for entry in signs.entries where entry.incident == incident {
      add(entry.sign, .sign(entry, isPartOfPackage: Self.isPartOfPackage(entry)))
    }
    digests = signs.digests.filter { $0.incident == incident }
    for pattern in detail.traces.files.compactMap(TracePattern.init) {
      for sign in pattern.signs where !self.signs.contains(where: { $0.path == sign.path && $0.kind == sign.kind }) {
        add(sign, .trace(pattern))
      }
    }
    hosts = Set(detail.leaves.flatMap { $0.hosts + $0.addresses + $0.queries }).sorted()
    if !hosts.isEmpty {
      for name in Self.logNames { add(Sign(kind: .file, path: name), .log) }
      for path in Self.logPaths { add(Sign(kind: .file, path: path), .log) }
    }
    addPlaces(credentials)
  }

  /// - Parameter credentials: The catalogue's patterns for files of projects.
  init(credentials: [String]) {
    for (number, path) in credentials.enumerated() { add(Sign(kind: .file, path: path), .credential(number)) }
  }

  private mutating func addPlaces(_ credentials: [String]) {
    add(Sign(kind: .folder, path: "objects/pack"), .repository)
    add(Sign(kind: .file, path: ".git"), .gitLink)
    for (number, path) in credentials.enumerated() { add(Sign(kind: .file, path: path), .credential(number)) }
  }

  private mutating func add(_ sign: Sign, _ meaning: Meaning) {
    signs.append(sign)
    meanings.append(meaning)
  }

  /// A file that may lie anywhere and is told by its digest is the package's own, or its archive.
  private static func isPartOfPackage(_ entry: IncidentSigns.Entry) -> Bool {
    let sign = entry.sign
    guard entry.package == nil else { return true }
    let isAnywhere = !["~", "$", "/"].contains { sign.path.hasPrefix($0) }
    return sign.kind == .file && isAnywhere && (!sign.digests.isEmpty || sign.path.contains("node_modules/"))
  }
}
