// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Writes lines: wrapped at words, indented, and painted where colours are wanted.
struct TextWriter {
  /// What a line is, which gives it its colour.
  enum Paint {
    case plain
    case bad
    case warning
    case good
    case heading
    case faint

    /// The SGR parameters of ECMA-48; nil for none. Only the eight basic colours, which every theme keeps readable.
    fileprivate var parameters: String? {
      switch self {
      case .plain: nil
      case .bad: "1;31"
      case .warning: "1;33"
      case .good: "1;32"
      case .heading: "1"
      case .faint: "2"
      }
    }
  }

  let output: Output
  let width: Int
  let hasColor: Bool

  func blank() {
    output.write("\n")
  }

  /// Writes `text` below `indent` columns, wrapped; the lines that follow the first are indented by `hanging` more.
  ///
  /// - Parameters:
  ///   - text: Escaped; broken at spaces. A word that is longer than the line stands on its own and sticks out.
  ///   - label: Stands before the text, in the columns that `hanging` leaves for it where it fits.
  func line(_ text: String, indent: Int = 0, label: String = "", hanging: Int = 0, paint: Paint = .plain) {
    let margin = String(repeating: " ", count: indent)
    let padding = String(repeating: " ", count: max(1, hanging - Columns.count(label)))
    var current = label.isEmpty ? margin : margin + label + padding
    var isEmpty = true
    let following = margin + String(repeating: " ", count: hanging)
    for word in text.utf8.split(separator: UInt8(ascii: " ")).map({ String(Substring($0)) }) {
      if !isEmpty, Columns.count(current) + 1 + Columns.count(word) > width {
        write(current, paint)
        current = following
        isEmpty = true
      }
      current += isEmpty ? word : " " + word
      isEmpty = false
    }
    write(current, paint)
  }

  /// Writes `text` as it is, however long: what is to be copied must not be broken.
  func whole(_ text: String, paint: Paint = .plain) {
    write(text, paint)
  }

  private func write(_ line: String, _ paint: Paint) {
    let text = Glue.dissolved(line)
    guard hasColor, let parameters = paint.parameters else { return output.write(text + "\n") }
    let margin = text.prefix { $0 == " " }
    output.write("\(margin)\u{1B}[\(parameters)m\(text.dropFirst(margin.count))\u{1B}[0m\n")
  }
}
