// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

internal import CSQLite
internal import Parsing

/// One connection to an SQLite file. Not to be used by two threads at once.
final class Database {
  let handle: OpaquePointer
  let path: String
  private var isOpen = true

  /// - Parameter handle: An open connection, which is closed with this object.
  init(_ handle: OpaquePointer, path: String) {
    self.handle = handle
    self.path = path
  }

  deinit { close() }

  /// Ends the connection, and with it all writing; its statements must be gone.
  func close() {
    if isOpen { sqlite3_close_v2(handle) }
    isOpen = false
  }

  /// Opens a file to write it, made where it is missing.
  static func create(_ path: String) throws(AdvisoryIndexError) -> Database {
    var handle: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    let result = sqlite3_open_v2(path, &handle, flags, nil)
    guard result == SQLITE_OK, let handle else {
      sqlite3_close(handle)
      throw AdvisoryIndexError(.notWritable, path: path, detail: String(cString: sqlite3_errstr(result)))
    }
    return Database(handle, path: path)
  }

  /// Runs statements that have no answer.
  func execute(_ statements: String) throws(AdvisoryIndexError) {
    let result = sqlite3_exec(handle, statements, nil, nil, nil)
    guard result == SQLITE_OK else { throw failure(result) }
  }

  func prepare(_ text: String) throws(AdvisoryIndexError) -> Statement {
    var statement: OpaquePointer?
    let result = sqlite3_prepare_v3(handle, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
    guard result == SQLITE_OK, let statement else { throw failure(result) }
    return Statement(statement, of: self)
  }

  /// What a result code means for the file.
  func failure(_ result: Int32) -> AdvisoryIndexError {
    let text = String(cString: sqlite3_errmsg(handle))
    switch result & 0xFF {
    case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_FULL, SQLITE_PERM, SQLITE_AUTH:
      return AdvisoryIndexError(.notWritable, path: path, detail: text)
    case SQLITE_NOMEM, SQLITE_BUSY, SQLITE_LOCKED: return AdvisoryIndexError(.notReadable, path: path, detail: text)
    default: return AdvisoryIndexError(.damaged, path: path, detail: text)
    }
  }
}

/// A prepared statement. Values are bound from 1 on, columns counted from 0, as SQLite does.
final class Statement {
  private let handle: OpaquePointer
  private let database: Database

  fileprivate init(_ handle: OpaquePointer, of database: Database) {
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  /// SQLite copies what is bound.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  func bind(_ value: Int64, at place: Int32) { sqlite3_bind_int64(handle, place, value) }

  func bind(_ text: String, at place: Int32) {
    var text = text
    _ = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(handle, place, $0.baseAddress, Int32($0.count), Self.transient)
      }
    }
  }

  func bind(_ bytes: [UInt8], at place: Int32) {
    _ = bytes.withUnsafeBytes { sqlite3_bind_blob(handle, place, $0.baseAddress, Int32($0.count), Self.transient) }
  }

  /// Whether there is another row.
  func step() throws(AdvisoryIndexError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let result: throw database.failure(result)
    }
  }

  /// Runs a statement without an answer, and makes it ready for the next values.
  func run() throws(AdvisoryIndexError) {
    _ = try step()
    reset()
  }

  func reset() { sqlite3_reset(handle) }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  /// A text, or a blob, where it lies: valid until the next step.
  func bytes(_ column: Int32) -> Bytes {
    let start = sqlite3_column_blob(handle, column)
    let count = Int(sqlite3_column_bytes(handle, column))
    return Bytes(start: start?.assumingMemoryBound(to: UInt8.self), count: start == nil ? 0 : count)
  }

  func text(_ column: Int32) -> String { bytes(column).string }
}
