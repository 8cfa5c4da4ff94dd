// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import ArgumentParser
internal import Reports
internal import Scanning

/// The index of advisories as a command has it: opened before the program gives up the right to open files.
struct OpenAdvisories {
  /// nil where there is none, or it cannot be used.
  var index: AdvisoryIndex?
  /// Why one that is there cannot be used.
  var failure: AdvisoryIndexError?

  /// The folder that the user names, or the default one; nil where nothing says which that is.
  static func folder(_ options: OutputOptions, _ environment: [String: String]) -> String? {
    options.db ?? AdvisoryIndexPlace.defaultFolder(environment: environment)
  }

  /// Opens the index. Without one, the incidents in the program are what there is; but one that cannot be used is told, and is missed by the
  /// answer.
  /// - Throws: `ExitCode` where the user names a folder without an index.
  static func open(_ options: OutputOptions, _ environment: [String: String]) throws -> OpenAdvisories {
    guard let folder = folder(options, environment) else { return OpenAdvisories() }
    do throws(AdvisoryIndexError) {
      return OpenAdvisories(index: try AdvisoryIndex(path: AdvisoryIndexPlace.file(in: folder)))
    } catch {
      if error.code == .missing, options.db == nil { return OpenAdvisories() }
      ProcessIO.say(Wording.sentence(for: error))
      if error.code == .missing { throw ExitCode(64) }
      return OpenAdvisories(failure: error)
    }
  }

  /// The same where a command is of no use without it.
  /// - Throws: `ExitCode` after it has said what is wrong: 64 where there is none, 70 where it cannot be used.
  static func require(_ options: OutputOptions, _ environment: [String: String]) throws -> AdvisoryIndex {
    guard let folder = folder(options, environment) else {
      ProcessIO.say(Wording.noAdvisoriesFolder)
      throw ExitCode(64)
    }
    do throws(AdvisoryIndexError) {
      return try AdvisoryIndex(path: AdvisoryIndexPlace.file(in: folder))
    } catch {
      ProcessIO.say(Wording.sentence(for: error))
      throw ExitCode(error.code == .missing ? 64 : 70)
    }
  }

  /// Puts what there is into the options of a scan.
  func set(_ options: inout ScanOptions, maximumAge: Int) {
    options.advisories = index
    options.advisoriesFailure = failure
    options.maximumAge = maximumAge
  }
}
