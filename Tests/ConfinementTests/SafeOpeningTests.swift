// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Confinement
import Foundation
import TestSupport
import Testing

@Suite final class SafeOpeningTests {
  /// How a path is written: as it is, or so long that the kernel refuses it in one piece and it is opened component by component.
  enum Way: String, CaseIterable {
    case atOnce
    case stepwise

    func write(_ path: String) -> String {
      // `.` leads nowhere, and 4,200 bytes are more than PATH_MAX.
      self == .atOnce ? path : String(repeating: "./", count: 2_100) + path
    }
  }

  private let folder: TemporaryFolder
  /// The tree's own folder, open.
  private let base: Int32

  /// A tree with one of everything.
  init() throws {
    folder = try TemporaryFolder()
    base = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard base >= 0 else { throw CallFailed(name: "open", code: errno) }
    try folder.write("text", to: "a/b/file.txt")
    try folder.link("a/b/to-file", to: "file.txt")
    try folder.link("a/to-b", to: "b")
    try folder.link("to-a", to: "a")
    try folder.link("to-outside", to: "/etc")
    try folder.link("dangling", to: "nowhere")
    try folder.link("loop", to: "loop")
    guard mkfifo(folder.path("fifo"), 0o600) == 0 else { throw CallFailed(name: "mkfifo", code: errno) }
    try Self.makeSocket(folder.path("socket"))
  }

  deinit {
    close(base)
  }

  private static func makeSocket(_ path: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    #if os(Linux)
      let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let number = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    close(number)
    guard bound == 0 else { throw CallFailed(name: "bind", code: errno) }
  }

  private typealias Kind = SafeOpening.Facts.Kind

  private func kind(file path: String, below base: Int32) throws -> Kind {
    try SafeOpening.file(path, below: base).whileOpen(SafeOpening.facts(of:)).kind
  }

  private func kind(folder path: String, below base: Int32) throws -> Kind {
    try SafeOpening.folder(path, below: base).whileOpen(SafeOpening.facts(of:)).kind
  }

  private func kind(entry name: String, of base: Int32) throws -> Kind {
    try SafeOpening.entry(name, of: base).whileOpen(SafeOpening.facts(of:)).kind
  }

  private func kind(place path: String, at base: Int32) throws -> Kind {
    try SafeOpening.anything(path, at: base).whileOpen(SafeOpening.facts(of:)).kind
  }

  /// Where a folder is asked for, some systems call a link no folder, and some say that it is a link. Both keep everybody out.
  private static func refusesLink(_ error: SystemError) -> Bool {
    error.isLink || error.code == ENOTDIR
  }

  // MARK: Opening

  @Test(arguments: Way.allCases)
  func `files and folders below the base are opened`(way: Way) throws {
    #expect(try kind(file: way.write("a/b/file.txt"), below: base) == .file)
    #expect(try kind(folder: way.write("a/b"), below: base) == .folder)
    #expect(try kind(folder: way.write("a"), below: base) == .folder)
  }

  @Test func `the base itself is opened by an empty path`() throws {
    let facts = try SafeOpening.folder("", below: base).whileOpen(SafeOpening.facts(of:))
    #expect(facts.kind == .folder)
    #expect(try facts.inode == SafeOpening.facts(of: base).inode)
  }

  @Test(
    arguments: Way.allCases,
    [
      "a/b/to-file", "a/to-b/file.txt", "to-a/b/file.txt", "to-outside/passwd", "dangling", "loop", "loop/x",
      "dangling/x",
    ])
  func `no component of a file's path may be a link`(way: Way, path: String) throws {
    let error = #expect(throws: SystemError.self) { try kind(file: way.write(path), below: base) }
    #expect(error.map(Self.refusesLink) == true)
  }

  @Test(arguments: Way.allCases, ["to-a", "a/to-b", "to-a/b", "to-outside", "dangling", "loop"])
  func `no component of a folder's path may be a link`(way: Way, path: String) throws {
    let error = #expect(throws: SystemError.self) { try kind(folder: way.write(path), below: base) }
    #expect(error.map(Self.refusesLink) == true)
  }

  @Test(arguments: Way.allCases)
  func `what is missing, or lies below a file, is absent`(way: Way) throws {
    for path in ["x", "a/x", "x/y", "a/b/file.txt/x"] {
      let error = #expect(throws: SystemError.self) { try kind(file: way.write(path), below: base) }
      #expect(error?.isAbsence == true, "\(path)")
      #expect(error?.isLink == false, "\(path)")
    }
    #expect(throws: SystemError(code: ENOTDIR)) {
      try kind(folder: way.write("a/b/file.txt"), below: base)
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: Way.allCases)
  func `a FIFO keeps nobody waiting`(way: Way) throws {
    #expect(try kind(file: way.write("fifo"), below: base) == .fifo)
    #expect(try kind(entry: "fifo", of: base) == .fifo)
  }

