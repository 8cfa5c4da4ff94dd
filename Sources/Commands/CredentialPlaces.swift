// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Exposure
internal import Parsing
internal import Reports

/// What commands that look for credentials need before the program confines itself.
enum CredentialPlaces {
  /// Folders that must stay readable beside what is walked: homes, logs, and where the machine's own programs keep keys.
  static func folders(_ environment: [String: String]) throws -> [String] {
    let named = [environment["HOME"] ?? ""].filter { $0.hasPrefix("/") }
    return named + ["/var/log", "/var/lib/docker", "/var/lib/containers"]
      + (try catalogue().places(environment: environment))
  }

  /// - Throws: `ExitCode` where the catalogue in the program is none: a fault of ours.
  static func catalogue() throws -> CredentialCatalogue {
    do throws(ParseError) {
      return try CredentialCatalogue.embedded()
    } catch {
      ProcessIO.say(Wording.brokenCatalogue(code: error.code.rawValue))
      throw ExitCode(70)
    }
  }
}
