// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#include "CIndex.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { page_size = gifthorse_index_page, covered = gifthorse_index_page - gifthorse_index_checksum };

// --- Checksums

static uint64_t mixed(uint64_t first, uint64_t second) {
  unsigned __int128 product = (unsigned __int128)first * second;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

/// Of a page's content and its place, so that a sound page in another's place is not sound. Four lanes: a multiplication takes longer than a word's reading.
static uint64_t checksum(const unsigned char *page, uint64_t number) {
  uint64_t lanes[4] = {0x9E3779B97F4A7C15u ^ number, 0xBF58476D1CE4E5B9u, 0x94D049BB133111EBu, 0xD6E8FEB86659FD93u};
  for (size_t offset = 0; offset < covered; offset += 8) {
    uint64_t word;
    memcpy(&word, page + offset, 8);
    uint64_t *lane = &lanes[offset / 8 % 4];
    *lane = mixed(*lane ^ word, 0xA0761D6478BD642Fu + *lane);
  }
  return mixed(lanes[0] ^ lanes[2], lanes[1] ^ lanes[3] ^ 0xE7037ED1A0B428DBu) + lanes[2] + lanes[3];
}

static bool is_sound(const unsigned char *page, uint64_t number) {
  uint64_t stored;
  memcpy(&stored, page + covered, sizeof stored);
  return stored == checksum(page, number);
}

// --- Reading and writing whole pieces

static long read_fully(int fd, void *buffer, size_t size, off_t offset) {
  size_t done = 0;
  while (done < size) {
    ssize_t count = pread(fd, (char *)buffer + done, size - done, offset + (off_t)done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -errno;
    if (count == 0) break;
    done += (size_t)count;
  }
  return (long)done;
}

static int write_fully(int fd, const void *buffer, size_t size, off_t offset) {
  size_t done = 0;
  while (done < size) {
    ssize_t count = pwrite(fd, (const char *)buffer + done, size - done, offset + (off_t)done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -errno;
    done += (size_t)count;
  }
  return 0;
}

static uint32_t big_endian(const unsigned char *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/// Opens what must be a file; never waits for the other end of a pipe.
static int open_file(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) return -errno;
  struct stat status;
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) return fd;
  close(fd);
  return -EINVAL;
}

/// Looks at the first page of an open file: where it says what the file is, for SQLite and for us.
/// - Source: https://www.sqlite.org/fileformat2.html#the_database_header (read 2026-11-25)
static int examine(int fd, int version, int *found) {
  unsigned char page[page_size];
  long count = read_fully(fd, page, sizeof page, 0);
  if (count < 0) return (int)count;
  struct stat status;
  if (fstat(fd, &status) != 0) return -errno;
  if (count < 100 || memcmp(page, "SQLite format 3", 16) != 0) return gifthorse_index_foreign;
  if (big_endian(page + 68) != gifthorse_index_application) return gifthorse_index_foreign;
  if (count < page_size || !is_sound(page, 0)) return gifthorse_index_damaged;
  *found = (int)big_endian(page + 60);
  if (*found != version) return gifthorse_index_other_version;
  bool fits = page[16] == page_size >> 8 && page[17] == 0 && page[20] == gifthorse_index_checksum;
  bool is_whole = (off_t)big_endian(page + 28) * page_size == status.st_size;
  return fits && is_whole ? gifthorse_index_sound : gifthorse_index_damaged;
}

// --- A file system for SQLite that can only read, and checks

struct index_file {
  sqlite3_file base;
  int fd;
};

static int file_close(sqlite3_file *file) {
  close(((struct index_file *)file)->fd);
  return SQLITE_OK;
}

/// SQLite reads whole pages, and of the first one its header.
static int file_read(sqlite3_file *file, void *buffer, int amount, sqlite3_int64 offset) {
  long count = read_fully(((struct index_file *)file)->fd, buffer, (size_t)amount, (off_t)offset);
  if (count < 0) return SQLITE_IOERR_READ;
  if (count < amount) {
    memset((char *)buffer + count, 0, (size_t)(amount - count));
    return SQLITE_IOERR_SHORT_READ;
  }
  if (amount == page_size && offset % page_size == 0)
    return is_sound(buffer, (uint64_t)(offset / page_size)) ? SQLITE_OK : SQLITE_IOERR_READ;
  return offset + amount <= 100 ? SQLITE_OK : SQLITE_IOERR_READ;
}

static int file_write(sqlite3_file *file, const void *buffer, int amount, sqlite3_int64 offset) {
  (void)file, (void)buffer, (void)amount, (void)offset;
  return SQLITE_READONLY;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
  (void)file, (void)size;
  return SQLITE_READONLY;
}

static int file_sync(sqlite3_file *file, int flags) {
  (void)file, (void)flags;
  return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
  struct stat status;
  if (fstat(((struct index_file *)file)->fd, &status) != 0) return SQLITE_IOERR_FSTAT;
  *size = status.st_size;
  return SQLITE_OK;
}

static int file_lock(sqlite3_file *file, int level) {
  (void)file, (void)level;
  return SQLITE_OK;
}

static int file_check_lock(sqlite3_file *file, int *is_locked) {
  (void)file;
  *is_locked = 0;
  return SQLITE_OK;
}

static int file_control(sqlite3_file *file, int operation, void *argument) {
  (void)file, (void)operation, (void)argument;
  return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *file) {
  (void)file;
  return page_size;
}

static int file_traits(sqlite3_file *file) {
  (void)file;
  return SQLITE_IOCAP_IMMUTABLE;
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_lock,
    .xCheckReservedLock = file_check_lock,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
};

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *opened) {
  (void)vfs;
  file->pMethods = NULL;
  // Nothing but the index itself: no journal, no temporary file.
  if (path == NULL || !(flags & SQLITE_OPEN_MAIN_DB)) return SQLITE_CANTOPEN;
  int fd = open_file(path);
  if (fd < 0) return SQLITE_CANTOPEN;
  ((struct index_file *)file)->fd = fd;
  file->pMethods = &methods;
  if (opened) *opened = SQLITE_OPEN_READONLY;
  return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync) {
  (void)vfs, (void)path, (void)sync;
  return SQLITE_READONLY;
}

/// There is nothing but the index, whatever lies beside it.
static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *result) {
  (void)vfs, (void)path, (void)flags;
  *result = 0;
  return SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *path, int size, char *full) {
  (void)vfs;
  size_t length = strlen(path);
  if (length >= (size_t)size) return SQLITE_CANTOPEN;
  memcpy(full, path, length + 1);
  return SQLITE_OK;
}

