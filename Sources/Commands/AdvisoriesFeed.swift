// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import CSystem
internal import Reports

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// `gifthorse advisories update`: becomes gifthorse-feed.
struct AdvisoriesUpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Bring in the public record: all of it the first time, then what has changed.",
    discussion:
      "Everything behind `update` is passed to gifthorse-feed; `gifthorse advisories update --help` shows its options.")

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var arguments: [String] = []

  func run() throws { try Feed.become("update", arguments) }
}

/// `gifthorse advisories import`: becomes gifthorse-feed.
struct AdvisoriesImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring in records of your own: OSV files, lists of names and versions, catalogues, OpenVEX.",
    discussion:
      "Everything behind `import` is passed to gifthorse-feed; `gifthorse advisories import --help` shows its options.")

  @Argument(parsing: .captureForPassthrough, help: .hidden)
  var arguments: [String] = []

  func run() throws { try Feed.become("import", arguments) }
}

/// The program that has the network code. It lies beside this one; the PATH is not asked.
private enum Feed {
  static let name = "gifthorse-feed"

  /// Ends this program, and goes on as the other one in the same process.
  /// - Throws: `ExitCode` where it is not there: 69.
  static func become(_ command: String, _ arguments: [String]) throws {
    let path = neighbour()
    let words = [path, command] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    pointers.append(nil)
    execv(path, pointers)
    for pointer in pointers { free(pointer) }
    ProcessIO.say(Wording.noFeed(path: path))
    throw ExitCode(69)
  }

  private static func neighbour() -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = gifthorse_own_path(&buffer, buffer.count)
    guard length > 0 else { return name }
    let own = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let slash = own.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name }
    return String(own[...slash]) + name
  }
}
