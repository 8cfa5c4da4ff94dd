// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSystem
internal import Confinement
internal import Parsing

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Processes of this machine that an incident's marks fit.
///
/// The environment of a process holds secrets: it is searched for the marks where the kernel has put it, overwritten, and nothing of it is
/// kept. That is done before the program confines itself, for afterwards the kernel shows it no other process.
/// - Source: proc(5): `/proc/PID/environ`, `/proc/PID/cmdline` (read 2026-11-25)
public struct RunningProcesses: Sendable {
  /// A process that a mark fits.
  public struct Match: Hashable, Sendable {
    /// `/proc/4711/environ`
    public var path: String
    /// The mark, as the incident has it.
    public var mark: String
    /// When the process began, in seconds since 1970; nil where that cannot be told.
    public var began: Int64?
  }

  public private(set) var matches: [Match] = []
  /// How many processes were looked at, and of how many the environment may not be read: other users' own.
  public private(set) var seen = 0
  public private(set) var hidden = 0
  /// Marks in the record that tell nothing by which a process could be found.
  public private(set) var unclear: [String] = []
  /// Whether this system has a list of processes to look at.
  public private(set) var isListed = false

  /// How much of a command line or an environment is read.
  private static let mostBytes = 1 << 20

  public init() {}

  /// - Parameter folder: `/proc`.
  public init(marks texts: [String], folder: String = "/proc") {
    let marks = texts.compactMap(ProcessMark.init)
    unclear = texts.filter { text in !marks.contains { $0.text == text } }
    guard !marks.isEmpty else { return }
    guard let list = opendir(folder) else {
      unclear = texts
      return
    }
    defer { closedir(list) }
    isListed = true
    let buffer = ReadBuffer()
    while let entry = readdir(list) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.utf8.allSatisfy({ (0x30...0x39).contains($0) }), name != "\(getpid())" else { continue }
      seen += 1
      look(at: name, of: folder, dirfd(list), for: marks, with: buffer)
    }
    matches.sort { $0.path < $1.path }
  }

  private mutating func look(
    at process: String, of folder: String, _ list: Int32, for marks: [ProcessMark], with buffer: ReadBuffer
  ) {
    for name in ["cmdline", "environ"] {
      do throws(SystemError) {
        let file = try SafeOpening.file(process + "/" + name, below: list)
        _ = try file.whileOpen { (file) throws(SystemError) in
          try buffer.fill(from: file, expected: 1 << 12, limit: Self.mostBytes)
        }
      } catch {
        // A process that has ended meanwhile is none; another user's environment may not be read.
        if error.isPermission, name == "environ" { hidden += 1 }
        continue
      }
      let path = "\(folder)/\(process)"
      for mark in marks {
        let fits = name == "cmdline" ? mark.isIn(commandLine: buffer.bytes) : mark.isIn(environment: buffer.bytes)
        if fits { matches.append(Match(path: "\(path)/\(name)", mark: mark.text, began: Self.began(path))) }
      }
      buffer.wipe()
    }
  }

  /// When the folder of a process was made: that is when the process began, or was first looked at after it.
  private static func began(_ process: String) -> Int64? {
    var status = stat()
    guard stat(process, &status) == 0 else { return nil }
    return Int64(status.st_ctim.tv_sec)
  }
}
