// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CYAML

/// Reads YAML by pulling, as ``JSONReader`` does JSON: the caller says what it expects, the rest is passed over.
///
/// The events come from libyaml; this face bounds depth, gives 1-based lines, and refuses what no lockfile uses and
/// what could hide content from a reader that does not follow it, as the package managers do: aliases, merge keys
/// (`<<`), tags that change a type, and the characters on which readers differ: U+0085, U+2028 and U+2029 end a line in
/// YAML 1.1 (as libyaml has it) and do not in YAML 1.2 (as JavaScript's readers have it), and U+FEFF is nothing at the
/// start of a line for the one and a letter for the other. Inside of a value that is passed over, aliases and tags are
/// let be.
///
/// One stream may hold several documents: call ``nextDocument()`` until it returns false. After an error every call
/// throws it again. YAML is a notation in which most texts that are cut off at the end of a line are whole texts:
/// whoever reads a format must see for itself whether all of it was there.
///
/// ```swift
/// let reader = YAMLReader(bytes)
/// while try reader.nextDocument() {
///   guard try reader.enterMappingOrSkip() else { continue }
///   while let key = try reader.nextKey() {
///     if key.text == "lockfileVersion" { version = try reader.scalarOrSkip()?.text } else { try reader.skip() }
///   }
/// }
/// ```
/// - Complexity: O(bytes); memory for the longest scalar and the depth.
/// - Source: https://yaml.org/spec/1.1/ as libyaml 0.2 implements it (read 2026-11-23)
public final class YAMLReader {
  public struct Scalar: Sendable {
    public let text: String
    /// 1-based.
    public let line: Int
    /// Written without quotes and without a tag, so that `null`, `~` and `true` mean what they say.
    public let isPlain: Bool

    /// Whether this is YAML's null, or nothing at all.
    public var isNull: Bool { isPlain && ["", "~", "null", "Null", "NULL"].contains(text) }
  }

  /// What kind of value comes next.
  public enum Kind: Sendable {
    case mapping
    case sequence
    case scalar
  }

  private enum Event {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case mappingStart
    case mappingEnd
    case sequenceStart
    case sequenceEnd
    /// nil where the scalar is only passed over.
    case scalar(Scalar?)
    case alias
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  /// libyaml reads from the bytes while events are pulled; the caller keeps them alive as long as this reader.
  private let bytes: Bytes
  private let depthLimit: Int
  private var depth = 0
  private var peeked: Event?
  /// The 1-based line of the event that was read last, be it only to look ahead.
  public private(set) var line = 1
  /// How many characters stand before that event. libyaml counts characters; ``offset`` turns them into bytes where
  /// they are asked for.
  private var character = 0
  /// Whether that event has a tag that changes what it is.
  private var isForeign = false
  /// What was thrown once, and is thrown from then on: libyaml itself reports the end of the stream after an error.
  private var failure: ParseError?
  /// The first character on which readers differ; nothing from there on is read.
  private let disputed: Int

