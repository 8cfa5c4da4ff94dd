// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <sqlite3.h>
#include <stdint.h>

// The advisory index is an SQLite file of pages that end with a checksum of themselves. SQLite alone would take a changed byte in a row for
// that row's content, and a changed key for a name that nobody speaks of: an alarm that is never given. So a reader checks every page.

/// Bytes of a page of an index, its checksum included.
enum { gifthorse_index_page = 4096, gifthorse_index_checksum = 8, gifthorse_index_application = 0x47484958 };

/// Why an index could not be used. Other failures are negative errno values.
enum gifthorse_index_state {
  gifthorse_index_sound = 0,
  /// Not an index of ours at all.
  gifthorse_index_foreign = 1,
  /// Of a version that this program does not read; `*version` says which.
  gifthorse_index_other_version = 2,
  /// A page is not what was written, or pages are missing.
  gifthorse_index_damaged = 3,
};

/// Opens the index at `path` to read it, and never anything else: no lock, no journal, no file beside it. Its first page is checked here, the others when
/// they are read; a page that is not sound is SQLITE_IOERR. The file must not be changed while it is open, which nobody does: an index is replaced by rename.
/// - Returns: a `gifthorse_index_state`, or a negative errno. `*database` is null unless it is sound.
int gifthorse_index_open(const char *_Nonnull path, int version, int *_Nonnull found, sqlite3 *_Nullable *_Nonnull database);

/// Copies an index, checking each page on the way: damage is never carried over. 0, a `gifthorse_index_state` or a negative errno.
int gifthorse_index_copy(const char *_Nonnull from, const char *_Nonnull to);

/// Writes the checksum of every page that has not got it, and makes the file durable. 0, or a negative errno.
int gifthorse_index_seal(const char *_Nonnull path);

/// Makes a name in a folder durable, after a rename. 0, or a negative errno.
int gifthorse_index_sync_folder(const char *_Nonnull path);

/// Asks SQLite for room for the checksum in every page of a file that is still empty. An SQLite result code.
int gifthorse_index_reserve(sqlite3 *_Nonnull database);
