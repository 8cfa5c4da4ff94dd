// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
  import Confinement
  import Foundation
  import Glibc
  import TestSupport
  import Testing

  /// Confinement cannot be taken back and is the whole process's, so each test confines a child process of its own.
  ///
  /// A kernel without Landlock or without seccomp is asked only for what it promised.
  @Suite struct ConfinementTests {
    /// A child's attempt at something, and what came of it.
    private static func errno(of attempt: () -> Int32) -> Int32 {
      Glibc.errno = 0
      return attempt() >= 0 ? 0 : Glibc.errno
    }

    /// Calls a function of the C library that its Swift overlay does not show. Arguments and result are whole numbers or addresses.
    private static func call(_ name: String, _ arguments: Int...) -> Int32 {
      typealias Function = @convention(c) (Int, Int, Int, Int, Int, Int) -> Int32
      guard let address = dlsym(nil, name) else { return 0 }
      let filled = arguments + [Int](repeating: 0, count: 6 - arguments.count)
      return unsafeBitCast(address, to: Function.self)(filled[0], filled[1], filled[2], filled[3], filled[4], filled[5])
    }

    private static let refusals: Set<Int32> = [EPERM, EACCES]

    @Test func `a confined process still reads below the folders it was given`() async throws {
      let folder = try TemporaryFolder()
      try folder.write("content", to: "below/file.txt")
      await #expect(processExitsWith: .success) { [path = folder.path as String] in
        let root = try SafeOpening.anything(path)
        let place = try root.whileOpen { number throws(SystemError) in try SafeOpening.folder("", below: number) }
        try place.whileOpen { number in
          let confinement = Confinement.apply(reading: [number])
          #expect(confinement.seccomp)
          let buffer = ReadBuffer()
          // As a whole path, component by component, and by its absolute path.
          for name in ["below/file.txt", String(repeating: "./", count: 2_100) + "below/file.txt"] {
            let file = try SafeOpening.file(name, below: number)
            #expect(
              try file.whileOpen { number throws(SystemError) in try buffer.fill(from: number, expected: 7, limit: 100)
              })
            #expect(String(decoding: buffer.bytes, as: UTF8.self) == "content")
          }
          #expect(Self.errno { open(path + "/below/file.txt", O_RDONLY) } == 0)
        }
      }
    }

    @Test func `a confined process reads nothing else, whatever the path`() async throws {
      let (folder, secrets) = (try TemporaryFolder(), try TemporaryFolder())
      try secrets.write("secret", to: "key")
      try folder.link("out", to: secrets.path)
      await #expect(processExitsWith: .success) {
        [path = folder.path as String, secret = secrets.path("key") as String] in
        let number = open(path, O_RDONLY | O_DIRECTORY)
        let confinement = Confinement.apply(reading: [number])
        guard confinement.landlock != nil else { return }
        #expect(Self.errno { open(secret, O_RDONLY) } == EACCES)
        #expect(Self.errno { open(path + "/out/key", O_RDONLY) } == EACCES)
        #expect(Self.errno { openat(number, "../../etc/passwd", O_RDONLY) } != 0)
        #expect(Self.errno { open("/etc/passwd", O_RDONLY) } == EACCES)
        #expect(opendir("/etc") == nil)
        #expect(Self.errno { open("/proc/self/environ", O_RDONLY) } == EACCES)
      }
    }

    @Test func `a confined process changes no file, not even where it may read`() async throws {
      let folder = try TemporaryFolder()
      let file = try folder.write("content", to: "file")
      await #expect(processExitsWith: .success) { [path = folder.path as String] in
        let number = open(path, O_RDONLY | O_DIRECTORY)
        #expect(Confinement.apply(reading: [number]).seccomp)
        let file = path + "/file"
        for flags in [O_WRONLY, O_RDWR, O_WRONLY | O_APPEND, O_RDONLY | O_TRUNC, O_RDONLY | O_CREAT] {
          #expect(Self.refusals.contains(Self.errno { open(file, flags, 0o600) }), "\(flags)")
        }
        let attempts: [(String, () -> Int32)] = [
          ("create", { open(path + "/new", O_WRONLY | O_CREAT, 0o600) }), ("creat", { creat(path + "/new", 0o600) }),
          ("unlink", { unlink(file) }), ("rename", { rename(file, path + "/other") }),
          ("mkdir", { mkdir(path + "/d", 0o700) }),
          ("rmdir", { rmdir(path) }), ("link", { link(file, path + "/hard") }),
          ("symlink", { symlink(file, path + "/soft") }),
          ("truncate", { truncate(file, 0) }), ("chmod", { chmod(file, 0o777) }), ("fchmod", { fchmod(number, 0o777) }),
          ("chown", { chown(file, 0, 0) }), ("mkfifo", { mkfifo(path + "/fifo", 0o600) }),
          ("utimes", { utimes(file, nil) }),
          ("fchmodat", { fchmodat(number, "file", 0o777, 0) }),
          ("unlinkat", { unlinkat(number, "file", 0) }), ("renameat", { renameat(number, "file", number, "other") }),
        ]
        file.withCString { pointer in
          let address = Int(bitPattern: pointer)
          #expect(Self.errno { Self.call("setxattr", address, address, address, 1, 0) } == EPERM)
          #expect(Self.errno { Self.call("removexattr", address, address) } == EPERM)
          // fchmodat2, which Linux 6.6 added: the same number everywhere.
          #expect(Self.errno { Self.call("syscall", 452, Int(AT_FDCWD), address, 0o777, 0) } == EPERM)
        }
        for (name, attempt) in attempts { #expect(Self.refusals.contains(Self.errno(of: attempt)), "\(name)") }
      }
      #expect(try String(contentsOfFile: file, encoding: .utf8) == "content")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }

    @Test func `a confined process starts no program and opens no socket`() async throws {
      let folder = try TemporaryFolder()
      await #expect(processExitsWith: .success) { [path = folder.path as String] in
        let number = open(path, O_RDONLY | O_DIRECTORY)
        #expect(Confinement.apply(reading: [number]).seccomp)
        for family in [AF_INET, AF_INET6, AF_UNIX, AF_NETLINK] {
          #expect(Self.errno { socket(family, Int32(SOCK_STREAM.rawValue), 0) } == EPERM)
        }
        var pair: [Int32] = [0, 0]
        #expect(Self.errno { socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) } == EPERM)
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
        #expect(Self.errno { execv("/bin/true", &arguments) } == EPERM)
        var child: pid_t = 0
        #expect(posix_spawn(&child, "/bin/true", nil, nil, &arguments, nil) != 0)
        #expect(popen("true", "r") == nil)
      }
    }

    @Test func `a confined process looks into no other one and stops none`() async throws {
      let folder = try TemporaryFolder()
      await #expect(processExitsWith: .success) { [path = folder.path as String] in
        let number = open(path, O_RDONLY | O_DIRECTORY)
        #expect(Confinement.apply(reading: [number]).seccomp)
        let parent = Int(getppid())
        for name in ["process_vm_readv", "process_vm_writev"] {
          #expect(Self.errno { Self.call(name, parent) } == EPERM, "\(name)")
        }
        // 16 is PTRACE_ATTACH.
        #expect(Self.errno { Self.call("ptrace", 16, parent) } == EPERM)
        // Its own process as well, so that it is the filter that refuses and not Landlock alone.
        for process in [getppid(), getpid()] { #expect(Self.errno { kill(process, 0) } == EPERM) }
      }
    }

    @Test func `a confined process mounts nothing and changes neither its root nor its name spaces`() async throws {
      let folder = try TemporaryFolder()
      await #expect(processExitsWith: .success) { [path = folder.path as String] in
        let number = open(path, O_RDONLY | O_DIRECTORY)
        #expect(Confinement.apply(reading: [number]).seccomp)
        for (name, argument) in [
          ("setns", Int(number)), ("unshare", 0x1000_0000), ("memfd_create", 0), ("personality", 0), ("fsopen", 0),
        ] {
          #expect(Self.errno { Self.call(name, argument) } == EPERM, "\(name)")
        }
        #expect(Self.errno { chroot(path) } == EPERM)
        #expect(Self.errno { mount("none", path, "tmpfs", 0, nil) } == EPERM)
      }
    }

    @Test func `a confined process still has threads, memory and what it opened before`() async throws {
      let folder = try TemporaryFolder()
      let file = folder.path("report")
      await #expect(processExitsWith: .success) { [path = folder.path as String, file = file as String] in
        let output = open(file, O_WRONLY | O_CREAT, 0o600)
        let number = open(path, O_RDONLY | O_DIRECTORY)
        #expect(Confinement.apply(reading: [number]).seccomp)
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
          let text = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
          #expect(write(output, text, text.count) == text.count)
          // What a thread inherits is the same confinement.
          #expect(Self.refusals.contains(Self.errno { unlink(file) }))
          done.signal()
        }
        thread.start()
        #expect(done.wait(timeout: .now() + 20) == .success)
      }
      #expect(try Data(contentsOf: URL(filePath: file)).count == 1 << 20)
    }

    @Test func `threads that run already are confined by the filter as well`() async throws {
      let folder = try TemporaryFolder()
      let file = try folder.write("content", to: "file")
      await #expect(processExitsWith: .success) { [path = folder.path as String] in
        let (confined, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let thread = Thread {
          confined.wait()
          #expect(Self.refusals.contains(Self.errno { unlink(path + "/file") }))
          #expect(Self.errno { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) } == EPERM)
          done.signal()
        }
        thread.start()
        let number = open(path, O_RDONLY | O_DIRECTORY)
        #expect(Confinement.apply(reading: [number]).seccomp)
        confined.signal()
        #expect(done.wait(timeout: .now() + 20) == .success)
      }
      #expect(FileManager.default.fileExists(atPath: file))
    }

    // MARK: Writing below some folders

    @Test func `below the folders that it may write a process makes, fills, renames and removes`() async throws {
      let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
      try folder.write("content", to: "a/package/file")
      try folder.link("a/link", to: "package")
      await #expect(processExitsWith: .success) { [path = folder.path as String, second = other.path as String] in
        let number = open(path, O_RDONLY | O_DIRECTORY)
        let others = open(second, O_RDONLY | O_DIRECTORY)
        let confinement = Confinement.apply(reading: [], writing: [number, others])
        #expect(confinement.seccomp)
        #expect(Self.errno { mkdirat(number, "b", 0o700) } == 0)
        let file = openat(number, "b/new", O_WRONLY | O_CREAT | O_EXCL, 0o600)
        #expect(file >= 0)
        #expect(write(file, "text", 4) == 4)
        #expect(Self.errno { fsync(file) } == 0)
        #expect(Self.errno { fchmod(file, 0o640) } == 0)
        #expect(Self.errno { ftruncate(file, 2) } == 0)
        // A folder, a link and a file, each into another folder; the last into that of another root.
        #expect(Self.errno { renameat(number, "a/package", number, "b/1") } == 0)
        #expect(Self.errno { renameat(number, "a/link", number, "b/2") } == 0)
        #expect(Self.errno { renameat(number, "b/1/file", others, "file") } == 0)
        #expect(Self.errno { unlinkat(number, "b/new", 0) } == 0)
        #expect(Self.errno { unlinkat(number, "b/1", AT_REMOVEDIR) } == 0)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("b")) == ["2"])
      #expect(try String(contentsOfFile: other.path("file"), encoding: .utf8) == "content")
    }

    @Test func `a process that may write below some folders changes nothing elsewhere, not even where it may read`()
      async throws
    {
      let (folder, readable, secrets) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
      for place in [folder, readable, secrets] { try place.write("content", to: "file") }
      try folder.link("out", to: readable.path)
      await #expect(processExitsWith: .success) {
        [
          path = folder.path as String, read = readable.path as String, secret = secrets.path as String
        ] in
        let (number, other) = (open(path, O_RDONLY | O_DIRECTORY), open(read, O_RDONLY | O_DIRECTORY))
        let elsewhere = open(secret, O_RDONLY | O_DIRECTORY)
        let confinement = Confinement.apply(reading: [other], writing: [number])
        #expect(confinement.seccomp)
        guard confinement.landlock != nil else { return }
        #expect(Self.errno { openat(other, "file", O_RDONLY) } == 0)
        #expect(Self.errno { openat(elsewhere, "file", O_RDONLY) } == EACCES)
        // Renaming out of, or into, a folder that may not be written is refused as if it lay on another file system.
        let refusals = Self.refusals.union([EXDEV])
        for place in [other, elsewhere] {
          let attempts: [(String, () -> Int32)] = [
            ("open", { openat(place, "file", O_WRONLY) }), ("truncate", { openat(place, "file", O_RDONLY | O_TRUNC) }),
            ("create", { openat(place, "new", O_WRONLY | O_CREAT, 0o600) }), ("mkdir", { mkdirat(place, "d", 0o700) }),
            ("unlink", { unlinkat(place, "file", 0) }), ("rename", { renameat(place, "file", place, "other") }),
            ("out of", { renameat(place, "file", number, "taken") }),
            ("into", { renameat(number, "file", place, "put") }),
          ]
          for (name, attempt) in attempts { #expect(refusals.contains(Self.errno(of: attempt)), "\(name)") }
        }
        #expect(Self.refusals.contains(Self.errno { openat(number, "out/new", O_WRONLY | O_CREAT, 0o600) }))
        #expect(Self.refusals.contains(Self.errno { open("/dev/null", O_WRONLY) }))
      }
      for place in [folder, readable, secrets] {
        #expect(try String(contentsOfFile: place.path("file"), encoding: .utf8) == "content")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: readable.path) == ["file"])
    }

    @Test func `a process that may write starts no program, connects to nothing and makes no link or device`()
      async throws
    {
      let folder = try TemporaryFolder()
      try folder.write("content", to: "file")
      await #expect(processExitsWith: .success) { [path = folder.path as String] in
        let number = open(path, O_RDONLY | O_DIRECTORY)
        #expect(Confinement.apply(reading: [], writing: [number]).seccomp)
        #expect(Self.errno { socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) } == EPERM)
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
        #expect(Self.errno { execv("/bin/true", &arguments) } == EPERM)
        #expect(Self.errno { Self.call("ptrace", 16, Int(getppid())) } == EPERM)
        #expect(Self.errno { kill(getppid(), 0) } == EPERM)
        let file = path + "/file"
        let attempts: [(String, () -> Int32)] = [
          ("link", { link(file, path + "/hard") }), ("symlink", { symlink("/etc", path + "/soft") }),
          ("mkfifo", { mkfifo(path + "/fifo", 0o600) }), ("chmod", { chmod(file, 0o777) }),
          ("chown", { chown(file, 0, 0) }), ("truncate", { truncate(file, 0) }),
        ]
        for (name, attempt) in attempts { #expect(Self.refusals.contains(Self.errno(of: attempt)), "\(name)") }
        file.withCString { pointer in
          let address = Int(bitPattern: pointer)
          #expect(Self.errno { Self.call("setxattr", address, address, address, 1, 0) } == EPERM)
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }

    @Test func `confinement is complete only where both walls stand`() {
      #expect(Confinement(landlock: 1, seccomp: true).isComplete)
      #expect(!Confinement(landlock: nil, seccomp: true).isComplete)
      #expect(!Confinement(landlock: 7, seccomp: false).isComplete)
      #expect(!Confinement.none.isComplete)
    }
  }
#endif
