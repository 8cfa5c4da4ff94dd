// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Discovery

/// The links through which packages are found that lie apart.
///
/// - Source: https://pnpm.io/symlinked-node-modules-structure (read 2026-11-25)
enum PackageLinks {
  private static let store = ".pnpm"

  /// The links to the package at `folder`, `…/node_modules/.pnpm/x@1.0.0/node_modules/x`: those of its own name in the same `node_modules`, in
  /// that of `.pnpm`, and beside every package there. A link of another name (an alias), or from another project of a workspace, is left, and
  /// then leads nowhere.
  static func paths(to folder: [UInt8], below root: Int32) -> [[UInt8]] {
    let parts = folder.split(separator: UInt8(ascii: "/"))
    guard let store = parts.lastIndex(where: { $0.elementsEqual(store.utf8) }), store > 0, parts.count > store + 3,
      parts[store - 1].elementsEqual("node_modules".utf8), parts[store + 2].elementsEqual("node_modules".utf8)
    else { return [] }
    let name = Array(parts[(store + 3)...].joined(separator: [UInt8(ascii: "/")]))
    let modules = Array(parts[..<store].joined(separator: [UInt8(ascii: "/")]))
    let inner = modules.appending(Self.store.utf8)
    var candidates = [modules.appending(name), inner.appending("node_modules".utf8).appending(name)]
    for neighbour in names(in: inner, below: root) where !neighbour.elementsEqual("node_modules".utf8) {
      candidates.append(inner.appending(neighbour).appending("node_modules".utf8).appending(name))
    }
    guard let target = try? SafeOpening.folder(folder.terminated, below: root).whileOpen(SafeOpening.facts) else {
      return []
    }
    return candidates.filter { $0 != folder && leads($0, to: target, below: root) }
  }

  private static func names(in folder: [UInt8], below root: Int32) -> [[UInt8]] {
    var names: [[UInt8]] = []
    _ = try? SafeOpening.folder(folder.terminated, below: root).whileOpen { (number) throws(SystemError) in
      try EntryReader().forEachEntry(of: number) { name, kind, _ in
        if kind == .folder || kind == nil { names.append(Array(name)) }
      }
    }
    return names
  }

  private static func leads(_ path: [UInt8], to target: SafeOpening.Facts, below root: Int32) -> Bool {
    let (folder, name) = path.split
    guard let parent = try? SafeOpening.folder(folder.terminated, below: root) else { return false }
    return parent.whileOpen { number in
      guard (try? SafeOpening.facts(of: name.terminated, in: number))?.kind == .link else { return false }
      let place = try? SafeOpening.anything(name.terminated, at: number).whileOpen(SafeOpening.facts)
      return place?.inode == target.inode && place?.device == target.device
    }
  }
}
