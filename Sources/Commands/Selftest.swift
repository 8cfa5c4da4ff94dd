// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import CSystem
internal import Confinement
internal import Discovery
internal import Inventory
internal import Reports
internal import Scanning

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// `gifthorse selftest`: proves that the installed program still detects, still says what it could not read, and still confines itself.
///
/// It makes a folder of harmless samples where temporary files go, scans it as any scan does, and removes it again; then it gives up its
/// rights and tries to use them.
struct SelftestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Prove in a second that this program still detects what it should.",
    discussion: "Exit status: 0 everything works; 70 something does not.")

  @OptionGroup var output: OutputOptions

  func run() throws {
    let environment = ProcessIO.environment()
    let answer = try AnswerFile.create(output)
    let folder = try SampleFolder(parent: environment["TMPDIR"] ?? "/tmp")
    let detected = Result { try Self.detectionResults(folder) }
    folder.remove()
    let results = try detected.get() + Self.confinementResults()
    let target = Output { answer.write($0) }
    write(results, style: ProcessIO.style(output, environment), to: target)
    target.flush()
    try answer.end()
    if results.contains(where: { !$0.isPassed }) { throw ExitCode(70) }
  }

  private static func detectionResults(_ folder: borrowing SampleFolder) throws -> [SelftestResult] {
    let index = IncidentIndex.embedded()
    return try Sample.all.map { sample in
      let path = try folder.write(sample)
      let roots = try ScanRoots(paths: [path])
      var options = ScanOptions(started: ProcessIO.now(), clock: ProcessIO.monotonic)
      options.signs = .embedded()
      let report = scan(roots, against: index, options: options)
      return SelftestResult(
        name: sample.name, isPassed: report.verdict == sample.verdict, detail: report.verdict.rawValue)
    }
  }

  /// Comes last: there is no way back.
  private static func confinementResults() -> [SelftestResult] {
    let confinement = Confinement.apply(reading: [])
    var results: [SelftestResult] = []
    if !confinement.seccomp, confinement.landlock == nil {
      results.append(SelftestResult(name: "confined", isPassed: false, detail: "no seccomp, no Landlock"))
    }
    if confinement.seccomp {
      results.append(
        SelftestResult(name: "confined-no-socket", isPassed: gifthorse_try_socket() == -EPERM, detail: "seccomp"))
      results.append(
        SelftestResult(name: "confined-no-program", isPassed: gifthorse_try_execute() == -EPERM, detail: "seccomp"))
    }
    if confinement.seccomp || confinement.landlock != nil {
      results.append(
        SelftestResult(name: "confined-no-writing", isPassed: gifthorse_create("/dev/null") < 0, detail: "open"))
    }
    if let landlock = confinement.landlock {
      let opened = gifthorse_openat(SafeOpening.currentFolder, "/etc/passwd", O_RDONLY)
      results.append(SelftestResult(name: "confined-no-reading", isPassed: opened < 0, detail: "Landlock \(landlock)"))
    }
    return results
  }
}

/// A harmless file, and the verdict that a scan of it must come to.
private struct Sample {
  let name: String
  /// Below the sample's own folder.
  let file: String
  let content: String
  let verdict: Verdict