/// Only names of temporary files would need chance, and there are none.
static int vfs_random(sqlite3_vfs *vfs, int size, char *bytes) {
  (void)vfs;
  memset(bytes, 0x47, (size_t)size);
  return size;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return microseconds;
}

static int vfs_time(sqlite3_vfs *vfs, double *days) {
  (void)vfs;
  *days = 0;
  return SQLITE_OK;
}

static int vfs_error(sqlite3_vfs *vfs, int size, char *text) {
  (void)vfs, (void)size, (void)text;
  return 0;
}

static sqlite3_vfs vfs = {
    .iVersion = 1,
    .szOsFile = sizeof(struct index_file),
    .mxPathname = 4096,
    .zName = "gifthorse-index",
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_path,
    .xRandomness = vfs_random,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_time,
    .xGetLastError = vfs_error,
};

static void set_up(void) {
  // A process has few connections, each used by one thread: SQLite needs neither its locks on memory statistics nor a page cache of its own.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_initialize();
  sqlite3_vfs_register(&vfs, 0);
}

int gifthorse_index_open(const char *path, int version, int *found, sqlite3 **database) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  *database = NULL;
  int fd = open_file(path);
  if (fd < 0) return fd;
  int state = examine(fd, version, found);
  close(fd);
  if (state != gifthorse_index_sound) return state;
  pthread_once(&once, set_up);
  int result = sqlite3_open_v2(path, database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, vfs.zName);
  // Room for the upper pages of every table of an index of millions, so that a look-up reads one page, seldom two.
  if (result == SQLITE_OK) result = sqlite3_exec(*database, "PRAGMA cache_size = -8192", NULL, NULL, NULL);
  if (result == SQLITE_OK) return gifthorse_index_sound;
  sqlite3_close(*database);
  *database = NULL;
  return result == SQLITE_CANTOPEN ? -EIO : gifthorse_index_damaged;
}

// --- Making one

enum { chunk_pages = 256 };

static int copy_chunk(int from, int to, off_t offset, unsigned char *chunk) {
  long count = read_fully(from, chunk, (size_t)chunk_pages * page_size, offset);
  if (count <= 0) return (int)count;
  if (count % page_size != 0) return gifthorse_index_damaged;
  for (long place = 0; place < count; place += page_size)
    if (!is_sound(chunk + place, (uint64_t)((offset + place) / page_size))) return gifthorse_index_damaged;
  return write_fully(to, chunk, (size_t)count, offset);
}

int gifthorse_index_copy(const char *from, const char *to) {
  int source = open_file(from);
  if (source < 0) return source;
  int target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  int result = target < 0 ? -errno : 0;
  unsigned char *chunk = result == 0 ? malloc((size_t)chunk_pages * page_size) : NULL;
  if (result == 0 && chunk == NULL) result = -ENOMEM;
  struct stat status;
  if (result == 0 && fstat(source, &status) != 0) result = -errno;
  for (off_t offset = 0; result == 0 && offset < status.st_size; offset += (off_t)chunk_pages * page_size)
    result = copy_chunk(source, target, offset, chunk);
  free(chunk);
  if (target >= 0) close(target);
  close(source);
  return result;
}

static int seal_chunk(int fd, off_t offset, unsigned char *chunk) {
  long count = read_fully(fd, chunk, (size_t)chunk_pages * page_size, offset);
  if (count < 0) return (int)count;
  for (long place = 0; place + page_size <= count; place += page_size) {
    uint64_t number = (uint64_t)((offset + place) / page_size);
    if (is_sound(chunk + place, number)) continue;
    uint64_t value = checksum(chunk + place, number);
    int result = write_fully(fd, &value, sizeof value, offset + place + covered);
    if (result != 0) return result;
  }
  return 0;
}

int gifthorse_index_seal(const char *path) {
  int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return -errno;
  unsigned char *chunk = malloc((size_t)chunk_pages * page_size);
  struct stat status;
  int result = chunk == NULL ? -ENOMEM : fstat(fd, &status) != 0 ? -errno : 0;
  for (off_t offset = 0; result == 0 && offset < status.st_size; offset += (off_t)chunk_pages * page_size)
    result = seal_chunk(fd, offset, chunk);
  free(chunk);
  if (result == 0 && fsync(fd) != 0) result = -errno;
  close(fd);
  return result;
}

int gifthorse_index_sync_folder(const char *path) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return -errno;
  int result = fsync(fd) == 0 ? 0 : -errno;
  close(fd);
  return result;
}

int gifthorse_index_reserve(sqlite3 *database) {
  int bytes = gifthorse_index_checksum;
  return sqlite3_file_control(database, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}
