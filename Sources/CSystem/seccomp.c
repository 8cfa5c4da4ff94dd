// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <unistd.h>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define OUR_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

// Refused with EPERM, whatever their arguments. A list of what is refused rather than of what is allowed: the C library and the Swift runtime
// of another year must still run, and what matters here is a closed set. Landlock is the second wall.
static const int refused[] = {
    // Starting programs, and other processes
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp,
    // Signals to other processes. tgkill stays: abort needs it.
    SYS_kill, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo,
#ifdef SYS_fork
    SYS_fork, SYS_vfork,
#endif
#ifdef SYS_pidfd_open
    SYS_pidfd_open, SYS_pidfd_getfd, SYS_pidfd_send_signal,
#endif
    // Network
    SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
    // Making links, devices and FIFOs; changing files by name, and what lies beside their contents
    SYS_linkat, SYS_symlinkat, SYS_mknodat, SYS_fchmodat, SYS_fchownat, SYS_truncate,
    SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr,
#ifdef SYS_link
    SYS_link, SYS_symlink, SYS_mknod, SYS_chmod, SYS_chown, SYS_lchown, SYS_creat, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
    // The same by calls that are younger than this system's headers, under the numbers that they have on every machine:
    // fchmodat2, setxattrat, removexattrat, file_setattr; and open_tree_attr, which belongs below.
    452, 463, 466, 469, 467,
    // Mounts, namespaces, roots
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_open_by_handle_at, SYS_name_to_handle_at,
    SYS_open_tree, SYS_move_mount, SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
    // The kernel and the machine
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_init_module, SYS_finit_module,
    SYS_delete_module, SYS_kexec_load, SYS_reboot, SYS_swapon, SYS_swapoff, SYS_sethostname, SYS_settimeofday, SYS_clock_settime, SYS_acct,
    SYS_quotactl, SYS_memfd_create, SYS_fanotify_init, SYS_personality,
#ifdef SYS_io_uring_setup
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
#endif
};

// Refused as well to a process that is to change nothing. One that may write below some folders needs them: which folders, Landlock says.
static const int refused_to_readers[] = {
    SYS_unlinkat, SYS_renameat2, SYS_mkdirat, SYS_fchmod, SYS_fchown, SYS_utimensat,
#ifdef SYS_renameat
    SYS_renameat,
#endif
#ifdef SYS_unlink
    SYS_unlink, SYS_rmdir, SYS_rename, SYS_mkdir,
#endif
};

#define COUNT(list) (sizeof list / sizeof list[0])
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (count))
#define SKIP_IF(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (count), 0)
#define SKIP_UNLESS_ANY(bits, count) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, (count))
#define SKIP_IF_ANY(bits, count) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), (count), 0)
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)

#define WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)

int gifthorse_seccomp_restrict(bool allow_openat2, bool allow_writing) {
  struct sock_filter program[64 + 2 * (COUNT(refused) + COUNT(refused_to_readers))];
  size_t length = 0;
#define EMIT(...) program[length++] = (struct sock_filter)__VA_ARGS__
  EMIT(LOAD(arch));
  EMIT(SKIP_IF(OUR_ARCHITECTURE, 1));
  EMIT(KILL);
  EMIT(LOAD(nr));
#if defined(__x86_64__)
  EMIT(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));  // the x32 numbers
  EMIT(KILL);
#endif
  // Opening: only to read. First, because it is asked for most.
  if (!allow_writing) {
    EMIT(SKIP_UNLESS(SYS_openat, 4));
    EMIT(LOAD(args[2]));
    EMIT(SKIP_IF_ANY(WRITING, 1));
    EMIT(ALLOW);
    EMIT(REFUSE(EPERM));
#ifdef SYS_open
    EMIT(SKIP_UNLESS(SYS_open, 4));
    EMIT(LOAD(args[1]));
    EMIT(SKIP_IF_ANY(WRITING, 1));
    EMIT(ALLOW);
    EMIT(REFUSE(EPERM));
#endif
  }
  if (!allow_openat2) {
    EMIT(SKIP_UNLESS(SYS_openat2, 1));
    EMIT(REFUSE(ENOSYS));  // callers fall back to openat
  }
  // Threads, but no processes. clone3 hides its flags from us: without it the C library uses clone.
  EMIT(SKIP_UNLESS(SYS_clone3, 1));
  EMIT(REFUSE(ENOSYS));
  EMIT(SKIP_UNLESS(SYS_clone, 4));
  EMIT(LOAD(args[0]));
  EMIT(SKIP_UNLESS_ANY(CLONE_THREAD, 1));
  EMIT(ALLOW);
  EMIT(REFUSE(EPERM));
  // Typing into the terminal.
  EMIT(SKIP_UNLESS(SYS_ioctl, 4));
  EMIT(LOAD(args[1]));
  EMIT(SKIP_IF(TIOCSTI, 1));
  EMIT(ALLOW);
  EMIT(REFUSE(EPERM));
  for (size_t index = 0; index < COUNT(refused); index++) {
    EMIT(SKIP_UNLESS((unsigned)refused[index], 1));
    EMIT(REFUSE(EPERM));
  }
  for (size_t index = 0; index < COUNT(refused_to_readers) && !allow_writing; index++) {
    EMIT(SKIP_UNLESS((unsigned)refused_to_readers[index], 1));
    EMIT(REFUSE(EPERM));
  }
  EMIT(ALLOW);
#undef EMIT
  struct sock_fprog filter = {.len = (unsigned short)length, .filter = program};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) != 0) return -errno;
  return 0;
}
#else
int gifthorse_seccomp_restrict(bool allow_openat2, bool allow_writing) { return -ENOSYS; }
#endif

int gifthorse_try_execute(void) {
  char *const arguments[] = {"true", NULL};
  char *const environment[] = {NULL};
  execve("/bin/true", arguments, environment);
  return -errno;
}

int gifthorse_try_socket(void) {
#if defined(__linux__) && defined(SYS_socket)
  long fd = syscall(SYS_socket, 2 /* AF_INET */, 1 /* SOCK_STREAM */, 0);
  if (fd < 0) return -errno;
  close((int)fd);
  return 0;
#else
  return -ENOSYS;
#endif
}
