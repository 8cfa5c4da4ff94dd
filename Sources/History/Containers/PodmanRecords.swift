// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Parsing

/// Podman's records of layers, images and containers.
struct PodmanRecords {
  let reader: TraceReader
  let folder: TraceFolder
  let driver: String

  private struct Row {
    var id = ""
    var parent: String?
    /// Of an image or a container: its uppermost layer.
    var layer: String?
    var names: [String] = []
    var created: Int64?
  }

  func layers() -> [String: ImageLayer] {
    let rows = rows("layers")
    var layers: [String: ImageLayer] = [:]
    var parents: [String: String] = [:]
    for row in rows {
      var layer = ImageLayer(id: row.id, storage: folder.path)
      layer.arrival = reader.bound(row.created)
      layers[row.id] = layer
      parents[row.id] = row.parent
    }
    for image in self.rows("images") {
      let shown = image.names.isEmpty ? ["sha256:" + image.id] : image.names
      var next = image.layer
      var steps = 0
      // An image has no more layers than there are; a ring of parents ends there too.
      while let id = next, steps <= rows.count {
        layers[id]?.images += shown
        next = parents[id]
        steps += 1
      }
    }
    for container in self.rows("containers") {
      guard let id = container.layer else { continue }
      layers[id]?.containers += container.names.isEmpty ? [container.id] : container.names
    }
    return layers
  }

  /// What is thrown away when the machine starts anew stands in a file of its own.
  private func rows(_ kind: String) -> [Row] {
    guard let records = reader.present("\(driver)-\(kind)", in: folder) else { return [] }
    return rows(kind + ".json", in: records) + rows("volatile-\(kind).json", in: records)
  }

  private func rows(_ name: String, in records: TraceFolder) -> [Row] {
    var rows: [Row] = []
    guard reader.has(name, in: records) else { return [] }
    let file = Array(name.utf8)
    reader.read(file, in: records, limit: reader.limits.textBytes) { bytes in
      _ = reader.parsed(bytes, records.shown(file)) { json throws(ParseError) in
        try json.enterArray()
        while try json.nextElement() { rows.append(try Self.row(&json)) }
      }
    }
    return rows
  }

  private static func row(_ json: inout JSONReader) throws(ParseError) -> Row {
    var row = Row()
    try json.enterObject()
    while let key = try json.nextKey() {
      if key.equals("id") {
        row.id = try json.stringValue() ?? ""
      } else if key.equals("parent") {
        row.parent = try json.stringValue()
      } else if key.equals("layer") {
        row.layer = try json.stringValue()
      } else if key.equals("names") {
        row.names = try json.stringsInside()
      } else if key.equals("created") {
        row.created = try json.stringValue().flatMap { Moment($0)?.seconds }
      } else {
        try json.skip()
      }
    }
    return row
  }
}
