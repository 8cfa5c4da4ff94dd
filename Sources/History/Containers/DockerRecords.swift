// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
internal import Parsing

/// Docker's records of images, layers and containers.
struct DockerRecords {
  let reader: TraceReader
  let folder: TraceFolder
  let driver: String

  /// By the names of their folders.
  func layers() -> [String: ImageLayer] {
    guard let records = reader.present("image/" + driver, in: folder) else { return [:] }
    let parts = imageParts(records)
    var layers: [String: ImageLayer] = [:]
    if let chains = reader.present("layerdb/sha256", in: records) {
      for entry in reader.entries(of: chains) where entry.kind == .folder {
        guard let chain = reader.folder(entry.name, in: chains), let id = reader.word("cache-id", in: chain) else {
          continue
        }
        var layer = ImageLayer(id: id, storage: folder.path)
        layer.arrival = (try? chain.times(of: Array("cache-id".utf8)))?.arrival(now: reader.now)
        for part in parts[entry.text] ?? [] {
          if !layer.images.contains(part.image) { layer.images.append(part.image) }
          layer.built = layer.built ?? part.built
        }
        layers[id] = layer
      }
    }
    addContainers(records, &layers)
    return layers
  }

  private struct Part {
    let image: String
    let built: Int64?
  }

  /// Which images each chain of layers is the beginning of.
  private func imageParts(_ records: TraceFolder) -> [String: [Part]] {
    let names = imageNames(records)
    var parts: [String: [Part]] = [:]
    guard let images = reader.present("imagedb/content/sha256", in: records) else { return [:] }
    for entry in reader.entries(of: images) where entry.kind == .file {
      var image = ImageConfiguration()
      reader.read(entry.name, in: images, limit: reader.limits.indexBytes) { bytes in
        image =
          reader.parsed(bytes, images.shown(entry.name)) { json throws(ParseError) in try ImageConfiguration(&json) }
          ?? image
      }
      let shown = names[entry.text] ?? ["sha256:" + entry.text]
      for (chain, built) in image.chains {
        parts[chain, default: []] += shown.map { Part(image: $0, built: reader.bound(built)?.seconds) }
      }
    }
    return parts
  }

  /// `{"Repositories":{"node":{"node:20":"sha256:…","node@sha256:…":"sha256:…"}}}` by the image's digest.
  private func imageNames(_ records: TraceFolder) -> [String: [String]] {
    var names: [String: [String]] = [:]
    guard reader.has("repositories.json", in: records) else { return [:] }
    let file = Array("repositories.json".utf8)
    reader.read(file, in: records, limit: reader.limits.indexBytes) { bytes in
      _ = reader.parsed(bytes, records.shown(file)) { json throws(ParseError) in
        try json.enterObject()
        while let key = try json.nextKey() {
          guard key.equals("Repositories"), try json.enterObjectOrSkip() else {
            if !key.equals("Repositories") { try json.skip() }
            continue
          }
          while try json.nextKey() != nil {
            guard try json.enterObjectOrSkip() else { continue }
            while let name = try json.nextKey()?.string {
              guard let digest = try json.stringValue(), !name.contains("@sha256:") else { continue }
              names[String(digest.split(separator: ":").last ?? ""), default: []].append(name)
            }
          }
        }
      }
    }
    return names
  }

  private func addContainers(_ records: TraceFolder, _ layers: inout [String: ImageLayer]) {
    guard let mounts = reader.present("layerdb/mounts", in: records) else { return }
    for entry in reader.entries(of: mounts) where entry.kind == .folder {
      guard let mount = reader.folder(entry.name, in: mounts), let id = reader.word("mount-id", in: mount) else {
        continue
      }
      var layer = layers[id] ?? ImageLayer(id: id, storage: folder.path)
      layer.arrival = (try? mount.times(of: Array("mount-id".utf8)))?.arrival(now: reader.now)
      layer.containers.append(entry.text)
      layers[id] = layer
    }
  }
}
