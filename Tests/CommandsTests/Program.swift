// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The program as its users have it: a process, with arguments, an environment, a folder and standard streams.
enum Program {
  /// Beside the tests, where the build puts it; `GIFTHORSE_PROGRAM` names another build of it.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["GIFTHORSE_PROGRAM"] { return named }
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    let tests = bundle ?? Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return tests.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "gifthorse").path
  }()

  /// What every run gets: nothing of this machine's own but what a build with a sanitizer or a toolchain elsewhere needs.
  static func environment(_ folder: TemporaryFolder, _ more: [String: String]) -> [String: String] {
    let kept = ["LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"]
    var variables = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
    variables["HOME"] = folder.path("home")
    variables["TMPDIR"] = folder.path
    variables["PATH"] = folder.path("bin")
    variables["TERM"] = "dumb"
    variables["LANG"] = "C.UTF-8"
    return variables.merging(more) { $1 }
  }
}

/// Runs the program in `folder` and waits for its end.
func run(
  _ arguments: String..., in folder: TemporaryFolder, environment: [String: String] = [:], input: String = ""
) throws -> Outcome {
  try run(arguments, in: folder, environment: environment, input: input)
}

func run(
  _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:], input: String = ""
) throws -> Outcome {
  try Child(arguments, in: folder, environment: environment, input: input).wait()
}

/// One run of the program. What it writes goes into files without a name, so that nobody has to read while it runs.
final class Child {
  let process: pid_t
  private let folder: TemporaryFolder
  private let output: Int32
  private let error: Int32

  /// - Parameters:
  ///   - output: Standard output; a file of our own where it is nil. Taken over.
  ///   - error: The same for standard error.
  init(
    _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:], input: String = "",
    output: Int32? = nil, error: Int32? = nil
  ) throws {
    self.folder = folder
    self.output = try output ?? Self.scratchFile()
    self.error = try error ?? Self.scratchFile()
    let standardInput = try Self.scratchFile()
    defer { close(standardInput) }
    _ = input.withCString { write(standardInput, $0, input.utf8.count) }
    lseek(standardInput, 0, SEEK_SET)
    process = try Self.spawn(
      [Program.path] + arguments, Program.environment(folder, environment), folder.path,
      [standardInput, self.output, self.error])
  }

  deinit {
    close(output)
    close(error)
  }

  func wait() throws -> Outcome {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw CallFailed(name: "waitpid", code: errno) }
    }
    let signal = status & 0x7F
    return Outcome(
      status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: Self.content(output),
      error: Self.content(error), folder: folder.path)
  }

  private static func scratchFile() throws -> Int32 {
    let parent = FileManager.default.temporaryDirectory
    var template = Array(parent.appending(path: "gifthorse-out-XXXXXX").path.utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw CallFailed(name: "mkstemp", code: errno) }
    unlink(template)
    // Other tests start processes at the same time, which must not inherit it.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return descriptor
  }

  /// What a file holds; nothing for a pipe.
  private static func content(_ descriptor: Int32) -> [UInt8] {
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return Array(bytes.prefix(max(0, count)))
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String: String], _ folder: String, _ streams: [Int32]
  ) throws -> pid_t {
    #if canImport(Darwin)
      var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
    #else
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (number, stream) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
    }
    // The tests may run where these are ignored, as under nohup; the program has to see to them by itself.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // The threads that tests run on block every signal, and a child begins with the mask of the thread that starts it.
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, numericCast(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var process = pid_t()
    // Not every C library's overlay can spawn into another folder. The shell is gone once the program runs: its process is the same.
    let shell = ["/bin/sh", "-c", #"cd "$1" && shift && exec "$@""#, "sh", folder]
    let failure = withCStrings(shell + arguments) { arguments in
      withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&process, shell[0], &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else { throw CallFailed(name: "posix_spawn", code: failure) }
    return process
  }

  private static func withCStrings<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = texts.map { strdup($0) }
    defer {
      for pointer in pointers { free(pointer) }
    }
    return body(pointers + [nil])
  }
}