  /// - Parameters:
  ///   - bytes: UTF-8, kept alive by the caller for as long as the reader is used.
  ///   - depthLimit: How many mappings and sequences may lie within each other.
  public init(_ bytes: Bytes, depthLimit: Int = Limits().depth) {
    self.bytes = bytes
    self.depthLimit = depthLimit
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    // It fails only for want of memory, where Swift's own allocations trap as well.
    precondition(yaml_parser_initialize(parser) == 1)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    disputed = Self.firstDisputed(in: bytes).map { Self.characters(in: bytes[slice: 0..<$0]) } ?? .max
    if let start = bytes.baseAddress {
      yaml_parser_set_input_string(parser, start, bytes.count)
    } else {
      // libyaml asserts that there is an address, even for no bytes at all.
      yaml_parser_set_input(
        parser,
        { _, _, _, count in
          count?.pointee = 0
          return 1
        }, nil)
    }
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  // MARK: Documents

  /// Moves to the next document's value, passing over what is left of the current one; false at the end of the stream.
  public func nextDocument() throws(ParseError) -> Bool {
    while true {
      switch try next(keepsText: false) {
      case .documentStart: return true
      case .streamEnd: return false
      default: continue
      }
    }
  }

  // MARK: Containers

  /// What comes next, without consuming it.
  public func peek() throws(ParseError) -> Kind {
    let event = try peekEvent()
    guard !isForeign else { throw ParseError(.unsupported, at: offset) }
    switch event {
    case .mappingStart: return .mapping
    case .sequenceStart: return .sequence
    case .scalar: return .scalar
    case .alias: throw ParseError(.unsupported, at: offset)
    case .streamEnd: throw ParseError(.unexpectedEnd, at: offset)
    default: throw ParseError(.unexpectedType, at: offset)
    }
  }

  /// Opens a mapping if one comes next; else passes the value over and returns false.
  public func enterMappingOrSkip() throws(ParseError) -> Bool {
    guard try peek() == .mapping else {
      try skip()
      return false
    }
    _ = try next()
    return true
  }

  /// Opens a sequence if one comes next; else passes the value over and returns false.
  public func enterSequenceOrSkip() throws(ParseError) -> Bool {
    guard try peek() == .sequence else {
      try skip()
      return false
    }
    _ = try next()
    return true
  }

  /// The next key of the open mapping; nil, and the mapping closed, at its end. A key that is no scalar is an error,
  /// and so is the merge key, which stands for content of another place.
  public func nextKey() throws(ParseError) -> Scalar? {
    switch try next() {
    case .mappingEnd: return nil
    case .scalar(let scalar?):
      guard !isForeign, !(scalar.isPlain && scalar.text == "<<") else { throw ParseError(.unsupported, at: offset) }
      return scalar
    case .streamEnd: throw ParseError(.unexpectedEnd, at: offset)
    default: throw ParseError(.unsupported, at: offset)
    }
  }

  /// Whether the open sequence has another element, which is then the next value; false, and the sequence closed, at
  /// its end.
  public func nextElement() throws(ParseError) -> Bool {
    if case .sequenceEnd = try peekEvent() {
      _ = try next()
      return false
    }
    return true
  }

  // MARK: Values

  /// The next value if it is a scalar; else nil, and the value passed over.
  public func scalarOrSkip() throws(ParseError) -> Scalar? {
    guard try peek() == .scalar, case .scalar(let scalar) = try next() else {
      try skip()
      return nil
    }
    return scalar
  }

  /// Passes over the next value, whatever it is. - Complexity: O(its bytes), no recursion.
  public func skip() throws(ParseError) {
    let floor = depth
    repeat {
      switch try next(keepsText: false) {
      case .streamEnd, .documentEnd: throw ParseError(.unexpectedEnd, at: offset)
      default: break
      }
    } while depth > floor
  }

  // MARK: Events

  private func peekEvent() throws(ParseError) -> Event {
    if let peeked { return peeked }
    let event = try pull(keepsText: true)
    peeked = event
    return event
  }

  private func next(keepsText: Bool = true) throws(ParseError) -> Event {
    let event: Event
    if let peeked {
      event = peeked
      self.peeked = nil
    } else {
      event = try pull(keepsText: keepsText)
    }
    switch event {
    case .mappingStart, .sequenceStart:
      guard depth < depthLimit else { throw failed(ParseError(.tooDeep, at: offset)) }
      depth += 1
    case .mappingEnd, .sequenceEnd: depth -= 1
    default: break
    }
    return event
  }

  private func pull(keepsText: Bool) throws(ParseError) -> Event {
    if let failure { throw failure }
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failed(grammarError()) }
    defer { yaml_event_delete(&event) }
    line = event.start_mark.line + 1
    character = event.start_mark.index
    guard event.end_mark.index <= disputed else {
      character = disputed
      throw failed(ParseError(.unsupported, at: offset))
    }
    isForeign = Self.changesType(event)
    return Self.event(event, line: line, keepsText: keepsText)
  }

