// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A distribution of system packages: what OSV calls it, and what purls do.
///
/// - Source: https://ossf.github.io/osv-schema/#defined-ecosystems for the ecosystems and their suffixes; the purls of
///   Syft (`distro` is `ID-VERSION_ID` of `os-release`), Trivy and OSV-Scanner for the rest (read 2026-11-25)
///
/// A class, since finding one in the table then copies nothing.
final class Distribution: Sendable {
  /// How OSV's suffix follows from the release that a purl names.
  enum Suffix: Sendable {
    /// There are no releases.
    case none
    /// `9` of `9.3`.
    case major
    /// `22.03-LTS` as it is.
    case whole
    /// `v3.19` of `3.19.1`.
    case alpine
    /// `12` of `12.5` or of `bookworm`.
    case debian
    /// `22.04:LTS` of `22.04` or of `jammy`.
    case ubuntu
    /// `Leap 15.5` of `leap-15.5`.
    case openSUSE
    /// `Linux Enterprise Server 15 SP5`, and the modules of it, of `15.5`.
    case suse
    /// The streams of a release, as CPEs name them.
    case redHat
  }

  /// The purl's type.
  let type: String
  /// OSV's name, without a suffix.
  let ecosystem: String
  /// The purl's namespace, and how else tools write it or begin a `distro` with it; small letters, the one that OSV writes first.
  let names: [String]
  let suffix: Suffix
  /// Whether records may name packages by their binaries too, not only by their sources.
  let namesBinaries: Bool

  init(type: String, ecosystem: String, names: [String], suffix: Suffix, namesBinaries: Bool = false) {
    self.type = type
    self.ecosystem = ecosystem
    self.names = names
    self.suffix = suffix
    self.namesBinaries = namesBinaries
  }

  static let all: [Distribution] = [
    Distribution(type: "deb", ecosystem: "Debian", names: ["debian"], suffix: .debian),
    Distribution(type: "deb", ecosystem: "Ubuntu", names: ["ubuntu"], suffix: .ubuntu),
    Distribution(type: "deb", ecosystem: "Echo", names: ["echo"], suffix: .none),
    Distribution(type: "apk", ecosystem: "Alpine", names: ["alpine"], suffix: .alpine),
    Distribution(type: "apk", ecosystem: "Wolfi", names: ["wolfi"], suffix: .none, namesBinaries: true),
    Distribution(type: "apk", ecosystem: "Chainguard", names: ["chainguard"], suffix: .none, namesBinaries: true),
    Distribution(type: "apk", ecosystem: "MinimOS", names: ["minimos"], suffix: .none, namesBinaries: true),
    Distribution(type: "apk", ecosystem: "CleanStart", names: ["cleanstart"], suffix: .none, namesBinaries: true),
    Distribution(type: "apk", ecosystem: "Alpaquita", names: ["alpaquita"], suffix: .whole),
    Distribution(
      type: "apk", ecosystem: "BellSoft Hardened Containers", names: ["bellsoft-hardened-containers"], suffix: .whole),
    Distribution(
      type: "rpm", ecosystem: "Red Hat", names: ["redhat", "rhel", "red-hat"], suffix: .redHat, namesBinaries: true),
    Distribution(
      type: "rpm", ecosystem: "Rocky Linux", names: ["rocky-linux", "rockylinux", "rocky"], suffix: .major,
      namesBinaries: true),
    Distribution(
      type: "rpm", ecosystem: "AlmaLinux", names: ["almalinux", "alma"], suffix: .major, namesBinaries: true),
    Distribution(type: "rpm", ecosystem: "openSUSE", names: ["opensuse"], suffix: .openSUSE, namesBinaries: true),
    Distribution(
      type: "rpm", ecosystem: "SUSE", names: ["suse", "sles", "sled", "sles_sap"], suffix: .suse, namesBinaries: true),
    Distribution(type: "rpm", ecosystem: "Mageia", names: ["mageia"], suffix: .major),
    Distribution(type: "rpm", ecosystem: "openEuler", names: ["openeuler"], suffix: .whole, namesBinaries: true),
    Distribution(type: "rpm", ecosystem: "Photon OS", names: ["photon"], suffix: .whole, namesBinaries: true),
    Distribution(
      type: "rpm", ecosystem: "Azure Linux", names: ["azurelinux", "azure-linux", "mariner", "cbl-mariner"],
      suffix: .major, namesBinaries: true),
  ]

