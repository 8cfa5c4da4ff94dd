// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Why a file is not edited, though something bad stands in it.
public struct EditDoubt: Error, Hashable, Sendable {
  /// Stable, kebab-case: part of the JSON contract.
  public enum Code: String, CaseIterable, Sendable {
    /// The file breaks its own grammar. Arguments: what was expected.
    case malformed
    /// It is not UTF-8.
    case wrongEncoding = "wrong-encoding"
    /// One key stands twice in one object, and tools differ in which of them counts.
    case repeatedKey = "repeated-key"
    /// A version or form of the format that is not edited. Arguments: which.
    case unknownForm = "unknown-form"
    /// Nothing that could be read holds the safe version's whole entry: its address, digest and dependencies. Arguments: `name@version`.
    case entryNotKnown = "entry-not-known"
    /// What the safe version needs is not in the lockfile. Arguments: `name@version`, what it needs.
    case dependencyMissing = "dependency-missing"
    /// Something else in the lockfile does not take the safe version. Arguments: `name@version`, who asks, what for.
    case notTaken = "not-taken"
    /// An override of this name under a condition, or below another name, is there already. Arguments: its key.
    case conditionalOverride = "conditional-override"
    /// The project asks for the package by something else than versions of the registry. Arguments: the name, what it asks for.
    case fromElsewhere = "from-elsewhere"
    /// The project itself asks for another version than the one that others get. Arguments: the name, what it asks for.
    case directDiffers = "direct-differs"
    /// Other versions of the package are locked beside the bad one, and one override would be for all. Arguments: the name, those versions.
    case severalVersions = "several-versions"
    /// Digests stand behind the version, and those of the safe one are not known. Arguments: `name@version`.
    case digestsNotKnown = "digests-not-known"
    /// The lockfile holds a digest of the manifest, which changes. Arguments: the manifest's name.
    case manifestDigest = "manifest-digest"
    /// The format holds bytes that only its own tool can write.
    case binary
    /// The bad version was not found where it was seen. Arguments: `name@version`.
    case notFound = "not-found"
  }

  public var code: Code
  public var arguments: [String]

  public init(_ code: Code, _ arguments: [String] = []) {
    self.code = code
    self.arguments = arguments
  }
}
