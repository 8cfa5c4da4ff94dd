// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

/// The tables of an index file. A change here is a new ``AdvisoryIndexPlace/version``.
enum IndexTables {
  /// Names are the table that a scan reads: sorted by key, with everything that a verdict needs.
  static let create = """
    CREATE TABLE name(key INTEGER NOT NULL, id TEXT NOT NULL, claims BLOB NOT NULL, PRIMARY KEY(key, id)) WITHOUT ROWID;
    CREATE TABLE filter(segment INTEGER PRIMARY KEY, bits BLOB NOT NULL);
    CREATE TABLE record(id TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE alias(alias TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(alias, id)) WITHOUT ROWID;
    CREATE TABLE digest(digest TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(digest, id)) WITHOUT ROWID;
    CREATE TABLE exploited(cve TEXT PRIMARY KEY, added TEXT NOT NULL, ransomware INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE own(id TEXT PRIMARY KEY, label TEXT NOT NULL, json BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE vex(name TEXT PRIMARY KEY, json BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    """

  /// Tables without an order, into which the first build puts what comes, to sort it once at the end. The record's tally is what it adds to the counts, and
  /// `turn` tells what of a record that came twice is the newer.
  static let createScratch = """
    CREATE TABLE scratch.record(id TEXT PRIMARY KEY, body BLOB, hash INTEGER, tally TEXT, turn INTEGER) WITHOUT ROWID;
    CREATE TABLE scratch.name(key INTEGER, id TEXT, claims BLOB, turn INTEGER);
    CREATE TABLE scratch.alias(alias TEXT, id TEXT, turn INTEGER);
    CREATE TABLE scratch.digest(digest TEXT, id TEXT, turn INTEGER);
    """

  /// Segments of the filter: each is a row, so that an update writes few of them.
  static let segmentBytes = 64 << 10
}
