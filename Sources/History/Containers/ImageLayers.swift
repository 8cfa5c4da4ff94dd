// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Inventory
internal import Parsing

/// Which layer of which image a file belongs to, for what the walk finds below the folders of Docker, Podman and containerd.
///
/// A storage's records are read when the first path below it is asked for. Archives of images (`docker save`) are not read.
/// - Source: https://docs.docker.com/engine/storage/drivers/overlayfs-driver, moby's `layer/filestore.go` and `image/store.go`,
///   https://github.com/opencontainers/image-spec/blob/main/config.md (chain IDs), containers/storage's `layers.go`, `images.go` and
///   `containers.go` (read 2026-11-25)
public final class ImageLayers {
  private let reader: TraceReader
  private var storages: [String: [String: ImageLayer]] = [:]

  /// - Parameter now: In seconds since 1970, UTC.
  public init(in places: TraceRoots, limits: TraceLimits = TraceLimits(), now: Int64) {
    reader = TraceReader(WantedPackages([Package]()), places, home: "/", environment: [:], limits: limits, now: now)
  }

  /// What could not be read so far.
  public var problems: [Coverage.Problem] { reader.traces.problems }

  /// The layer that the file at an absolute `path` lies in; nil where it lies in none.
  public func layer(of path: String) -> ImageLayer? {
    guard let place = Self.place(of: path) else { return nil }
    if storages[place.storage] == nil { storages[place.storage] = read(place.storage, place.driver) }
    return storages[place.storage]?[place.id] ?? ImageLayer(id: place.id, storage: place.storage)
  }

  // MARK: Paths

  struct Place: Hashable {
    let storage: String
    let driver: String
    let id: String
  }

  /// Of `/var/lib/docker/overlay2/ID/diff/…`, `…/storage/overlay/ID/diff/…`, `…/vfs/dir/ID/…` or containerd's `…/snapshots/ID/fs/…`.
  static func place(of path: String) -> Place? {
    let parts = path.split(separator: "/")
    for index in parts.indices.dropLast(2) {
      let driver = String(parts[index])
      let isLayer =
        switch driver {
        case "overlay2", "overlay", "fuse-overlayfs": parts[index + 2] == "diff"
        case "vfs": parts[index + 1] == "dir"
        case "snapshots": parts[index + 2] == "fs" && index > 0 && parts[index - 1].hasPrefix("io.containerd.")
        default: false
        }
      guard isLayer else { continue }
      let storage = "/" + parts[..<index].joined(separator: "/")
      return Place(storage: storage, driver: driver, id: String(parts[driver == "vfs" ? index + 2 : index + 1]))
    }
    return nil
  }

  // MARK: Records

  private func read(_ storage: String, _ driver: String) -> [String: ImageLayer] {
    guard let folder = reader.openStorage(storage) else { return [:] }
    var layers = DockerRecords(reader, folder, storage, driver).layers()
    for (id, layer) in PodmanRecords(reader, folder, storage, driver).layers() { layers[id] = layer }
    return layers
  }
}

/// Docker's records of images, layers and containers.
struct DockerRecords {
  private let reader: TraceReader
  private let folder: TraceFolder
  private let storage: String
  private let driver: String

  init(_ reader: TraceReader, _ folder: TraceFolder, _ storage: String, _ driver: String) {
    (self.reader, self.folder, self.storage, self.driver) = (reader, folder, storage, driver)
  }

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
        var layer = ImageLayer(id: id, storage: storage)
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
      var layer = layers[id] ?? ImageLayer(id: id, storage: storage)
      layer.arrival = (try? mount.times(of: Array("mount-id".utf8)))?.arrival(now: reader.now)
      layer.containers.append(entry.text)
      layers[id] = layer
    }
  }
}

/// Podman's records of layers, images and containers.
struct PodmanRecords {
  private let reader: TraceReader
  private let folder: TraceFolder
  private let storage: String
  private let driver: String

  init(_ reader: TraceReader, _ folder: TraceFolder, _ storage: String, _ driver: String) {
    (self.reader, self.folder, self.storage, self.driver) = (reader, folder, storage, driver)
  }

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
      var layer = ImageLayer(id: row.id, storage: storage)
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

  private func rows(_ kind: String) -> [Row] {
    var rows: [Row] = []
    guard let records = reader.present("\(driver)-\(kind)", in: folder), reader.has(kind + ".json", in: records) else {
      return []
    }
    let file = Array((kind + ".json").utf8)
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
