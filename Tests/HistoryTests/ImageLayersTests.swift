// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Inventory
import Parsing
import TestSupport
import Testing

@testable import History

@Suite struct ImageLayersTests {
  private static let first = String(repeating: "1", count: 64)
  private static let second = String(repeating: "2", count: 64)
  /// By the rule of the image specification: the digest of both, with a space between.
  private static let chain = Array("sha256:\(first) sha256:\(second)".utf8).withUnsafeBufferPointer {
    SHA256.digest(of: $0).text
  }

  private func layers(_ home: TraceHome) -> ImageLayers { ImageLayers(in: home.roots, now: TraceHome.clock()) }

  private func docker() throws -> TraceHome {
    let home = try TraceHome()
    let records = "docker/image/overlay2/"
    try home.folder.write("low", to: records + "layerdb/sha256/\(Self.first)/cache-id")
    try home.folder.write("high", to: records + "layerdb/sha256/\(Self.chain)/cache-id")
    try home.folder.write("top", to: records + "layerdb/mounts/c0ffee/mount-id")
    try home.folder.write(
      """
      {"created":"2020-01-11T19:28:51.5Z","rootfs":{"type":"layers","diff_ids":["sha256:\(Self.first)","sha256:\(Self.second)"]},
       "history":[{"created":"2020-01-10T00:00:00Z"},{"created":"2020-01-10T01:00:00Z","empty_layer":true},{"created":"2020-01-11T19:28:51.5Z"}]}
      """, to: records + "imagedb/content/sha256/abc")
    try home.folder.write(
      #"{"Repositories":{"web":{"web:1":"sha256:abc","web@sha256:def":"sha256:abc"}}}"#,
      to: records + "repositories.json")
    return home
  }

  @Test func `Docker's layers, images and containers`() throws {
    let before = TraceHome.clock() - 1
    let home = try docker()
    let layers = layers(home)
    let storage = home.folder.path("docker")
    let path = storage + "/overlay2/high/diff/app/node_modules/node-ipc/package.json"
    let high = try #require(layers.layer(of: path))
    #expect(high.images == ["web:1"])
    #expect(high.built == 1_578_770_931)
    #expect(high.storage == storage)
    #expect(try #require(high.arrival).seconds >= before)
    #expect(high.evidence(at: path) == PastSighting.Evidence(path: path, .inImageLayer, ["high", "web:1"]))
    #expect(layers.layer(of: storage + "/overlay2/low/diff/x")?.built == 1_578_614_400)
    #expect(layers.layer(of: storage + "/overlay2/top/diff/x")?.containers == ["c0ffee"])
    #expect(layers.problems.isEmpty)
  }

  @Test func `Podman's layers, images and containers`() throws {
    let home = try TraceHome()
    let storage = ".local/share/containers/storage"
    try home.folder.write(
      #"[{"id":"low","created":"2020-01-10T00:00:00Z"},{"id":"high","parent":"low","created":"2020-01-11T19:28:51.5Z"},{"id":"top","parent":"high"},{"id":"ring","parent":"ring"}]"#,
      to: storage + "/overlay-layers/layers.json")
    try home.folder.write(
      #"[{"id":"abc","names":["host.example/web:1"],"layer":"high"},{"id":"def","layer":"low"},{"id":"r","layer":"ring"}]"#,
      to: storage + "/overlay-images/images.json")
    try home.folder.write(
      #"[{"id":"c0ffee","names":["web"],"image":"abc","layer":"top"}]"#,
      to: storage + "/overlay-containers/containers.json")
    try home.folder.write(#"[{"id":"brief","parent":"high"}]"#, to: storage + "/overlay-layers/volatile-layers.json")
    try home.folder.write(
      #"[{"id":"f00d","layer":"brief"}]"#, to: storage + "/overlay-containers/volatile-containers.json")
    let layers = layers(home)
    let base = home.folder.path(storage) + "/overlay/"
    #expect(layers.layer(of: base + "low/diff/x")?.images == ["host.example/web:1", "sha256:def"])
    #expect(layers.layer(of: base + "high/diff/x")?.images == ["host.example/web:1"])
    #expect(layers.layer(of: base + "high/diff/x")?.arrival == PastSighting.Bound(1_578_770_931))
    #expect(layers.layer(of: base + "top/diff/x")?.containers == ["web"])
    #expect(layers.layer(of: base + "top/diff/x")?.images == [])
    #expect(layers.layer(of: base + "brief/diff/x")?.containers == ["f00d"])
    #expect(layers.problems.isEmpty)
  }

  @Test(arguments: [
    "/var/lib/docker/overlay2/x", "/var/lib/docker/overlay2/x/link", "/home/u/overlay2/node_modules/node-ipc/x",
    "/home/u/project/package.json", "/snapshots/1/fs/x", "", "/",
  ])
  func `a path that is in no layer`(path: String) throws {
    #expect(layers(try TraceHome()).layer(of: path) == nil)
  }

  @Test func `a layer without records is one all the same`() throws {
    let home = try TraceHome()
    let path = "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/12/fs/app/x"
    #expect(
      layers(home).layer(of: path)
        == ImageLayer(id: "12", storage: "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs"))
    #expect(layers(home).layer(of: home.folder.path("d/vfs/dir/12/x"))?.id == "12")
  }

  @Test func `broken records are told`() throws {
    let home = try docker()
    try home.folder.write("{\"Repositories\":{\"web\":", to: "docker/image/overlay2/repositories.json")
    try home.folder.write("[]", to: "docker/image/overlay2/imagedb/content/sha256/def")
    let layers = layers(home)
    #expect(layers.layer(of: home.folder.path("docker/overlay2/high/diff/x"))?.images == ["sha256:abc"])
    #expect(Set(layers.problems.map(\.reason)) == [.malformed])
    #expect(layers.problems.count == 2)
  }
}
