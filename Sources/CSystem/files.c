// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#if defined(__APPLE__)
#include <mach-o/dyld.h>
#include <limits.h>
#endif
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__linux__)
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>

// As the kernel writes it; glibc's own declaration hides behind its 64-bit offsets.
struct raw_entry {
  uint64_t inode;
  int64_t next;
  uint16_t length;
  uint8_t type;
  char name[];
};

long gifthorse_read_entries(int fd, void *buffer, size_t capacity) {
  long count = syscall(SYS_getdents64, fd, buffer, capacity);
  return count < 0 ? -errno : count;
}

bool gifthorse_next_entry(const void *buffer, size_t length, size_t *offset, struct gifthorse_entry *entry) {
  const size_t header = offsetof(struct raw_entry, name);
  if (*offset > length || length - *offset <= header) return false;
  const struct raw_entry *raw = (const struct raw_entry *)((const char *)buffer + *offset);
  if (raw->length <= header || raw->length > length - *offset) return false;
  entry->name = raw->name;
  entry->length = strnlen(raw->name, raw->length - header);
  entry->inode = raw->inode;
  entry->type = raw->type;
  *offset += raw->length;
  return true;
}

int gifthorse_open_beneath(int base, const char *path, int flags) {
  struct open_how how = {
      .flags = (uint64_t)flags | O_CLOEXEC,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  int fd = (int)syscall(SYS_openat2, base, path, &how, sizeof how);
  return fd < 0 ? -errno : fd;
}

int64_t gifthorse_filesystem_type(int fd) {
  struct statfs facts;
  if (fstatfs(fd, &facts) != 0) return -errno;
  return (int64_t)(uint32_t)facts.f_type;
}
#else
long gifthorse_read_entries(int fd, void *buffer, size_t capacity) { return -ENOSYS; }
bool gifthorse_next_entry(const void *buffer, size_t length, size_t *offset, struct gifthorse_entry *entry) { return false; }
int gifthorse_open_beneath(int base, const char *path, int flags) { return -ENOSYS; }
int64_t gifthorse_filesystem_type(int fd) { return 0; }
#endif

#if defined(__linux__) && defined(STATX_MNT_ID)
int64_t gifthorse_mount_id(int fd, const char *name) {
  struct statx facts;
  if (statx(fd, name, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT, STATX_MNT_ID, &facts) != 0) return -errno;
  return facts.stx_mask & STATX_MNT_ID ? (int64_t)facts.stx_mnt_id : 0;
}
#else
int64_t gifthorse_mount_id(int fd, const char *name) { return 0; }
#endif

int gifthorse_rename_keeping(int from, const char *name, int to, const char *other) {
#if defined(__linux__)
  // By its number: a C library may lack it. 1 is RENAME_NOREPLACE.
  return syscall(SYS_renameat2, from, name, to, other, 1) == 0 ? 0 : -errno;
#elif defined(__APPLE__)
  return renameatx_np(from, name, to, other, RENAME_EXCL) == 0 ? 0 : -errno;
#else
  return -ENOSYS;
#endif
}

int gifthorse_openat(int base, const char *path, int flags) {
  int fd = openat(base, path, flags | O_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int gifthorse_open_place(int base, const char *path) {
#if defined(O_PATH)
  return gifthorse_openat(base, path, O_PATH);
#else
  return gifthorse_openat(base, path, O_RDONLY | O_NONBLOCK);
#endif
}

#if defined(__linux__)
int gifthorse_times_of(int base, const char *name, struct gifthorse_times *times) {
  struct statx facts;
  int flags = AT_SYMLINK_NOFOLLOW | (name[0] == 0 ? AT_EMPTY_PATH : 0);
  if (statx(base, name, flags, STATX_BASIC_STATS | STATX_BTIME, &facts) != 0) return -errno;
  times->has_birth = (facts.stx_mask & STATX_BTIME) != 0;
  times->birth = times->has_birth ? facts.stx_btime.tv_sec : 0;
  times->modified = facts.stx_mtime.tv_sec;
  times->changed = facts.stx_ctime.tv_sec;
  return 0;
}
#else
int gifthorse_times_of(int base, const char *name, struct gifthorse_times *times) {
  struct stat facts;
  if ((name[0] == 0 ? fstat(base, &facts) : fstatat(base, name, &facts, AT_SYMLINK_NOFOLLOW)) != 0) return -errno;
#if defined(__APPLE__)
  times->has_birth = true;
  times->birth = facts.st_birthtimespec.tv_sec;
#else
  times->has_birth = false;
  times->birth = 0;
#endif
  times->modified = facts.st_mtime;
  times->changed = facts.st_ctime;
  return 0;
}
#endif

int gifthorse_terminal_width(int fd) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

long gifthorse_own_path(char *buffer, size_t size) {
#if defined(__linux__)
  ssize_t length = readlink("/proc/self/exe", buffer, size);
  return length < 0 ? -errno : (size_t)length == size ? -ENAMETOOLONG : (long)length;
#elif defined(__APPLE__)
  char found[PATH_MAX];
  uint32_t length = sizeof found;
  if (_NSGetExecutablePath(found, &length) != 0) return -ENAMETOOLONG;
  char *real = realpath(found, NULL);
  if (real == NULL) return -errno;
  size_t count = strlen(real);
  if (count <= size) memcpy(buffer, real, count);
  free(real);
  return count <= size ? (long)count : -ENAMETOOLONG;
#else
  (void)buffer, (void)size;
  return -ENOSYS;
#endif
}

int gifthorse_create(const char *path) {
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
  return fd < 0 ? -errno : fd;
}

// One part of a file that a thread reads. `got` is less than `size` only at the file's end, or where `failure` is set.
struct part {
  int fd;
  char *start;
  off_t offset;
  size_t size;
  size_t got;
  int failure;
};

static void *read_part(void *argument) {
  struct part *part = argument;
  while (part->got < part->size) {
    ssize_t count = pread(part->fd, part->start + part->got, part->size - part->got, part->offset + (off_t)part->got);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) part->failure = errno;
    if (count <= 0) break;
    part->got += (size_t)count;
  }
  return NULL;
}

long gifthorse_read_at(int fd, void *buffer, size_t size, int64_t offset) {
  ssize_t count;
  do count = pread(fd, buffer, size, (off_t)offset);
  while (count < 0 && errno == EINTR);
  return count < 0 ? -errno : (long)count;
}

long gifthorse_read_halves(int fd, void *buffer, size_t size) {
  size_t half = size / 2;
  struct part first = {.fd = fd, .start = buffer, .size = half};
  struct part second = {.fd = fd, .start = (char *)buffer + half, .offset = (off_t)half, .size = size - half};
  pthread_t thread;
  int has_thread = pthread_create(&thread, NULL, read_part, &second) == 0;
  read_part(&first);
  if (has_thread)
    pthread_join(thread, NULL);
  else
    read_part(&second);
  if (first.failure != 0) return -first.failure;
  if (first.got < first.size) return (long)first.got;
  return second.failure != 0 ? -second.failure : (long)(first.got + second.got);
}
