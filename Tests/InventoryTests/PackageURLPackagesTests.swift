// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

import Inventory
import Testing

/// - Source: https://ossf.github.io/osv-schema/#defined-ecosystems; the mapping of osv.dev (`osv/purl_helpers.py`), and the
///   purls that Syft, Trivy and OSV-Scanner write (read 2026-11-25)
@Suite struct PackageURLPackagesTests {
  /// `ecosystem | name | version`, a hyphen for none.
  private func packages(_ text: String) throws -> [String] {
    try PackageURL(parsing: text, .asWritten).packages.map {
      "\($0.ecosystem.rawValue) | \($0.name) | \($0.version ?? "-")"
    }
  }

  @Test(arguments: [
    ("pkg:npm/%40scope/name@1.0.0", "npm | @scope/name | 1.0.0"), ("pkg:npm/%40scope%2Fname", "npm | @scope/name | -"),
    ("pkg:pypi/My.Package@1.0", "PyPI | my-package | 1.0"),
    ("pkg:maven/org.example/Artifact@1.0", "Maven | org.example:Artifact | 1.0"),
    ("pkg:maven/org.example/a@1?repository_url=https://repo.maven.apache.org/maven2/", "Maven | org.example:a | 1"),
    ("pkg:golang/github.com/Masterminds/sprig/v3@v3.2.0", "Go | github.com/Masterminds/sprig/v3 | v3.2.0"),
    ("pkg:golang/stdlib@1.22.0", "Go | stdlib | 1.22.0"),
    ("pkg:composer/drupal/core@10.0.0", "Packagist | drupal/core | 10.0.0"),
    ("pkg:github/actions/checkout@v4", "GitHub Actions | actions/checkout | v4"),
    ("pkg:githubactions/actions/checkout@v4", "GitHub Actions | actions/checkout | v4"),
    ("pkg:swift/github.com/apple/swift-nio@2.0.0", "SwiftURL | github.com/apple/swift-nio | 2.0.0"),
    ("pkg:vscode-extension/Publisher/Name@1.0.0", "VSCode | publisher.name | 1.0.0"),
    ("pkg:cargo/serde_json@1.0.0", "crates.io | serde_json | 1.0.0"),
    ("pkg:gem/rails@7.0.0", "RubyGems | rails | 7.0.0"),
    ("pkg:nuget/Newtonsoft.Json@13.0.1", "NuGet | Newtonsoft.Json | 13.0.1"),
    ("pkg:hex/phoenix@1.7.0", "Hex | phoenix | 1.7.0"),
    ("pkg:pub/http@1.0.0", "Pub | http | 1.0.0"), ("pkg:hackage/aeson@2.0", "Hackage | aeson | 2.0"),
    ("pkg:cran/ggplot2@3.4.0", "CRAN | ggplot2 | 3.4.0"), ("pkg:bioconductor/limma@3.0", "Bioconductor | limma | 3.0"),
    ("pkg:cpan/DROLSKY/DateTime@1.55", "CPAN | DateTime | 1.55"), ("pkg:julia/HTTP@1.0.0", "Julia | HTTP | 1.0.0"),
    ("pkg:opam/conex@1.0.0", "opam | conex | 1.0.0"),
    ("pkg:conan/openssl.org/openssl@3.0.3", "ConanCenter | openssl | 3.0.3"),
    ("pkg:bitnami/wordpress@6.2.0", "Bitnami | wordpress | 6.2.0"), ("pkg:conda/numpy@1.0", "conda | numpy | 1.0"),
    ("pkg:docker/library/node@22", "Docker | library/node | 22"),
    ("pkg:generic/jsr/%40std/fs@1.0.0", "JSR | @std/fs | 1.0.0"),
    ("pkg:generic/openssl@1.1.1", "OSS-Fuzz | openssl | 1.1.1"),
  ])
  func `a purl stands for the package as OSV names it`(text: String, expected: String) throws {
    #expect(try packages(text) == [expected])
  }

