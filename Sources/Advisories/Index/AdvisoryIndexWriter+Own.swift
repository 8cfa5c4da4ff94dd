// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// What somebody here has put in, under labels of theirs.
extension AdvisoryIndexWriter {
  /// Calls `body` with the id and the label of every record of somebody's own, in order.
  /// - Complexity: O(own records).
  public func forEachOwnRecord(_ body: (_ id: String, _ label: String) -> Void) throws(AdvisoryIndexError) {
    let statement = try statements.prepared("SELECT id, label FROM own ORDER BY id")
    defer { statement.reset() }
    while try statement.step() { body(statement.text(0), statement.text(1)) }
  }

  /// The names of the OpenVEX documents, in order.
  public func namesOfVEXDocuments() throws(AdvisoryIndexError) -> [String] {
    let statement = try statements.prepared("SELECT name FROM vex ORDER BY name")
    defer { statement.reset() }
    var names: [String] = []
    while try statement.step() { names.append(statement.text(0)) }
    return names
  }

  /// Whether there is an OpenVEX document of this name with exactly this text.
  public func hasVEX(_ json: [UInt8], named name: String) throws(AdvisoryIndexError) -> Bool {
    let statement = try statements.prepared("SELECT json FROM vex WHERE name = ?1")
    statement.bind(name, at: 1)
    defer { statement.reset() }
    return try statement.step() && statement.bytes(0).elementsEqual(json)
  }

  /// Takes an OpenVEX document out.
  public func removeVEX(named name: String) throws(AdvisoryIndexError) {
    try statements.run("DELETE FROM vex WHERE name = ?1") { $0.bind(name, at: 1) }
  }
}
