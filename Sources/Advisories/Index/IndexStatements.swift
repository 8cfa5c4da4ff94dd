// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// Statements by their texts, prepared once.
final class IndexStatements {
  private let database: Database
  private var statements: [String: Statement] = [:]

  init(_ database: Database) {
    self.database = database
  }

  func prepared(_ text: String) throws(AdvisoryIndexError) -> Statement {
    if let statement = statements[text] { return statement }
    let statement = try database.prepare(text)
    statements[text] = statement
    return statement
  }

  func run(_ text: String, _ bind: (Statement) -> Void) throws(AdvisoryIndexError) {
    let statement = try prepared(text)
    bind(statement)
    try statement.run()
  }

  /// Whether there is a row for the one value.
  func has(_ text: String, _ value: String) throws(AdvisoryIndexError) -> Bool {
    let statement = try prepared(text)
    statement.bind(value, at: 1)
    defer { statement.reset() }
    return try statement.step()
  }

  /// The first column of the first row for the one value.
  func text(_ text: String, _ value: String) throws(AdvisoryIndexError) -> String? {
    let statement = try prepared(text)
    statement.bind(value, at: 1)
    defer { statement.reset() }
    return try statement.step() ? statement.text(0) : nil
  }

  /// A connection with open statements cannot be closed.
  func close() { statements = [:] }
}
