// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import CSystem
internal import Confinement
internal import Reports
internal import Responding

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The file of `--checklist`: read and opened for writing before the program gives up the right to do either.
final class ChecklistFile {
  /// As it was; empty where there was none.
  let checklist: Checklist
  private let path: String
  private let descriptor: Int32

  /// - Throws: `ExitCode` after it has said what is wrong.
  init(_ path: String) throws {
    self.path = path
    let created = gifthorse_create(path)
    guard created >= 0 else {
      ProcessIO.say(Wording.cannotWrite(path: path, errorName: SystemError(code: -created).name))
      throw ExitCode(64)
    }
    descriptor = created
    guard let bytes = ProcessIO.readFile(path, most: Checklist.mostBytes) else {
      ProcessIO.say(Wording.checklistNotRead(path: path))
      throw ExitCode(64)
    }
    checklist = bytes.withUnsafeBufferPointer { Checklist(markdown: $0) }
    if checklist.problem != nil {
      ProcessIO.say(Wording.checklistNotRead(path: path))
      throw ExitCode(64)
    }
  }

  deinit {
    close(descriptor)
  }

  /// Writes the new list over the old one, and only then cuts off what the old one had more: at no moment is it empty.
  /// - Throws: `ExitCode` after it has said what is wrong.
  func write(_ document: String) throws {
    var document = document
    let isWritten = document.withUTF8 { bytes in
      ProcessIO.write(UnsafeRawBufferPointer(bytes), to: descriptor)
        && ftruncate(descriptor, off_t(bytes.count)) == 0 && fsync(descriptor) == 0
    }
    guard isWritten else {
      ProcessIO.say(Wording.cannotWrite(path: path, errorName: SystemError(code: errno).name))
      throw ExitCode(70)
    }
  }
}
