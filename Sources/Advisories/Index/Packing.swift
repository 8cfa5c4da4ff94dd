// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CZlib
internal import Parsing

/// Short texts made shorter: deflate, with the words that advisories are full of known beforehand.
///
/// One byte in front tells whether what follows is packed. The dictionary is a part of the file's layout: a change of it is a new version.
/// - Source: RFC 1951; https://zlib.net/manual.html (read 2026-11-25)
enum Packing {
  /// No part of a record becomes larger than this when it is unpacked: three times ``AdvisoryIndexWriter/longestRecord``, for what is no UTF-8 becomes
  /// longer when it is repaired, and twice that, for a repository stands with its entry and with its ranges.
  static let longest = 96 << 20
  /// The most frequent words last, where deflate finds them with the smallest distances.
  fileprivate static let dictionary = Array(
    """
    https://www.npmjs.com/package/ https://security.snyk.io/vuln/ https://pkg.go.dev/vuln/ /security/advisories/GHSA- https://github.com/advisories/GHSA- \
    https://nvd.nist.gov/vuln/detail/CVE- /commit/ /pull/ /issues/ /releases/tag/v https://www.openwall.com/lists/oss-security/ \
    Server-Side Request Forgery Cross-Site Request Forgery Prototype Pollution Directory Traversal Path Traversal SQL Injection Open Redirect Use after free \
    Regular Expression Denial of Service Improper Input Validation Improper Neutralization Uncontrolled Resource Consumption Out-of-bounds read write \
    Incorrect Authorization Missing Authentication Information Disclosure Command Injection Code Injection Insecure Deserialization of Untrusted Data \
    Exposure of Sensitive Information Integer Overflow Buffer Overflow Heap Null Pointer Dereference Privilege Escalation Remote Code Execution \
    allows attackers to execute arbitrary code via a crafted in versions before prior to through and up to including vulnerability vulnerable to \
    affecting package when the user with can be bypass leads to denial of service (DoS) cross-site scripting (XSS) 0.0.0-alpha.beta.1 -rc1 -beta.1 .post1 \
    CVSS_V4 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N CVSS_V2 CVSS_V3 CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N \
    CVSS_V3 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H CWE-79 CWE-506 PYSEC-202 RUSTSEC-202 GO-202 GHSA-CVE-2021-CVE-2022-CVE-2023-CVE-2024-CVE-2025-CVE-2026- \
    Malicious code in 
    """.utf8)

  /// Calls `body` with what was packed.
  static func withUnpacked<Result>(
    _ packed: Bytes, _ body: (Bytes) throws(ByteCodingError) -> Result
  ) throws(ByteCodingError) -> Result {
    var reader = ByteReader(packed)
    guard try reader.byte() == 1 else { return try body(reader.rest()) }
    let length = try reader.number()
    guard length <= UInt64(longest) else { throw ByteCodingError() }
    let plain = try inflated(reader.rest(), length: Int(length))
    return try plain.withUnsafeBufferPointer { (bytes) throws(ByteCodingError) in try body(bytes) }
  }

  private static func inflated(_ packed: Bytes, length: Int) throws(ByteCodingError) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, Packer.window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw ByteCodingError()
    }
    defer { inflateEnd(&stream) }
    inflateSetDictionary(&stream, dictionary, UInt32(dictionary.count))
    var output = [UInt8](repeating: 0, count: length)
    let result = output.withUnsafeMutableBufferPointer { target in
      stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress)
      stream.avail_in = UInt32(packed.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      return inflate(&stream, Z_FINISH)
    }
    guard result == Z_STREAM_END, Int(stream.total_out) == length else { throw ByteCodingError() }
    return output
  }
}

/// Packs one text after the other with one set of zlib's tables. Not to be used by two threads at once.
final class Packer {
  /// Raw deflate, without a header or a checksum, which each page of the file has; 8 KiB to look back, in which the dictionary fits.
  fileprivate static let window: Int32 = -13
  /// Shorter texts do not become shorter.
  private static let shortest = 40

  private var stream = z_stream()
  private var output: [UInt8] = []

  init() {
    let size = Int32(MemoryLayout<z_stream>.size)
    let result = deflateInit2_(&stream, 6, Z_DEFLATED, Self.window, 6, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    // It only fails without memory, or where the header and the library are of different versions.
    precondition(result == Z_OK, "zlib does not start: \(result)")
  }

  deinit { deflateEnd(&stream) }

  /// - Parameter plain: At most ``Packing/longest`` bytes.
  func packed(_ plain: [UInt8]) -> [UInt8] {
    guard plain.count >= Self.shortest, let length = deflate(plain), length + 3 < plain.count else {
      return [0] + plain
    }
    var writer = ByteWriter()
    writer.byte(1)
    writer.count(plain.count)
    writer.append(Array(output[..<length]))
    return writer.bytes
  }

  /// - Returns: How many bytes of ``output`` it takes.
  private func deflate(_ plain: [UInt8]) -> Int? {
    deflateReset(&stream)
    deflateSetDictionary(&stream, Packing.dictionary, UInt32(Packing.dictionary.count))
    let bound = Int(deflateBound(&stream, UInt(plain.count)))
    if output.count < bound { output = [UInt8](repeating: 0, count: bound) }
    let result = plain.withUnsafeBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return CZlib.deflate(&stream, Z_FINISH)
      }
    }
    return result == Z_STREAM_END ? Int(stream.total_out) : nil
  }
}