  @Test(arguments: Way.allCases)
  func `a socket is not opened`(way: Way) throws {
    #expect(throws: SystemError(code: ENXIO)) { try kind(file: way.write("socket"), below: base) }
  }

  @Test func `an entry is opened, and a link in its place is not`() throws {
    #expect(try kind(entry: "a", of: base) == .folder)
    for name in ["to-a", "dangling", "loop", "to-outside"] {
      #expect(throws: SystemError(code: ELOOP)) { try kind(entry: name, of: base) }
    }
  }

  @Test func `a place that was named is looked at through its links`() throws {
    let inode = try SafeOpening.anything(folder.path("a")).whileOpen(SafeOpening.facts(of:)).inode
    #expect(try SafeOpening.anything("to-a", at: base).whileOpen(SafeOpening.facts(of:)).inode == inode)
    #expect(try kind(place: "fifo", at: base) == .fifo)
    #expect(throws: SystemError(code: ENOENT)) { try kind(place: "dangling", at: base) }
    #expect(throws: SystemError(code: ELOOP)) { try kind(place: "loop", at: base) }
  }

  // MARK: Looking

  @Test(arguments: [
    ("a", SafeOpening.Facts.Kind.folder), ("a/b/file.txt", .file), ("fifo", .fifo), ("socket", .socket),
    ("to-a", .link), ("loop", .link),
    ("/dev/null", .device),
  ])
  func `what an entry is, is told without following it`(name: String, kind: SafeOpening.Facts.Kind) throws {
    #expect(try SafeOpening.facts(of: name, in: base).kind == kind)
  }

  @Test func `size, device and inode are those of the system`() throws {
    let facts = try SafeOpening.facts(of: "a/b/file.txt", in: base)
    var status = stat()
    #expect(stat(folder.path("a/b/file.txt"), &status) == 0)
    #expect(facts.size == 4)
    #expect(facts.inode == UInt64(status.st_ino))
    #expect(facts.device == UInt64(status.st_dev))
    #expect(throws: SystemError(code: ENOENT)) { try SafeOpening.facts(of: "x", in: base) }
    #expect(throws: SystemError(code: EBADF)) { try SafeOpening.facts(of: -1) }
  }

  #if os(Linux)
    @Test func `the path of what is open has no links`() throws {
      let path = try SafeOpening.anything("to-a/b", at: base).whileOpen(SafeOpening.path(of:))
      #expect(path.map { String(decoding: $0, as: UTF8.self) } == folder.path("a/b"))
      #expect(SafeOpening.path(of: -1) == nil)
    }
  #endif

  // MARK: Closing

  /// A pipe's reader sees the end when the last writer is closed: no other test can come in between, as with a number that is free again.
  @Test func `a descriptor is closed when it goes out of scope, and not before`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { close(ends[0]) }
    // Without an end to be seen this test fails; it does not wait for one.
    #expect(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0)
    do {
      let writer = Descriptor(owning: ends[1])
      let written = writer.whileOpen { number in
        write(number, "x", 1)
      }
      #expect(written == 1)
    }
    var bytes: [UInt8] = [0, 0]
    #expect(read(ends[0], &bytes, 2) == 1)
    #expect(read(ends[0], &bytes, 2) == 0)
  }

  @Test func `an opened file is closed on exec`() throws {
    let flags = try SafeOpening.file("a/b/file.txt", below: base).whileOpen { number in fcntl(number, F_GETFD) }
    #expect(flags & FD_CLOEXEC != 0)
    let folderFlags = try SafeOpening.folder(Way.stepwise.write("a"), below: base).whileOpen { number in
      fcntl(number, F_GETFD)
    }
    #expect(folderFlags & FD_CLOEXEC != 0)
  }

  @Test(arguments: [
    (EACCES, "EACCES"), (EPERM, "EPERM"), (ENOENT, "ENOENT"), (ENOTDIR, "ENOTDIR"), (EISDIR, "EISDIR"),
    (ELOOP, "ELOOP"), (EIO, "EIO"),
    (EMFILE, "EMFILE"), (ENAMETOOLONG, "ENAMETOOLONG"), (ESTALE, "ESTALE"), (9_999, "errno 9999"),
  ])
  func `an error has the name that the system's manual gives it`(code: Int32, name: String) {
    let error = SystemError(code: code)
    #expect(error.name == name)
    #expect(error.isPermission == [EACCES, EPERM].contains(code))
    #expect(error.isAbsence == [ENOENT, ENOTDIR].contains(code))
    #expect(error.isLink == (code == ELOOP))
  }
}
