// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>

#if defined(__linux__)
#include <linux/landlock.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel's numbers for what newer kernels than this system's headers can restrict.
#define ACCESS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
// Making, filling, renaming and removing files, folders and links: a thing that is renamed is made in its new folder. No device, socket or FIFO.
#define ACCESS_WRITE                                                                                                                     \
  (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SYM |              \
   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR)
#define ACCESS_FIRST_ABI ((1ULL << 13) - 1)
#define ACCESS_REFER (1ULL << 13)
#define ACCESS_TRUNCATE (1ULL << 14)
#define ACCESS_IOCTL_DEV (1ULL << 15)
#define NETWORK_TCP 3ULL
#define SCOPED_ALL 3ULL

// struct landlock_ruleset_attr as of ABI 6; an older kernel takes the beginning of it.
struct ruleset {
  uint64_t files;
  uint64_t network;
  uint64_t scoped;
};

int gifthorse_landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0 : (int)version;
}

// What a rule on a file may name; the rest is about what a folder holds.
#define ACCESS_OF_FILES (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | ACCESS_TRUNCATE)

static int allow(int ruleset, int fd, uint64_t access) {
  struct stat facts;
  if (fstat(fd, &facts) != 0) return -errno;
  struct landlock_path_beneath_attr rule = {
      .allowed_access = S_ISDIR(facts.st_mode) ? access : access & ACCESS_OF_FILES,
      .parent_fd = fd,
  };
  return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 ? 0 : -errno;
}

int gifthorse_landlock_restrict(const int *readable, size_t count, const int *writable, size_t writable_count) {
  int version = gifthorse_landlock_version();
  if (version == 0) return -ENOSYS;
  // The first version lets nobody who is restricted rename from one folder to another, whatever the rules say.
  if (version < 2 && writable_count > 0) return -ENOSYS;
  struct ruleset wanted = {.files = ACCESS_FIRST_ABI};
  size_t size = sizeof wanted.files;
  if (version >= 2) wanted.files |= ACCESS_REFER;
  if (version >= 3) wanted.files |= ACCESS_TRUNCATE;
  if (version >= 4) wanted.network = NETWORK_TCP, size = offsetof(struct ruleset, scoped);
  if (version >= 5) wanted.files |= ACCESS_IOCTL_DEV;
  if (version >= 6) wanted.scoped = SCOPED_ALL, size = sizeof wanted;

  int ruleset = (int)syscall(SYS_landlock_create_ruleset, &wanted, size, 0);
  if (ruleset < 0) return -errno;
  int result = 0;
  for (size_t index = 0; index < count && result == 0; index++) result = allow(ruleset, readable[index], ACCESS_READ);
  const uint64_t both = ACCESS_READ | ACCESS_WRITE | (wanted.files & (ACCESS_REFER | ACCESS_TRUNCATE));
  for (size_t index = 0; index < writable_count && result == 0; index++) result = allow(ruleset, writable[index], both);
  if (result == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) result = -errno;
  if (result == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) result = -errno;
  close(ruleset);
  return result;
}
#else
int gifthorse_landlock_version(void) { return 0; }
int gifthorse_landlock_restrict(const int *readable, size_t count, const int *writable, size_t writable_count) { return -ENOSYS; }
#endif
