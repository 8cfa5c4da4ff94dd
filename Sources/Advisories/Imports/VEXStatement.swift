// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What somebody says about a vulnerability in products of theirs: that it does not matter there, or that it does.
///
/// - Source: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md 0.2.0 (read 2026-11-25)
public struct VEXStatement: Hashable, Sendable {
  /// Stable: the words of the specification.
  public enum Status: String, CaseIterable, Sendable {
    case notAffected = "not_affected"
    case affected
    case fixed
    case underInvestigation = "under_investigation"
  }

  /// Why a product is not affected. Stable: the words of the specification.
  public enum Justification: String, CaseIterable, Sendable {
    case componentNotPresent = "component_not_present"
    case vulnerableCodeNotPresent = "vulnerable_code_not_present"
    case vulnerableCodeNotInExecutePath = "vulnerable_code_not_in_execute_path"
    case vulnerableCodeCannotBeControlledByAdversary = "vulnerable_code_cannot_be_controlled_by_adversary"
    case inlineMitigationsAlreadyExist = "inline_mitigations_already_exist"
  }

  /// A product, or a component of one.
  public struct Product: Hashable, Sendable {
    /// An IRI, often a purl; empty where the product is only told by ``purl``.
    public var id = ""
    /// The purl, as written, where there is one.
    public var purl: String?
    /// The components that are meant, as far as they are told: purls, else IRIs. Empty for the product as a whole.
    public var subcomponents: [String] = []
  }

  /// The identifier of the document that it stands in.
  public var document = ""
  public var author = ""
  /// `CVE-2023-12345`
  public var vulnerability = ""
  public var aliases: [String] = []
  public var products: [Product] = []
  public var status = Status.underInvestigation
  public var justification: Justification?
  /// Why the product is not affected, in the author's words.
  public var impactStatement: String?
  /// What to do about it, in the author's words.
  public var actionStatement: String?
  public var statusNotes: String?
  /// When it was known to be true, RFC 3339 as written: the statement's own, else the document's. A later one overrides.
  public var timestamp = ""

  init() {}
}
