// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Where an advisory index lies.
public enum AdvisoryIndexPlace {
  /// The file's name in its folder.
  public static let fileName = "advisories.db"

  /// The version of the file's layout that this program reads and writes.
  public static let version = 1

  /// The folder where nobody names another: `gifthorse` among the user's data.
  ///
  /// - Parameter environment: Its `XDG_DATA_HOME` counts where it is an absolute path, else its `HOME`.
  /// - Returns: nil where neither says.
  /// - Source: https://specifications.freedesktop.org/basedir-spec/latest/ (read 2026-11-25)
  public static func defaultFolder(environment: [String: String]) -> String? {
    if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/gifthorse" }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return home + "/.local/share/gifthorse"
  }

  /// The file in `folder`.
  public static func file(in folder: String) -> String {
    folder.hasSuffix("/") ? folder + fileName : folder + "/" + fileName
  }
}
