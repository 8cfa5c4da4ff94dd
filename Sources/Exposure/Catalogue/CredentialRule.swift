// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Files of one kind of credential, and what shows that one of them holds a secret.
struct CredentialRule: Sendable {
  /// As `Schemas/credentials-1.schema.json` describes them.
  enum Test: String, CaseIterable, Sendable {
    case nonEmpty = "non-empty"
    case folder
    case setting
    case word
    case contains
    case privateKey = "private-key"
    case urlPassword = "url-password"
    case numberArray = "number-array"
  }

  /// The number of its kind.
  var kind = 0
  var test = Test.nonEmpty
  var paths: [CredentialPath] = []
  var except: [Wildcard] = []
  var keys: [Wildcard] = []
  var texts: [String] = []
  /// Keys that say: the system's own store holds the secret.
  var stored: [Wildcard] = []
  var protection: Protection?
  var marks: [(protection: Protection, texts: [String])] = []

  /// Whether a file has to be read to tell.
  var needsContent: Bool {
    switch test {
    case .nonEmpty, .folder: !marks.isEmpty || !stored.isEmpty
    case .setting, .word, .contains, .privateKey, .urlPassword, .numberArray: true
    }
  }
}

/// Where a file lies, as the catalogue writes it.
struct CredentialPath: Hashable, Sendable {
  enum Anchor: Hashable, Sendable {
    case home
    /// The root of the machine's file system.
    case root
    /// What an environment variable says; a list of paths, or one.
    case variable(String, isList: Bool)
    /// Anywhere in a project.
    case project
  }

  let anchor: Anchor
  /// What follows the anchor: components, without empty ones.
  let parts: [String]

  /// More would only cost time: no credential lies so deep.
  static let mostParts = 16

  init?(_ text: String) {
    var rest = text[...]
    if rest.hasPrefix("~/") {
      anchor = .home
    } else if rest.hasPrefix("/") {
      anchor = .root
    } else if rest.hasPrefix("$") {
      let name = rest.dropFirst().prefix { $0 != "/" && $0 != ":" }
      rest = rest.dropFirst(1 + name.count)
      anchor = .variable(String(name), isList: rest.hasPrefix(":"))
      if rest.hasPrefix(":") { rest = rest.dropFirst() }
    } else {
      anchor = .project
    }
    if anchor == .home { rest = rest.dropFirst() }
    parts = rest.split(separator: "/").map(String.init)
    guard parts.count <= Self.mostParts, !parts.contains("."), !parts.contains("..") else { return nil }
  }
}
