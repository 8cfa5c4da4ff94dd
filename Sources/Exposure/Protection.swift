// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What keeps a credential from being of use to whoever has read its file, as far as that can be told without keeping a secret.
public enum Protection: String, CaseIterable, Sendable {
  /// Whoever can read the file has it.
  case none
  /// A passphrase encrypts it.
  case passphrase
  /// It is of no use without a device: a security key, a TPM.
  case hardware
  /// The system's own store of passwords holds the secret; the file only names it.
  case systemStore = "system-store"
  /// It could not be told.
  case unknown

  /// The less it keeps a thief off, the smaller.
  public var strength: Int {
    switch self {
    case .none: 0
    case .unknown: 1
    case .systemStore: 2
    case .passphrase: 3
    case .hardware: 4
    }
  }

  /// The weaker of two, where there is any.
  static func weaker(_ first: Protection?, _ second: Protection?) -> Protection? {
    guard let first, let second else { return first ?? second }
    return first.strength <= second.strength ? first : second
  }
}
