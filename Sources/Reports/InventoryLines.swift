// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

public import Inventory

/// The forms of a line of `gifthorse inventory`.
public enum InventoryFormat: String, CaseIterable, Sendable {
  /// purl, kind and place, separated by tabs.
  case text
  /// One JSON object a line: `Schemas/v1/inventory.schema.json`.
  case ndjson
}

/// Writes one sighting as one line.
public func writeInventoryLine(
  _ package: Package, _ sighting: Sighting, as format: InventoryFormat, to output: Output
) {
  switch format {
  case .text: writeTextLine(package, sighting, to: output)
  case .ndjson: writeJSONLine(package, sighting, to: output)
  }
}

private func writeTextLine(_ package: Package, _ sighting: Sighting, to output: Output) {
  output.append(package.purl.utf8)
  output.append(CollectionOfOne(UInt8(ascii: "\t")))
  output.append(sighting.kind.rawValue.utf8)
  output.append(CollectionOfOne(UInt8(ascii: "\t")))
  // Tabs and line feeds in a path are escaped with the other controls, so a line has three fields whatever it names.
  output.append(Escaping.terminal(sighting.path).utf8)
  if let line = sighting.line { output.append(":\(line)".utf8) }
  output.append(CollectionOfOne(UInt8(ascii: "\n")))
}

private func writeJSONLine(_ package: Package, _ sighting: Sighting, to output: Output) {
  var json = JSONWriter(output)
  json.object(.inline) { json in
    json.field("purl", package.purl)
    json.field("ecosystem", package.ecosystem.rawValue)
    json.field("name", package.name)
    if let version = package.version { json.field("version", version) }
    json.fields(of: sighting)
  }
  output.append(CollectionOfOne(UInt8(ascii: "\n")))
}
