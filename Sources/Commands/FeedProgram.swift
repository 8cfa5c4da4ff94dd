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

/// The program that has the network code. It lies beside this one; the PATH is not asked.
enum FeedProgram {
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