  @Test(arguments: [
    (
      "pkg:composer/drupal/token@1?repository_url=https://packages.drupal.org/8/",
      ["Packagist:https://packages.drupal.org/8 | drupal/token | 1", "Packagist | drupal/token | 1"]
    ),
    (
      "pkg:maven/androidx.core/core@1?repository_url=maven.google.com",
      ["Maven:https://maven.google.com | androidx.core:core | 1", "Maven | androidx.core:core | 1"]
    ),
    (
      "pkg:vscode-extension/a/b@1?repository_url=https://open-vsx.org",
      ["VSCode:https://open-vsx.org | a.b | 1", "VSCode | a.b | 1"]
    ),
    (
      "pkg:golang/google.golang.org/genproto@v0#googleapis/api",
      [
        "Go | google.golang.org/genproto | v0", "Go | google.golang.org/genproto/googleapis | v0",
        "Go | google.golang.org/genproto/googleapis/api | v0",
      ]
    ),
    (
      "pkg:github/github/codeql-action@v2#init",
      ["GitHub Actions | github/codeql-action | v2", "GitHub Actions | github/codeql-action/init | v2"]
    ),
  ])
  func `a repository or a folder gives more than one candidate`(text: String, expected: [String]) throws {
    #expect(try packages(text) == expected)
  }

  @Test(arguments: [
    // Syft
    (
      "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl",
      "Debian:12 | openssl | 3.0.11-1~deb12u2"
    ),
    (
      "pkg:deb/debian/libssl3@3.0.11-1%2Bb1?distro=debian-12&upstream=openssl%403.0.11-1",
      "Debian:12 | openssl | 3.0.11-1"
    ),
    (
      "pkg:apk/alpine/libssl3@3.1.4-r5?arch=x86_64&distro=alpine-3.19.1&upstream=openssl",
      "Alpine:v3.19 | openssl | 3.1.4-r5"
    ),
    // Trivy
    ("pkg:deb/debian/bash@5.2?arch=amd64&distro=debian-12.5&epoch=1", "Debian:12 | bash | 1:5.2"),
    ("pkg:apk/alpine/zlib@1.3-r0?distro=3.19.1", "Alpine:v3.19 | zlib | 1.3-r0"),
    // OSV-Scanner
    ("pkg:deb/debian/libc6@2.36?distro=bookworm&source=glibc&sourceversion=2.36-9", "Debian:12 | glibc | 2.36-9"),
    ("pkg:apk/alpine/busybox-binsh@1.36-r0?distro=alpine-edge&origin=busybox", "Alpine:edge | busybox | 1.36-r0"),
    ("pkg:deb/debian/curl@7?arch=source", "Debian | curl | 7"),
    ("pkg:deb/debian/curl@7?distro=debian-sid", "Debian:sid | curl | 7"),
    ("pkg:deb/debian/curl@7?distro=debian-trixie", "Debian:13 | curl | 7"),
    ("pkg:deb/debian/curl@7?distro=hamm", "Debian | curl | 7"),
    ("pkg:deb/ubuntu/curl@7?distro=ubuntu-23.10", "Ubuntu:23.10 | curl | 7"),
    ("pkg:deb/ubuntu/curl@7", "Ubuntu | curl | 7"),
    ("pkg:deb/curl@7?distro=debian-11", "Debian:11 | curl | 7"),
    ("pkg:apk/wolfi/curl@8?distro=wolfi-20230201", "Wolfi | curl | 8"),
    ("pkg:apk/chainguard/curl@8?distro=chainguard-20230214", "Chainguard | curl | 8"),
    ("pkg:rpm/rocky-linux/bash@5?distro=rocky-linux-9&epoch=0", "Rocky Linux:9 | bash | 5"),
    ("pkg:rpm/rocky/bash@5?distro=rocky-9.3", "Rocky Linux:9 | bash | 5"),
    ("pkg:rpm/rocky/bash@5?distro=rocky-9.3&epoch=2", "Rocky Linux:9 | bash | 2:5"),
    ("pkg:rpm/almalinux/bash@5?distro=almalinux-9.2", "AlmaLinux:9 | bash | 5"),
    ("pkg:rpm/redhat/bash@5", "Red Hat | bash | 5"),
    ("pkg:rpm/opensuse-leap/bash@5?distro=opensuse-leap-15.5", "openSUSE:Leap 15.5 | bash | 5"),
    ("pkg:rpm/opensuse/bash@5?distro=opensuse-tumbleweed-20240101", "openSUSE:Tumbleweed | bash | 5"),
    ("pkg:rpm/opensuse/bash@5?distro=openSUSE%20Leap%2015.5", "openSUSE:Leap 15.5 | bash | 5"),
    (
      "pkg:rpm/suse/bash@5?distro=SUSE%20Linux%20Enterprise%20Server%2015%20SP5",
      "SUSE:Linux Enterprise Server 15 SP5 | bash | 5"
    ),
    ("pkg:rpm/mageia/bash@5?distro=mageia-9", "Mageia:9 | bash | 5"),
    ("pkg:rpm/photon/bash@5?distro=photon-5.0", "Photon OS:5.0 | bash | 5"),
    ("pkg:rpm/azurelinux/bash@5?distro=azurelinux-3.0", "Azure Linux:3 | bash | 5"),
    ("pkg:rpm/openEuler/bash@5?distro=openEuler-24.03", "openEuler | bash | 5"),
    ("pkg:rpm/openeuler/bash@5?distro=openeuler-22.03-LTS-SP3", "openEuler:22.03-LTS-SP3 | bash | 5"),
  ])
  func `a distribution's package is looked for in its release, under its source`(text: String, expected: String) throws
  {
    #expect(try packages(text) == [expected])
  }

