// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// A layer of a container image, or what a container wrote over its image.
public struct ImageLayer: Hashable, Sendable {
  /// The name of its folder.
  public var id: String
  /// The folder in which the container program keeps everything.
  public var storage: String
  /// When the image's builder made it, wherever that was; in seconds since 1970.
  public var built: Int64?
  /// Since when it lies on this machine.
  public var arrival: PastSighting.Bound?
  /// The images that it is part of: their names, of those without one the digest.
  public var images: [String] = []
  /// The containers that wrote it: their names or identifiers.
  public var containers: [String] = []

  /// For a sighting inside of it. Arguments: the layer, then the names of images and containers.
  public func evidence(at path: String) -> PastSighting.Evidence {
    PastSighting.Evidence(path: path, .inImageLayer, [id] + images + containers)
  }
}
