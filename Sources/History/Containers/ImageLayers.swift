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
    reader = TraceReader(WantedPackages([Package]()), places, home: "/", limits: limits, now: now)
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
    var layers = DockerRecords(reader: reader, folder: folder, driver: driver).layers()
    for (id, layer) in PodmanRecords(reader: reader, folder: folder, driver: driver).layers() { layers[id] = layer }
    return layers
  }
}