  @Test func `records of some distributions name sources or binaries`() throws {
    #expect(
      try packages(
        "pkg:rpm/almalinux/openssl-libs@3.0.7-27.el9?distro=almalinux-9.3&epoch=1&upstream=openssl-3.0.7-27.el9.src.rpm"
      )
        == ["AlmaLinux:9 | openssl | 1:3.0.7-27.el9", "AlmaLinux:9 | openssl-libs | 1:3.0.7-27.el9"])
    #expect(
      try packages("pkg:rpm/rocky/a-b-libs@1-2?distro=rocky-8.9&sourcerpm=a-b-1-3.src.rpm")
        == ["Rocky Linux:8 | a-b | 1-3", "Rocky Linux:8 | a-b-libs | 1-2"])
  }

  @Test func `a release of long-term support is looked for with and without what Pro mends`() throws {
    for distro in ["ubuntu-22.04", "jammy", "22.04"] {
      #expect(
        try packages("pkg:deb/ubuntu/curl@7?distro=\(distro)")
          == ["Ubuntu:22.04:LTS | curl | 7", "Ubuntu:Pro:22.04:LTS | curl | 7"])
    }
  }

  @Test func `a release of Red Hat and of SUSE is looked for in its streams and products`() throws {
    let redHat = try packages("pkg:rpm/redhat/bash@5?distro=rhel-9.3")
    #expect(redHat.contains("Red Hat:enterprise_linux:9::baseos | bash | 5"))
    #expect(redHat.contains("Red Hat:enterprise_linux:9::appstream | bash | 5"))
    #expect(
      try packages("pkg:rpm/redhat/bash@5?distro=rhel-7.9").contains("Red Hat:enterprise_linux:7::server | bash | 5"))
    let suse = try packages("pkg:rpm/sles/bash@5?distro=sles-15.5")
    #expect(suse.contains("SUSE:Linux Enterprise Server 15 SP5 | bash | 5"))
    #expect(suse.contains("SUSE:Linux Enterprise Module for Basesystem 15 SP5 | bash | 5"))
  }

  @Test(arguments: [
    "pkg:alpm/arch/pacman@6", "pkg:deb/raspbian/curl@7?distro=debian-12", "pkg:rpm/fedora/curl@7?distro=fedora-40",
    "pkg:rpm/bash@5", "pkg:apk/openwrt/curl@8", "pkg:unheard-of/a@1", "pkg:github/actions@1",
    "pkg:deb/debianish/curl@7",
  ])
  func `a purl that no ecosystem of OSV stands for has no package`(text: String) throws {
    #expect(try packages(text).isEmpty)
  }

  @Test(arguments: [
    ("Debian:12", "curl", "pkg:deb/debian/curl@1?distro=debian-12"), ("Debian", "curl", "pkg:deb/debian/curl@1"),
    ("Ubuntu:22.04:LTS", "curl", "pkg:deb/ubuntu/curl@1?distro=ubuntu-22.04"),
    ("Ubuntu:Pro:18.04:LTS", "curl", "pkg:deb/ubuntu/curl@1?distro=ubuntu-18.04"),
    ("Alpine:v3.19", "curl", "pkg:apk/alpine/curl@1?distro=alpine-3.19"), ("Wolfi", "curl", "pkg:apk/wolfi/curl@1"),
    ("Rocky Linux:9", "curl", "pkg:rpm/rocky-linux/curl@1?distro=rocky-linux-9"),
    ("AlmaLinux:9", "curl", "pkg:rpm/almalinux/curl@1?distro=almalinux-9"),
    ("Red Hat:enterprise_linux:9::appstream", "curl", "pkg:rpm/redhat/curl@1?distro=rhel-9"),
    (
      "SUSE:Linux Enterprise Server 15 SP5", "curl",
      "pkg:rpm/suse/curl@1?distro=SUSE%20Linux%20Enterprise%20Server%2015%20SP5"
    ),
    ("openSUSE:Leap 15.5", "curl", "pkg:rpm/opensuse/curl@1?distro=openSUSE%20Leap%2015.5"),
    ("Mageia:9", "curl", "pkg:rpm/mageia/curl@1?distro=mageia-9"),
    (
      "Packagist:https://packages.drupal.org/8", "drupal/token",
      "pkg:composer/drupal/token@1?repository_url=https:%2F%2Fpackages.drupal.org%2F8"
    ),
    ("VSCode:https://open-vsx.org", "A.B", "pkg:vscode-extension/a/b@1?repository_url=https:%2F%2Fopen-vsx.org"),
    ("Hex", "Phoenix", "pkg:hex/phoenix@1"), ("Pub", "http", "pkg:pub/http@1"),
    ("Hackage", "aeson", "pkg:hackage/aeson@1"),
    ("CRAN", "Rcpp", "pkg:cran/Rcpp@1"), ("CPAN", "DateTime", "pkg:cpan/DateTime@1"),
    ("Julia", "HTTP", "pkg:julia/HTTP@1"),
    ("opam", "conex", "pkg:opam/conex@1"), ("ConanCenter", "zlib", "pkg:conan/zlib@1"),
    ("Bitnami", "wordpress", "pkg:bitnami/wordpress@1"),
    ("SwiftURL", "https://github.com/apple/swift-nio.git", "pkg:swift/github.com/apple/swift-nio@1"),
    ("SwiftURL", "github.com/apple/swift-nio", "pkg:swift/github.com/apple/swift-nio@1"),
    ("Android", "platform/frameworks/base", "pkg:generic/platform/frameworks/base@1"),
    ("OSS-Fuzz", "zlib", "pkg:generic/zlib@1"),
  ])
  func `every ecosystem has a purl, with its release or its repository`(
    ecosystem: String, name: String, expected: String
  ) {
    #expect(Package(ecosystem: Ecosystem(ecosystem), name: name, version: "1").purl == expected)
  }

  @Test(arguments: [
    "npm", "PyPI", "JSR", "conda", "VSCode", "crates.io", "RubyGems", "NuGet", "Hex", "Pub", "Hackage", "CRAN", "CPAN",
    "Julia", "opam", "ConanCenter", "Bitnami", "Debian:12", "Debian:sid", "Debian", "Ubuntu:22.04:LTS", "Ubuntu:23.10",
    "Alpine:v3.19", "Alpine:edge", "Wolfi", "Chainguard", "MinimOS", "Alpaquita:stream", "Rocky Linux:9", "AlmaLinux:8",
    "openSUSE:Leap 15.5", "openSUSE:Tumbleweed", "SUSE:Linux Enterprise Server 15 SP5", "Mageia:9", "Photon OS:5.0",
    "Azure Linux:3", "openEuler:22.03-LTS-SP3", "Bioconductor", "Red Hat", "Echo",
  ])
  func `a package is found again by its own purl`(ecosystem: String) throws {
    let name = ecosystem == "VSCode" ? "a.b" : "a"
    let package = Package(ecosystem: Ecosystem(ecosystem), name: name, version: "1.0")
    #expect(try PackageURL(parsing: package.purl, .asWritten).packages.first == package)
  }
}
