// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Makes text from outside safe to show: names and paths are chosen by whoever wrote the files.
public enum Escaping {
  /// `text` without anything that a terminal would obey, or that hides or turns round what stands beside it.
  ///
  /// Controls (C0, DEL, C1) become `\x1b`; bidirectional controls, zero-width and other invisible characters, unusual
  /// spaces, line separators, and characters without a meaning become `\u{202e}`. Everything else stays.
  /// - Parameter isUnicode: Whether other characters beyond ASCII stay too.
  /// - Complexity: O(length); plain ASCII is returned as it is.
  /// - Source: https://www.unicode.org/reports/tr36/ and https://www.unicode.org/reports/tr9/ (read 2026-11-23)
  public static func terminal(_ text: String, isUnicode: Bool = true) -> String {
    guard !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHarmless(scalar), isUnicode || scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else {
        result += visible(scalar)
      }
    }
    return result
  }

  /// Whether `scalar` shows itself, and nothing else.
  static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .spaceSeparator:
      return false
    default:
      return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func visible(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    if scalar.value < 0x100, !isHarmless(scalar) { return "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits }
    return "\\u{\(digits)}"
  }
}

extension Escaping {
  /// Our own texts with signs that every terminal has: letters lose their accents, typographic signs become plain ones.
  ///
  /// What has no plain form is escaped.
  static func plain(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.unicodeScalars.map { plainForms[$0] ?? terminal(String($0), isUnicode: false) }.joined()
  }

  private static let plainForms: [Unicode.Scalar: String] = {
    let letters: [(String, String)] = [
      ("àáâãå", "a"), ("ç", "c"), ("èéêë", "e"), ("ìíîï", "i"), ("ñ", "n"), ("òóôõø", "o"), ("ùúû", "u"), ("ýÿ", "y"),
      ("ÀÁÂÃÅ", "A"), ("Ç", "C"), ("ÈÉÊË", "E"), ("ÌÍÎÏ", "I"), ("Ñ", "N"), ("ÒÓÔÕØ", "O"), ("ÙÚÛ", "U"), ("Ý", "Y"),
      ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"), ("œ", "oe"),
      ("æ", "ae"),
      ("–—−", "-"), ("‘’", "'"), ("“”«»„", "\""), ("…", "..."), ("→", ">"), ("·", "|"), ("¿¡", ""),
      ("\u{A0}\u{202F}", " "),
    ]
    var forms: [Unicode.Scalar: String] = [:]
    for (scalars, plain) in letters {
      for scalar in scalars.unicodeScalars { forms[scalar] = plain }
    }
    return forms
  }()
}
