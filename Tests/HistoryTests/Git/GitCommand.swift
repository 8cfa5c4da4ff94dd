// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// The git of this machine, in a new repository, without the settings of whoever runs the tests.
struct GitCommand {
  let folder: TemporaryFolder
  var path: String { folder.path("project") }

  static let isThere = (try? launch(["--version"], in: "/", input: Data())) != nil

  init(hasLongNames: Bool = false) throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("project")
    try run("init", "-q", "--object-format=\(hasLongNames ? "sha256" : "sha1")")
    try run("symbolic-ref", "HEAD", "refs/heads/main")
  }

  @discardableResult
  func run(
    _ arguments: String..., input: String = "", bytes: Data? = nil, allowing status: Int32 = 0
  ) throws -> [String] {
    let output = try Self.launch(arguments, in: path, input: bytes ?? Data(input.utf8), allowing: status)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private struct Failed: Error {
    let arguments: [String]
    let status: Int32
  }

  private static func launch(
    _ arguments: [String], in path: String, input: Data, allowing status: Int32 = 0
  ) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["git", "-C", path] + arguments
    let who = ["NAME": "A", "EMAIL": "a@history.example", "DATE": "1600000000 +0000"]
    var environment = ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": path]
    environment["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    for (name, value) in who {
      environment["GIT_AUTHOR_\(name)"] = value
      environment["GIT_COMMITTER_\(name)"] = value
    }
    process.environment = environment
    let (output, feed) = (Pipe(), FileManager.default.temporaryDirectory.appending(path: UUID().uuidString))
    try input.write(to: feed)
    defer { try? FileManager.default.removeItem(at: feed) }
    process.standardInput = try FileHandle(forReadingFrom: feed)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard [0, status].contains(process.terminationStatus) else {
      throw Failed(arguments: arguments, status: process.terminationStatus)
    }
    return data
  }
}

/// The windows of all local branches, worked out the plain way from what git says of each commit.
struct GitAnswers {
  private var parents: [String: [String]] = [:]
  private var times: [String: Int] = [:]
  /// By commits: paths of bad lockfiles.
  private var bad: [String: Set<String>] = [:]
  private var branches: [(name: String, tip: String)] = []

  init(_ git: GitCommand) throws {
    for line in try git.run("log", "--all", "--format=%H|%ct|%P") {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      parents[parts[0]] = parts[2].split(separator: " ").map(String.init)
      times[parts[0]] = Int(parts[1])
    }
    for commit in parents.keys {
      // Status 1: no line matches.
      let lines = try git.run("grep", "-l", "-e", "^BAD alpha$", commit, "--", "*.lock", allowing: 1)
      bad[commit] = Set(lines.map { String($0.dropFirst(commit.count + 1)) })
    }
    branches = try git.run("for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads").map {
      (name: String($0.split(separator: " ")[0]), tip: String($0.split(separator: " ")[1]))
    }
  }

  /// One line for each window that is open on a branch, and for each that is over, whatever branches have it.
  func windows() -> Set<String> {
    var open: Set<String> = []
    // `main` speaks for all that have it, then the others by name.
    var past: [String: String] = [:]
    for branch in branches.sorted(by: { ($0.name == "main" ? "" : $0.name) < ($1.name == "main" ? "" : $1.name) }) {
      let reached = reached(from: branch.tip)
      for path in Set(bad.values.flatMap { $0 }) {
        for piece in pieces(path, in: reached) {
          let begin = piece.compactMap { times[$0] }.min() ?? 0
          if piece.contains(branch.tip) {
            open.insert("alpha project/\(path) (\(branch.name)) \(begin) -")
            continue
          }
          let ends = reached.filter { !piece.contains($0) && !Set(parents[$0] ?? []).isDisjoint(with: piece) }
          let end = ends.compactMap { times[$0] }.max() ?? 0
          let key = "\(path) \(begin) \(end)"
          past[key] = past[key] ?? "alpha project/\(path) (\(branch.name)) \(begin) \(end)"
        }
      }
    }
    return open.union(past.values)
  }

  private func reached(from tip: String) -> Set<String> {
    var (found, waiting): (Set<String>, [String]) = ([], [tip])
    while let commit = waiting.popLast() {
      if found.insert(commit).inserted { waiting += parents[commit] ?? [] }
    }
    return found
  }

  private func pieces(_ path: String, in reached: Set<String>) -> [Set<String>] {
    var rest = reached.filter { bad[$0]?.contains(path) ?? false }
    var neighbours: [String: [String]] = [:]
    for commit in rest {
      for parent in parents[commit] ?? [] where rest.contains(parent) {
        neighbours[commit, default: []].append(parent)
        neighbours[parent, default: []].append(commit)
      }
    }
    var pieces: [Set<String>] = []
    while let first = rest.first {
      var (piece, waiting): (Set<String>, [String]) = ([], [first])
      while let commit = waiting.popLast() {
        if piece.insert(commit).inserted { waiting += neighbours[commit] ?? [] }
      }
      pieces.append(piece)
      rest.subtract(piece)
    }
    return pieces
  }
}
