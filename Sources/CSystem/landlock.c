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

static int allow_reading(int ruleset, int fd) {
  struct stat facts;
  if (fstat(fd, &facts) != 0) return -errno;
  struct landlock_path_beneath_attr rule = {
      .allowed_access = S_ISDIR(facts.st_mode) ? ACCESS_READ : LANDLOCK_ACCESS_FS_READ_FILE,
      .parent_fd = fd,
  };
  return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0 ? 0 : -errno;
}

int gifthorse_landlock_restrict(const int *readable, size_t count) {
  int version = gifthorse_landlock_version();
  if (version == 0) return -ENOSYS;
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
  for (size_t index = 0; index < count && result == 0; index++) result = allow_reading(ruleset, readable[index]);
  if (result == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) result = -errno;
  if (result == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) result = -errno;
  close(ruleset);
  return result;
}
#else
int gifthorse_landlock_version(void) { return 0; }
int gifthorse_landlock_restrict(const int *readable, size_t count) { return -ENOSYS; }
#endif
