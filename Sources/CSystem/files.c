// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
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

int gifthorse_terminal_width(int fd) {
  struct winsize size;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

int gifthorse_create(const char *path) {
  int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
  return fd < 0 ? -errno : fd;
}
