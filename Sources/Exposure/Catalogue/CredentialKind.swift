// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Advisories

/// One kind of credential, as a file of `Credentials/` describes it: `npm-token`.
public struct CredentialKind: Sendable {
  public internal(set) var id = ""
  /// `publishing`, `cloud` … as the files are called.
  public internal(set) var group = ""
  /// Its place in the order in which kinds are replaced: the smaller number first.
  public internal(set) var order = 0
  /// An incident that reads one of these has read this kind.
  public internal(set) var reads: [IncidentCode.Reading] = []
  /// Whether replacing it changes its file, so that an old file says that it was not replaced.
  public internal(set) var changesFile = true
  /// By language.
  public internal(set) var texts: [String: Texts] = [:]
  /// Environment variables whose value is one.
  var variables: [Wildcard] = []

  /// What is said of it.
  public struct Texts: Hashable, Sendable {
    /// What it is, to stand in a list.
    public internal(set) var name = ""
    /// What a thief can do with it.
    public internal(set) var scope = ""
    /// The page or the command where it is replaced.
    public internal(set) var `where` = ""
    /// What to do there.
    public internal(set) var how = ""
    /// What shows abuse; nil where nothing does.
    public internal(set) var log: String?

    public init() {}
  }

  /// In `language`, in English where that language is missing.
  public func texts(in language: String) -> Texts { texts[language] ?? texts["en"] ?? Texts() }
}

/// Something that leaves less to lose: what of the credentials it is about, and what is said of it.
public struct EasierWay: Sendable {
  /// Of the credentials of its kinds those that it helps. Stable, kebab-case, as `Credentials/ways.json` has it.
  public enum Condition: String, CaseIterable, Sendable {
    case any
    /// Whoever can read the file has it.
    case unprotected
    /// It lies in the home itself, not in a folder.
    case inHome = "in-home"
    /// It was not changed for a year.
    case old
    case readableByOthers = "readable-by-others"
  }

  /// In one language.
  public struct Texts: Hashable, Sendable {
    public internal(set) var what = ""
    public internal(set) var how = ""
  }

  public internal(set) var id = ""
  /// The kinds that it is about; all where it is empty.
  public internal(set) var kinds: [String] = []
  public internal(set) var when = Condition.any
  public internal(set) var texts: [String: Texts] = [:]

  public func texts(in language: String) -> Texts { texts[language] ?? texts["en"] ?? Texts() }
}