  private static func event(_ event: yaml_event_t, line: Int, keepsText: Bool) -> Event {
    switch event.type {
    case YAML_STREAM_START_EVENT: .streamStart
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_MAPPING_START_EVENT: .mappingStart
    case YAML_MAPPING_END_EVENT: .mappingEnd
    case YAML_SEQUENCE_START_EVENT: .sequenceStart
    case YAML_SEQUENCE_END_EVENT: .sequenceEnd
    case YAML_ALIAS_EVENT: .alias
    case YAML_SCALAR_EVENT: .scalar(keepsText ? scalar(of: event, line: line) : nil)
    default: .streamEnd
    }
  }

  private static func scalar(of event: yaml_event_t, line: Int) -> Scalar {
    let scalar = event.data.scalar
    let text = Bytes(start: scalar.value, count: scalar.length).string
    return Scalar(text: text, line: line, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nil)
  }

  /// Whether a node has a tag other than that of its own kind: `!!set`, `!!binary`, `!anything`.
  private static func changesType(_ event: yaml_event_t) -> Bool {
    switch event.type {
    case YAML_SCALAR_EVENT: !isTag(event.data.scalar.tag, "tag:yaml.org,2002:str")
    case YAML_MAPPING_START_EVENT: !isTag(event.data.mapping_start.tag, "tag:yaml.org,2002:map")
    case YAML_SEQUENCE_START_EVENT: !isTag(event.data.sequence_start.tag, "tag:yaml.org,2002:seq")
    default: false
    }
  }

  private static func isTag(_ tag: UnsafeMutablePointer<yaml_char_t>?, _ expected: StaticString) -> Bool {
    guard let tag else { return true }
    for index in 0..<expected.utf8CodeUnitCount where tag[index] != expected.utf8Start[index] { return false }
    return tag[expected.utf8CodeUnitCount] == 0
  }

  // MARK: Errors

  private func failed(_ error: ParseError) -> ParseError {
    failure = error
    return error
  }

  /// A grammar error with nothing left to read means that the text was cut off.
  private func grammarError() -> ParseError {
    let problem = parser.pointee
    guard problem.error != YAML_READER_ERROR else {
      let offset = min(max(problem.problem_offset, 0), bytes.count)
      // A character of several bytes of which some are missing at the very end.
      let isCutOff = bytes.count - offset < 4 && offset < bytes.count && bytes[offset] >= 0xC2
      return ParseError(isCutOff ? .unexpectedEnd : .unexpectedByte, at: offset)
    }
    character = problem.problem_mark.index
    line = problem.problem_mark.line + 1
    return ParseError(problem.eof != 0 && problem.unread <= 1 ? .unexpectedEnd : .unexpectedByte, at: offset)
  }

  /// The offset of the current event in bytes. - Complexity: O(offset), paid only where an error is made.
  private var offset: Int {
    var left = character
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 {
      if left == 0 { return index }
      left -= 1
    }
    return bytes.count
  }

  private static func characters(in bytes: Bytes) -> Int {
    bytes.count { $0 & 0xC0 != 0x80 }
  }

  /// The offset of the first U+0085, U+2028, U+2029 or U+FEFF. - Complexity: O(bytes), eight at a time where they are
  /// ASCII.
  private static func firstDisputed(in bytes: Bytes) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let raw = UnsafeRawPointer(base)
    var index = 0
    while index < bytes.count {
      if index &+ 8 <= bytes.count, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & Word.high == 0 {
        index &+= 8
        continue
      }
      if isDisputed(bytes, at: index) { return index }
      index &+= 1
    }
    return nil
  }

  private static func isDisputed(_ bytes: Bytes, at index: Int) -> Bool {
    switch bytes[index] {
    case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0x85
    case 0xE2:
      index + 2 < bytes.count && bytes[index + 1] == 0x80 && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9)
    case 0xEF: index + 2 < bytes.count && bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF
    default: false
    }
  }
}
