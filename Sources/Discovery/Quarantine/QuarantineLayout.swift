// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Confinement

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// How a quarantine lies on disk, and when it counts as one.
///
/// ~~~
/// .gifthorse-quarantine/            0700, of the user whose tree it is
///   .gitignore                      so that no commit takes up what lies here
///   20261125T233316Z-9f3c21d4/      0700, one for each run
///     manifest.json                 0600, what was to be moved, written first
///     held/                         0400 once it is locked; 0700 while things are moved
///       1  2  3 …                   what was moved, under its number
/// ~~~
///
/// A locked `held` has no right to be entered: its owner can list the names in it, and that is all. No program of that user opens, loads or
/// starts what lies there, by whatever path, until somebody changes the mode. That is why a scan may trust it without reading it, and why
/// whoever forges one has locked his own files away. (0000 would keep the scan from listing it as well; 0700 would let `require` in by path.)
/// Only the superuser is not kept out.
public enum QuarantineLayout {
  public static let folderName = ".gifthorse-quarantine"
  public static let manifestName = "manifest.json"
  /// What the manifest is called until it is written whole.
  public static let newManifestName = "manifest.json.new"
  public static let heldName = "held"
  public static let ignoreName = ".gitignore"
  public static let folderMode: UInt32 = 0o700
  public static let fileMode: UInt32 = 0o600
  public static let lockedMode: UInt32 = 0o400

  /// Checks that the open folder may be, or hold, a quarantine: its owner is this user (or, for the superuser, whoever owns the folder
  /// around it), and nobody else has any right to it.
  ///
  /// - Parameter owner: Of the folder that holds the quarantine.
  public static func check(
    _ descriptor: Int32, holderOwner owner: UInt32, modes: Set<UInt32> = [folderMode]
  ) throws(QuarantineFault) {
    let status = try QuarantineFault.wrap { () throws(SystemError) in try FileStatus(of: descriptor) }
    guard status.facts.kind == .folder else { throw QuarantineFault(.notAFolder) }
    let user = geteuid()
    guard status.owner == user || (user == 0 && status.owner == owner) else { throw QuarantineFault(.ofAnotherUser) }
    guard modes.contains(status.mode) else {
      throw QuarantineFault(.openToOthers, String(status.mode, radix: 8))
    }
  }
}

/// Why something is no quarantine, or may not be used as one.
public struct QuarantineFault: Error, Hashable, Sendable {
  /// Stable, kebab-case: part of the JSON contract.
  public enum Code: String, CaseIterable, Sendable {
    /// The system refused. Arguments: the errno name.
    case system
    /// Where the folder should be is something else: a file, a symbolic link.
    case notAFolder = "not-a-folder"
    case ofAnotherUser = "of-another-user"
    /// Its mode is not the one it must have. Arguments: the mode.
    case openToOthers = "open-to-others"
    case noManifest = "no-manifest"
    /// A run was interrupted before it had written its manifest, so that it has moved nothing.
    case neverBegun = "never-begun"
    /// Arguments: the parser's code.
    case manifestNotUnderstood = "manifest-not-understood"
    /// Something lies in it that the manifest does not list, or that is not what the manifest says. Arguments: its name.
    case strangeEntry = "strange-entry"
    /// Its things are not locked away: it was interrupted, or somebody has opened it.
    case notLocked = "not-locked"
  }

  public let code: Code
  public let argument: String

  public init(_ code: Code, _ argument: String = "") {
    self.code = code
    self.argument = argument
  }

  public init(_ error: SystemError) {
    // A link where no link may be.
    self.init(error.isLink || error.code == ENOTDIR ? .notAFolder : .system, error.isLink ? "" : error.name)
  }

  public static func wrap<Result: ~Copyable>(
    _ body: () throws(SystemError) -> Result
  ) throws(QuarantineFault) -> Result {
    do throws(SystemError) {
      return try body()
    } catch {
      throw QuarantineFault(error)
    }
  }
}
