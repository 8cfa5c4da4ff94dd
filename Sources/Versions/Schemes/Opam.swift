// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// Versions of OCaml's packages, as opam orders them: the order of Debian's versions, without an epoch.
///
/// Texts and numbers take turns. `~` is before the end of the text, the end before letters, letters before all others.
/// What stands behind the last hyphen decides last. Noughts in front of a number do not count: `1.01` and `1.1` are the
/// same. Requirements (`{>= "1.2"}`) are not read.
/// - Source: https://github.com/ocaml/opam, `src/core/opamVersionCompare.ml` (read 2026-11-25)
public enum Opam: VersionScheme {
  public static let id = "Opam"
  public static let ecosystems = [Ecosystem("opam")]
  public static let takesAnyText = true

  public static func parse(_ text: String) -> OpamVersion? {
    OpamVersion(text)
  }

  public static func order(_ first: OpamVersion, _ second: OpamVersion) -> VersionOrder {
    OpamOrder.order(first.upstream, second.upstream).then(OpamOrder.order(first.revision, second.revision))
  }

  public static func range(_ text: String) -> (any VersionRange)? {
    nil
  }
}
