// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Confinement
public import Discovery
public import Exposure

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Looks for credentials in homes, on the machine, in projects and in the environment. Of values nothing is kept.
public struct CredentialReading {
  private let finder: CredentialFinder

  public init(_ catalogue: CredentialCatalogue, environment: [String: String]) {
    finder = CredentialFinder(catalogue, environment: environment)
  }

  public var findings: CredentialFindings { finder.findings }

  /// - Parameters:
  ///   - machine: The open root of the file system; nil where the machine's own places are not looked at.
  ///   - projects: Files of projects with the number of the catalogue's pattern.
  public func read(
    _ homes: Homes, machine: Int32?, projects: [(path: String, pattern: Int)], below roots: borrowing ScanRoots
  ) {
    let own = homes.homes.first { $0.isOwn }
    for home in homes.homes {
      let shown = homes.shown(home.path)
      do throws(SystemError) {
        let folder = try homes.open(home.path)
        folder.whileOpen { finder.look(home: $0, shown: shown, path: home.isOwn ? home.path : nil) }
      } catch {
        finder.fail(shown, error)
      }
    }
    if let machine { finder.look(root: machine, home: own?.path) }
    finder.lookAtEnvironment()
    for (path, pattern) in projects {
      do throws(SystemError) {
        guard let file = try roots.open(path) else { throw SystemError(code: ENOENT) }
        file.whileOpen { finder.look(at: $0, pattern: pattern, shown: path) }
      } catch {
        finder.fail(path, error)
      }
    }
  }
}