  /// That of an ecosystem; nil where it is none of a distribution.
  static func named(_ ecosystem: Ecosystem) -> Distribution? {
    let base = ecosystem.base
    return all.first { $0.ecosystem == base }
  }

  /// That of a purl: by its namespace, else by how its `distro` begins.
  static func of(type: String, namespace: String?, distro: String?) -> Distribution? {
    guard let text = namespace ?? distro else { return nil }
    let small = PackageURL.small(text)
    for distribution in all where distribution.type == type && distribution.begins(small) != nil { return distribution }
    return nil
  }

  /// The name with which a text begins, alone or before `-`, `.` or a space (`opensuse-leap`, `opensuse.leap`); the longest one.
  private func begins(_ text: String) -> String? {
    var longest: String?
    for name in names where text.hasPrefix(name) && name.utf8.count > longest?.utf8.count ?? 0 {
      let next = text.utf8.dropFirst(name.utf8.count).first
      let isWhole = next == nil || next == UInt8(ascii: "-") || next == UInt8(ascii: ".") || next == UInt8(ascii: " ")
      if isWhole { longest = name }
    }
    return longest
  }
}

extension Distribution {
  /// The `distro` that says an ecosystem's suffix; nil where there is none to say.
  func distro(of ecosystem: Ecosystem) -> String? {
    guard let release = release(of: ecosystem.rawValue.dropFirst(self.ecosystem.utf8.count + 1)) else { return nil }
    return switch suffix {
    case .none: nil
    // OSV's own purls of both say the product's name in full.
    case .openSUSE, .suse: "\(self.ecosystem) \(release)"
    case .redHat: "rhel-\(release)"
    default: "\(names[0])-\(release)"
    }
  }

  private func release(of suffix: Substring) -> String? {
    guard !suffix.isEmpty else { return nil }
    switch self.suffix {
    case .alpine: return String(suffix.hasPrefix("v") ? suffix.dropFirst() : suffix)
    // `Pro:18.04:LTS` and `22.04:LTS`.
    case .ubuntu:
      return suffix.split(separator: ":").first { $0.utf8.first.map(PackageURL.isDigit) ?? false }.map(String.init)
    // `enterprise_linux:9::appstream`, `rhel_aus:8.4::appstream`.
    case .redHat:
      let parts = suffix.split(separator: ":", omittingEmptySubsequences: false)
      return parts.count > 1 && !parts[1].isEmpty ? String(parts[1]) : nil
    default: return String(suffix)
    }
  }

  /// The ecosystems in which a package of the release that `distro` names is to be looked for: OSV's spelling, likeliest first.
  ///
  /// The one without suffix where the release is not told, or not understood.
  func ecosystems(distro: String?) -> [Ecosystem] {
    guard let distro, !distro.isEmpty else { return [Ecosystem(ecosystem)] }
    let text = PackageURL.small(distro)
    var release = Substring(text)
    if let name = begins(text) { release = release.dropFirst(name.count) }
    release = release.drop { $0 == "-" || $0 == "." || $0 == " " }
    let suffixes = suffixes(release: String(release), distro: distro)
    return suffixes.isEmpty ? [Ecosystem(ecosystem)] : suffixes.map { Ecosystem("\(ecosystem):\($0)") }
  }

  /// - Parameter distro: As it stands in the purl: OSV's suffixes of SUSE are found in it.
  private func suffixes(release: String, distro: String) -> [String] {
    let isNumbered = release.utf8.first.map(PackageURL.isDigit) ?? false
    switch suffix {
    case .none: return []
    case .major: return isNumbered ? [Self.numbers(release, count: 1)] : []
    // The long-term release is half of the name, and is not told by `os-release`.
    case .whole where ecosystem == "openEuler":
      return isNumbered && release.contains("-") ? [release.uppercased()] : []
    case .whole: return release.isEmpty ? [] : [release]
    case .alpine: return Self.alpine(release)
    case .debian: return Self.debian(release)
    case .ubuntu: return Self.ubuntu(release)
    case .openSUSE: return Self.openSUSE(release)
    case .suse: return Self.suse(release, distro: distro)
    case .redHat: return isNumbered ? Self.redHat(release) : []
    }
  }

  /// `9` or `9.3` of `9.3.1-legacy`.
  static func numbers(_ release: String, count: Int) -> String {
    let digits = release.utf8.prefix { PackageURL.isDigit($0) || $0 == UInt8(ascii: ".") }
    return digits.split(separator: UInt8(ascii: ".")).prefix(count).map { String(Substring($0)) }.joined(separator: ".")
  }
}
