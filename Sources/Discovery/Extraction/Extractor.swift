// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Parsing

/// Turns one file of one format into sightings: a pure function, without input or output of its own.
///
/// The framework opens the file, bounds it, decodes it to UTF-8, sees to merge conflicts, and turns what is thrown into a
/// coverage problem. What was added to the extraction before an error was thrown is kept, as `partial`.
public protocol Extractor: Sendable {
  /// `ecosystem/format`, also the name of the folder of its fixtures: `npm/package-lock`.
  static var id: String { get }

  /// The files that this extractor reads.
  static var files: [FilePattern] { get }

  /// What kind of file this is, which sets its size limit and whether it may be empty.
  static var role: FileRole { get }

  /// Whether ``extract(_:into:)`` reads bytes that are not text, so that they must not be decoded.
  static var isBinary: Bool { get }

  /// Whether a file without content is in order: it asks for nothing. One full of zero bytes, as a crash leaves it, never is.
  static var mayBeEmpty: Bool { get }

  /// Names of small files that lie beside the file and add to what it says (`direct_url.json` beside `METADATA`). They are read where they
  /// are, up to ``SourceFile/siblingBytes``; see ``SourceFile/sibling(_:)``.
  static var siblings: [String] { get }

  /// Adds the packages that `file` names to `extraction`, in file order.
  /// - Throws: ``ParseError`` at the byte where the grammar breaks.
  /// - Complexity: O(bytes), one pass, unless the extractor says otherwise.
  static func extract(_ file: SourceFile, into extraction: inout Extraction) throws(ParseError)
}

extension Extractor {
  public static var isBinary: Bool { false }
  public static var mayBeEmpty: Bool { role == .script }
  public static var siblings: [String] { [] }
}

/// What a file is to its ecosystem.
public enum FileRole: String, Sendable {
  /// Pins versions. One that has content and yields nothing is a problem, unless the extractor says that it is rightly empty.
  case lockfile
  /// Describes one package or project. It may well yield nothing.
  case manifest
  /// A program's source, of which a few say in their first lines what they need. Only its first ``SourceFile/scriptBytes`` are read; it may
  /// well yield nothing, and one that is no file, or a link out of the roots, is nothing to report.
  case script
}

/// A file name that an extractor reads.
public enum FilePattern: Hashable, Sendable {
  /// `package.json`, in any folder.
  case name(String)
  /// `lock.yaml` only where it lies directly in a folder called `.pnpm`.
  case inFolder(String, name: String)
  /// `METADATA` only where it lies directly in a folder whose name ends with `.dist-info`.
  case inFolderEnding(String, name: String)
  /// Any name with this ending, where it lies directly in a folder called `requirements`.
  case endingInFolder(String, ending: String)
  /// A name of this beginning and end, with something between: `pnpm-lock.` … `.yaml`.
  case affixes(prefix: String, suffix: String)
  /// Any name with this ending, unless one of the folders on the way below the root bears one of these names.
  case ending(String, outside: [String])
}

/// One opened file, as an extractor gets it. Its bytes are valid for the length of the call.
public struct SourceFile {
  /// The whole file: UTF-8 without a byte order mark (for a binary format, as it is).
  public let text: Bytes
  /// Where the file lies.
  public let place: FilePlace
  public let limits: Limits
  /// Whether the dependency graph is wanted. Without it an extractor need not note edges, which costs time and memory.
  public let wantsGraph: Bool
  /// The files beside it that its extractor asks for and that are there: name to content.
  private let siblings: [String: [UInt8]]

  /// How much of a ``FileRole/script`` is read.
  public static let scriptBytes = 1 << 16
  /// How large a sibling may be to be read.
  public static let siblingBytes = 1 << 16

  public init(
    text: Bytes, place: FilePlace, limits: Limits = Limits(), wantsGraph: Bool = false,
    siblings: [String: [UInt8]] = [:]
  ) {
    self.text = text
    self.place = place
    self.limits = limits
    self.wantsGraph = wantsGraph
    self.siblings = siblings
  }

  /// The bytes of a file beside this one, as they are on disk; nil where there is none that can be read. Only names in
  /// ``Extractor/siblings`` are there.
  public func sibling(_ name: String) -> [UInt8]? {
    siblings[name]
  }
}
