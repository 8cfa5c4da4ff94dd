// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import CSystem
internal import Confinement
internal import Discovery
internal import Reports

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The process's own surroundings: environment, clock, terminal, standard streams. Everything else gets them passed in.
enum ProcessIO {
  /// The environment variables.
  static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let entry = next, let text = entry.pointee {
      let pair = String(cString: text)
      if let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) {
        variables[String(pair[..<equals])] = String(pair[pair.utf8.index(after: equals)...])
      }
      next = entry + 1
    }
    return variables
  }

  /// Seconds since 1970, UTC.
  static func now() -> Double { seconds(CLOCK_REALTIME) }

  /// Seconds since some moment; never goes back.
  static func monotonic() -> Double { seconds(CLOCK_MONOTONIC) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The processors that this process may use, at most eight: beyond that a walk gains nothing.
  static func threadCount() -> Int {
    max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// The absolute path, without links, of a folder; nil where there is none that can be entered.
  static func realFolder(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    var status = stat()
    guard stat(resolved, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return String(cString: resolved)
  }

  /// Which folders are this user's own, by the environment: links resolved, for folders are compared by their real paths.
  static func machine(_ environment: [String: String]) -> MachinePlaces {
    MachinePlaces(
      home: environment["HOME"].flatMap(realFolder), temporary: environment["TMPDIR"].flatMap(realFolder))
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// A write into a pipe that nobody reads any more must not end the program before it has given its exit status.
  static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
  }

  static func width(_ descriptor: Int32, _ environment: [String: String]) -> Int {
    let told = Int(gifthorse_terminal_width(descriptor))
    if told > 0 { return told }
    return environment["COLUMNS"].flatMap { Int($0) } ?? 80
  }

  /// Writes all of `bytes`; whether that worked.
  @discardableResult
  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, rest.baseAddress, rest.count)
      #else
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        return false
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    return true
  }

  /// Everything in a file that the user named; nil where it cannot be read, or is longer than `most` bytes.
  static func readFile(_ path: String, most: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return readAll(descriptor, most: most)
  }

  /// Everything that can be read from `descriptor`; nil where that is more than `most` bytes, or reading fails.
  static func readAll(_ descriptor: Int32, most: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= most {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
    return nil
  }

  /// Writes a line, or several, to standard error.
  static func say(_ text: String) {
    var line = text + "\n"
    line.withUTF8 { _ = write(UnsafeRawBufferPointer($0), to: 2) }
  }

  /// - Parameter audience: Whose words to use where the user does not say.
  static func style(
    _ options: OutputOptions, _ environment: [String: String], audience: Audience = .it
  ) -> ReportStyle {
    let goesToTerminal = options.output == nil && isTerminal(1)
    let isPlain = environment["NO_COLOR"].map { !$0.isEmpty } ?? false || environment["TERM"] == "dumb"
    let color =
      switch options.color {
      case .always: true
      case .never: false
      case .auto: goesToTerminal && !isPlain
      }
    let locale =
      environment["LC_ALL"].flatMap { $0.isEmpty ? nil : $0 } ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
    let isUTF8 = ["utf-8", "utf8"].contains { locale.lowercased().hasSuffix($0) }
    return ReportStyle(
      color: color, isUnicode: !options.ascii && isUTF8, width: goesToTerminal ? width(1, environment) : 80,
      verbose: options.verbose, audience: options.audience ?? audience, language: options.language)
  }
}

/// Where the answer goes: standard output, or a file that was opened before the program gave up the right to open any.
final class AnswerFile {
  private let descriptor: Int32
  private let isFile: Bool
  private var isStarted = false
  /// Whether everything was written so far. A closed pipe is no failure: who closed it has read enough.
  private(set) var failure: SystemError?

  /// - Throws: ``SystemError`` where the file cannot be written.
  init(path: String?) throws(SystemError) {
    guard let path else {
      (descriptor, isFile) = (1, false)
      return
    }
    let created = gifthorse_create(path)
    guard created >= 0 else { throw SystemError(code: -created) }
    (descriptor, isFile) = (created, true)
  }

  /// Opens what the user named.
  /// - Throws: `ExitCode` after it has said what is wrong.
  static func create(_ options: OutputOptions) throws -> AnswerFile {
    do throws(SystemError) {
      return try AnswerFile(path: options.output)
    } catch {
      ProcessIO.say(Wording.cannotWrite(path: options.output ?? "", errorName: error.name))
      throw ExitCode(64)
    }
  }

  func write(_ bytes: UnsafeRawBufferPointer) {
    start()
    guard failure == nil, !ProcessIO.write(bytes, to: descriptor), errno != EPIPE else { return }
    failure = SystemError(code: errno)
  }

  /// Ends with 70 where the answer could not be written.
  /// - Throws: `ExitCode` after it has said what is wrong.
  func end() throws {
    start()
    guard let failure else { return }
    ProcessIO.say(Wording.cannotWrite(path: "", errorName: failure.name))
    throw ExitCode(70)
  }

  /// Takes away what the file held before: not earlier than there is an answer, and also where that is empty.
  func start() {
    if isFile, !isStarted { ftruncate(descriptor, 0) }
    isStarted = true
  }
}
