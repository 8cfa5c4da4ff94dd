// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Inventory
internal import Parsing

/// Shells' histories: only whether a line installs or removes a wanted package, where, and when. Never the line.
///
/// - Source: bash's manual (`HISTTIMEFORMAT`), zsh's (`EXTENDED_HISTORY`; its files are "metafied": `utils.c`), fish's `history_file.rs`,
///   tcsh's `savehist`, PowerShell's `Get-PSReadLineOption`, https://www.nushell.sh/book/line_editor.html (read 2026-11-25)
struct ShellHistories {
  private let reader: TraceReader

  init(_ reader: TraceReader) {
    self.reader = reader
  }

  private static let places = [
    "$HISTFILE", "~/.bash_history", "$ZDOTDIR/.zsh_history", "~/.zsh_history", "~/.zhistory", "~/.histfile",
    "~/.history",
    "~/.sh_history", "~/.ash_history", "~/.ksh_history", "&/fish/fish_history",
    "&/powershell/PSReadLine/ConsoleHost_history.txt",
    "~/.config/nushell/history.txt",
  ]

  func read() {
    for short in Self.places {
      guard let path = reader.path(short), let file = reader.openFile(.shellHistory, path) else { continue }
      var lines = 0
      do throws(SystemError) {
        let written = try file.whileOpen { (file) throws(SystemError) in try FileTimes(of: file).modified }
        try reader.read(file, path, limit: reader.limits.textBytes) { bytes in
          lines = path.hasSuffix("fish_history") ? readFish(bytes, path, written) : readLines(bytes, path, written)
        }
      } catch {
        reader.tell(error, path)
      }
      reader.finish(.shellHistory, path, entries: lines)
    }
    tellDatabases()
  }

  /// Histories that are kept in a database are not read, and that is told.
  private func tellDatabases() {
    for short in ["&/atuin/history.db", "~/.config/nushell/history.sqlite3"] {
      guard let path = reader.path(short), reader.openFile(.shellHistory, path) != nil else { continue }
      reader.tell(.unknownFormatVersion, path, ["SQLite"])
      reader.traces.readings.append(Traces.Reading(.shellHistory, path: path, .unread))
    }
  }

  // MARK: bash, zsh and plain files

  private func readLines(_ bytes: Bytes, _ path: String, _ written: Int64) -> Int {
    var count = 0
    var stamp: Int64?
    var command: (text: [UInt8], line: Int, seconds: Int64?)?
    func end() {
      if let command { take(command.text, command.line, command.seconds, path, written) }
      command = nil
    }
    forEachLine(of: bytes) { line, number in
      count = number
      guard reader.isWithin(number, path) else { return false }
      if command == nil, let seconds = Self.stamp(line) {
        stamp = seconds
        return true
      }
      if command == nil {
        let (text, seconds) = Self.extended(line) ?? (line, stamp)
        // Of the next line, which may have been added by a shell that writes no times, it says nothing.
        stamp = nil
        command = (Array(text), number, seconds)
      } else {
        command?.text.append(0x0A)
        command?.text.append(contentsOf: line)
      }
      // A command of several lines ends each but the last with a backslash.
      let isContinued = line.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
      if !isContinued || (command?.text.count ?? 0) > Self.commandBytes { end() }
      return true
    }
    end()
    return count
  }

  private static let commandBytes = 1 << 20

  /// `#1715699999`, or tcsh's `#+1715699999`
  private static func stamp(_ line: Bytes) -> Int64? {
    guard line.count >= 10, line.count <= 14, line[0] == UInt8(ascii: "#") else { return nil }
    let digits = line.dropFirst(line[1] == UInt8(ascii: "+") ? 2 : 1)
    return digits.allSatisfy(isDigit) ? Int64(String(decoding: digits, as: UTF8.self)) : nil
  }

  /// zsh's `: 1715699999:0;command`
  private static func extended(_ line: Bytes) -> (Bytes, Int64?)? {
    guard line.starts(with: ": "),
      let semicolon = line[slice: 0..<min(line.count, 40)].firstOffset(of: UInt8(ascii: ";"))
    else {
      return nil
    }
    let numbers = line[2..<semicolon].split(separator: UInt8(ascii: ":"))
    guard numbers.count == 2, numbers.allSatisfy({ $0.allSatisfy(isDigit) }) else { return nil }
    return (line[slice: (semicolon + 1)..<line.count], Int64(String(decoding: numbers[0], as: UTF8.self)))
  }

  // MARK: fish

  private func readFish(_ bytes: Bytes, _ path: String, _ written: Int64) -> Int {
    var count = 0
    var command: (text: [UInt8], line: Int, seconds: Int64?)?
    func end() {
      if let command { take(command.text, command.line, command.seconds, path, written) }
      command = nil
    }
    forEachLine(of: bytes) { line, number in
      count = number
      guard reader.isWithin(number, path) else { return false }
      if line.starts(with: "- cmd: ") {
        end()
        command = (Self.unescaped(line.dropFirst("- cmd: ".utf8.count)), number, nil)
      } else if line.starts(with: "  when: ") {
        command?.seconds = Int64(String(decoding: line.dropFirst("  when: ".utf8.count), as: UTF8.self))
      }
      return true
    }
    end()
    return count
  }

  /// fish writes a line's end as `\n` and a backslash as two.
  private static func unescaped(_ text: Slice<Bytes>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
        bytes.append(next == UInt8(ascii: "n") ? 0x0A : next)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  // MARK: Sightings

  private func take(_ command: [UInt8], _ line: Int, _ seconds: Int64?, _ path: String, _ written: Int64) {
    let mentions = command.withUnsafeBufferPointer { InstallCommand.mentions(in: $0, reader.wanted) }
    for mention in mentions {
      let moment = reader.bound(seconds)
      let code: EvidenceCode =
        mention.isRemoval ? .shellRemoved : mention.version == nil ? .shellInstalledSomeVersion : .shellInstalled
      reader.sight(
        PastSighting(
          package: Package(ecosystem: mention.ecosystem, name: mention.name, version: mention.version), place: path,
          from: mention.isRemoval ? nil : moment,
          // Without a time of its own it was typed before the history was last written.
          to: moment ?? reader.bound(written, isExact: false) ?? PastSighting.Bound(reader.now, isExact: false),
          degree: .locked,
          evidence: [PastSighting.Evidence(path: path, code, ["\(line)", mention.program])]))
    }
  }
}
