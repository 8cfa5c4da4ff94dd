// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// From the release that a purl names to the suffixes of OSV's ecosystem, for each distribution that has ways of its own.
extension Distribution {
  /// Code names of Debian's releases.
  ///
  /// - Source: https://debian.pages.debian.net/distro-info-data/debian.csv (read 2026-11-25)
  private static let debianReleases: [String: String] = [
    "woody": "3.0", "sarge": "3.1", "etch": "4.0", "lenny": "5.0", "squeeze": "6.0", "wheezy": "7", "jessie": "8",
    "stretch": "9", "buster": "10", "bullseye": "11", "bookworm": "12", "trixie": "13", "forky": "14", "duke": "15",
  ]

  /// Code names of Ubuntu's releases.
  ///
  /// - Source: https://debian.pages.debian.net/distro-info-data/ubuntu.csv (read 2026-11-25)
  private static let ubuntuReleases: [String: String] = [
    "trusty": "14.04", "utopic": "14.10", "vivid": "15.04", "wily": "15.10", "xenial": "16.04", "yakkety": "16.10",
    "zesty": "17.04", "artful": "17.10", "bionic": "18.04", "cosmic": "18.10", "disco": "19.04", "eoan": "19.10",
    "focal": "20.04", "groovy": "20.10", "hirsute": "21.04", "impish": "21.10", "jammy": "22.04", "kinetic": "22.10",
    "lunar": "23.04", "mantic": "23.10", "noble": "24.04", "oracular": "24.10", "plucky": "25.04", "questing": "25.10",
    "resolute": "26.04", "precise": "12.04", "quantal": "12.10", "raring": "13.04", "saucy": "13.10",
  ]

  static func debian(_ release: String) -> [String] {
    if let number = debianReleases[release] { return [number] }
    if release == "sid" || release == "unstable" || release.hasSuffix("/sid") { return ["sid"] }
    guard let first = release.utf8.first, PackageURL.isDigit(first) else { return [] }
    let major = numbers(release, count: 1)
    // Up to 6.0 the second number was the release's, since then it is that of an update.
    return [(Int(major) ?? 0) <= 6 ? numbers(release, count: 2) : major]
  }

  /// A release with long-term support has two ecosystems: that of its records, and that of the fixes which only `Pro` brings.
  static func ubuntu(_ release: String) -> [String] {
    let number = ubuntuReleases[release] ?? numbers(release, count: 2)
    let parts = number.split(separator: ".")
    guard parts.count == 2, let year = Int(parts[0]) else { return [] }
    let isLongTerm = year.isMultiple(of: 2) && (parts[1] == "04" || number == "6.06")
    return isLongTerm ? ["\(number):LTS", "Pro:\(number):LTS"] : [number]
  }

  static func alpine(_ release: String) -> [String] {
    if release == "edge" { return ["edge"] }
    let number = numbers(release.hasPrefix("v") ? String(release.dropFirst()) : release, count: 2)
    return number.contains(".") ? ["v\(number)"] : []
  }

  /// `Tumbleweed`, `Leap 15.5`, `Leap Micro 5.5`.
  static func openSUSE(_ release: String) -> [String] {
    if release.hasPrefix("tumbleweed") { return ["Tumbleweed"] }
    let words = release.split { $0 == "-" || $0 == " " || $0 == "_" }
    let number = words.last.map(String.init) ?? ""
    guard number.utf8.first.map(PackageURL.isDigit) ?? false else { return [] }
    return [words.contains("micro") ? "Leap Micro \(number)" : "Leap \(number)"]
  }

  /// The products whose repositories a server or a desktop is fed by; `%` stands for the release.
  private static let suseProducts = [
    "Linux Enterprise Server %", "Linux Enterprise Desktop %", "Linux Enterprise Module for Basesystem %",
    "Linux Enterprise Module for Server Applications %", "Linux Enterprise Module for Desktop Applications %",
    "Linux Enterprise Module for Development Tools %", "Linux Enterprise Module for Web and Scripting %",
    "Linux Enterprise Module for Containers %", "Linux Enterprise Module for Legacy %",
    "Linux Enterprise Module for Public Cloud %", "Linux Enterprise Module for Python 3 %",
    "Linux Enterprise Server for SAP Applications %", "Linux Enterprise Server %-LTSS",
  ]

  /// `15.5` is `15 SP5` in every name.
  static func suse(_ release: String, distro: String) -> [String] {
    // OSV's own purls have the suffix as it is.
    if distro.hasPrefix("SUSE ") { return [String(distro.dropFirst("SUSE ".count))] }
    guard release.utf8.first.map(PackageURL.isDigit) ?? false else { return [] }
    let parts = numbers(release, count: 2).split(separator: ".")
    let name = parts.count == 2 && parts[1] != "0" ? "\(parts[0]) SP\(parts[1])" : String(parts.first ?? "")
    return suseProducts.map { $0.replacing("%", with: name) }
  }

  private static let redHatStreams = [
    "baseos", "appstream", "crb", "highavailability", "nfv", "realtime", "resilientstorage", "sap", "sap_hana",
    "supplementary",
  ]

  /// Up to 7 a stream was a kind of machine; with 10 the number has its second part again.
  static func redHat(_ release: String) -> [String] {
    let major = numbers(release, count: 1)
    let base = "enterprise_linux:\(major)"
    switch Int(major) ?? 0 {
    case ...7: return [base] + ["server", "client", "workstation", "computenode"].map { "\(base)::\($0)" }
    case 8, 9: return [base] + redHatStreams.map { "\(base)::\($0)" }
    default: return [base, "enterprise_linux:\(numbers(release, count: 2))"]
    }
  }
}