  static let all: [Sample] = [
    Sample(
      name: "installed", file: "node_modules/node-ipc/package.json",
      content: #"{"name":"node-ipc","version":"9.1.6"}"#, verdict: .malicious),
    Sample(
      name: "installed-clean", file: "node_modules/node-ipc/package.json",
      content: #"{"name":"node-ipc","version":"9.2.1"}"#, verdict: .clean),
    Sample(
      name: "package-lock", file: "package-lock.json",
      content: """
        {"lockfileVersion":3,"packages":{"":{"dependencies":{"x":"npm:node-ipc@9.2.3"}},
        "node_modules/x":{"name":"node-ipc","version":"9.2.3"}}}
        """, verdict: .malicious),
    Sample(
      name: "yarn-lock", file: "yarn.lock",
      content: """
        # yarn lockfile v1


        "x@npm:node-ipc@12.0.1":
          version "12.0.1"
          resolved "https://registry.example/node-ipc/-/node-ipc-12.0.1.tgz#0"

        """, verdict: .malicious),
    Sample(
      name: "pnpm-lock", file: "pnpm-lock.yaml",
      content: """
        lockfileVersion: '9.0'
        importers:
          .:
            dependencies:
              node-ipc:
                specifier: 9.1.6
                version: 9.1.6
        packages:
          node-ipc@9.1.6:
            resolution: {integrity: sha512-none}
        snapshots:
          node-ipc@9.1.6: {}

        """, verdict: .malicious),
    Sample(
      name: "bun-lock", file: "bun.lock",
      content: """
        {
          "lockfileVersion": 1,
          "workspaces": { "": { "name": "app", "dependencies": { "a": "1.0.0" } } },
          "packages": {
            "a": ["a@1.0.0", "", { "dependencies": { "node-ipc": "9.2.3" } }, ""],
            "a/node-ipc": ["node-ipc@9.2.3", "", {}, ""],
          }
        }
        """, verdict: .malicious),
    Sample(
      name: "wiper", file: "node_modules/node-ipc/package.json",
      content: #"{"name":"node-ipc","version":"10.1.1"}"#, verdict: .malicious),
    Sample(
      name: "protestware", file: "node_modules/peacenotwar/package.json",
      content: #"{"name":"peacenotwar","version":"9.1.6"}"#, verdict: .protestware),
    Sample(
      name: "python-installed", file: "site-packages/litellm-1.82.8.dist-info/METADATA",
      content: "Metadata-Version: 2.1\nName: LiteLLM\nVersion: 1.82.8\n", verdict: .malicious),
    Sample(
      name: "python-installed-clean", file: "site-packages/litellm-1.82.6.dist-info/METADATA",
      content: "Metadata-Version: 2.1\nName: LiteLLM\nVersion: 1.82.6\n", verdict: .clean),
    Sample(
      name: "requirements", file: "requirements.txt", content: "litellm == 1.82.7\n", verdict: .malicious),
    Sample(
      name: "uv-lock", file: "uv.lock",
      content: """
        version = 1

        [[package]]
        name = "litellm"
        version = "1.82.7"
        source = { registry = "https://registry.example/simple" }

        """, verdict: .malicious),
    Sample(
      name: "trace", file: ".github/workflows/shai-hulud-workflow.yml", content: "on: push\n", verdict: .malicious),
    Sample(
      name: "trace-clean", file: "notes/shai-hulud-workflow.md", content: "shai-hulud-workflow.yml\n",
      verdict: .clean),
    Sample(
      name: "truncated", file: "package-lock.json",
      content: #"{"lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.0"}"#, verdict: .notVerified),
  ]
}

/// A folder that is there while the samples are scanned.
private struct SampleFolder: ~Copyable {
  private let path: String

  /// - Throws: `ExitCode` after it has said what is wrong.
  init(parent: String) throws {
    var template = Array("\(parent)/gifthorse-selftest-XXXXXX".utf8CString)
    guard let made = template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) else {
      ProcessIO.say(Wording.cannotWrite(path: parent, errorName: SystemError(code: errno).name))
      throw ExitCode(70)
    }
    path = String(cString: made)
  }

  /// Writes one sample into a folder of its own, and gives that.
  func write(_ sample: Sample) throws -> String {
    let root = "\(path)/\(sample.name)"
    var folder = root
    mkdir(folder, 0o700)
    let parts = sample.file.split(separator: "/")
    for part in parts.dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
    let file = try AnswerFile(path: "\(root)/\(sample.file)")
    var content = sample.content
    content.withUTF8 { file.write(UnsafeRawBufferPointer($0)) }
    if let failure = file.failure { throw failure }
    return root
  }

  /// Removes exactly what was written.
  func remove() {
    for sample in Sample.all {
      var parts = sample.file.split(separator: "/").map(String.init)
      unlink("\(path)/\(sample.name)/\(sample.file)")
      while !parts.isEmpty {
        parts.removeLast()
        rmdir(([path, sample.name] + parts).joined(separator: "/"))
      }
    }
    rmdir(path)
  }
}
