// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The few system calls that Swift's C library overlay does not offer. Every function that can fail returns a negative errno.

// --- Folders

/// One entry of a folder, as `gifthorse_next_entry` gives it. `name` points into the buffer and ends with a zero byte.
struct gifthorse_entry {
  const char *_Nullable name;
  size_t length;
  uint64_t inode;
  /// DT_REG and its like; DT_UNKNOWN where the file system does not tell.
  uint8_t type;
};

/// Fills `buffer` with raw entries of the open folder `fd`; 0 at its end. Linux only (elsewhere: -ENOSYS).
long gifthorse_read_entries(int fd, void *_Nonnull buffer, size_t capacity);

/// Takes the entry at `*offset` of a buffer that `gifthorse_read_entries` filled with `length` bytes, and moves `*offset` on.
bool gifthorse_next_entry(const void *_Nonnull buffer, size_t length, size_t *_Nonnull offset, struct gifthorse_entry *_Nonnull entry);

/// Opens `path` below the folder `base` without following any symbolic link on the way; the kernel sees to it (openat2, Linux 5.6).
/// -ENOSYS where it cannot.
int gifthorse_open_beneath(int base, const char *_Nonnull path, int flags);

/// openat(2) without its variadic mode; for opening what exists.
int gifthorse_openat(int base, const char *_Nonnull path, int flags);

/// Opens what is at `path`, following links, only to look at it (O_PATH where there is such a thing): nothing can be read through it.
int gifthorse_open_place(int base, const char *_Nonnull path);

/// The magic number of the file system that holds `fd` (Linux's f_type), or 0 where that is not told; -errno on failure.
int64_t gifthorse_filesystem_type(int fd);

/// Reads up to `size` bytes at `offset` of an open file; how many, 0 at its end, or a negative errno.
long gifthorse_read_at(int fd, void *_Nonnull buffer, size_t size, int64_t offset);

/// Reads the first `size` bytes of an open file with two threads: making that much memory usable takes longer than copying into it. How many
/// bytes from the beginning are there, fewer than `size` where the file ends before, or a negative errno.
long gifthorse_read_halves(int fd, void *_Nonnull buffer, size_t size);

/// When a file was made (where the file system keeps that), last written, and last changed in any way. Seconds since 1970, UTC.
struct gifthorse_times {
  int64_t birth;
  bool has_birth;
  int64_t modified;
  int64_t changed;
};

/// The times of the entry `name` of the open folder `base`, not followed if it is a link; of `base` itself where `name` is empty.
/// 0, or a negative errno.
int gifthorse_times_of(int base, const char *_Nonnull name, struct gifthorse_times *_Nonnull times);
/// Moves `name` of the folder `from` to `other` in the folder `to`, on the same file system, and never over something that is there (-EEXIST).
/// -EINVAL or -ENOSYS where the system or the file system cannot promise that. 0, or a negative errno.
int gifthorse_rename_keeping(int from, const char *_Nonnull name, int to, const char *_Nonnull other);

/// What tells the mount that the entry `name` of the folder `fd` lies on from every other, a bind of the same file system included; "" for the
/// folder itself. No link is followed. 0 where the system does not tell; a negative errno on failure.
int64_t gifthorse_mount_id(int fd, const char *_Nonnull name);

// --- Memory

/// Lets threads that start from now on have heaps that large pages fit into. Filling memory page by page takes a tenth of the time that reading
/// a large lockfile takes. Does nothing where the C library is not glibc.
void gifthorse_prepare_heaps(void);

/// The same for the first thread's heap, which large pages are asked for at once. Worth it before tens of thousands of values are made.
void gifthorse_prepare_main_heap(void);

/// Asks the system to give the calling thread's heap large pages; advice, and no more.
void gifthorse_advise_heap(void);

/// Overwrites `size` bytes, also where nobody reads them any more.
void gifthorse_wipe(void *_Nonnull memory, size_t size);

// --- Confinement

/// The Landlock ABI version of this kernel; 0 where there is none.
int gifthorse_landlock_version(void);

/// From now on this thread and those it starts may read only below the `count` open files and folders in `readable`, and make, fill, rename and
/// remove only below the `writable_count` ones in `writable`, where they may read as well. They may execute and connect nothing. What is already
/// open stays usable. 0, or a negative errno: -ENOSYS also where something is to be writable and this kernel's Landlock (version 1) would let
/// nothing be renamed from one folder to another.
int gifthorse_landlock_restrict(const int *_Nonnull readable, size_t count, const int *_Nonnull writable, size_t writable_count);

/// Takes from this thread and those it starts the system calls that execute, connect, trace, mount or change files.
/// `allow_openat2`: leave openat2 usable, whose flags this filter cannot see (right where Landlock is in force).
/// `allow_writing`: leave the calls that make, fill, rename and remove files and folders. 0, or a negative errno.
int gifthorse_seccomp_restrict(bool allow_openat2, bool allow_writing);

/// Tries to start `/bin/true` in this process's place; returns only if that was refused, with the negative errno. For the self-test.
int gifthorse_try_execute(void);

/// Tries to make an Internet socket, by the system call's number so that no network function is linked; 0 if that worked (it is closed
/// again), else the negative errno. For the self-test.
int gifthorse_try_socket(void);

// --- The terminal, and output

/// The columns of the terminal `fd`, or 0 where it is none or does not tell.
int gifthorse_terminal_width(int fd);

/// Opens `path` for writing, made if it is missing, not yet emptied: what it held stays until there is something better. Negative errno on failure.
int gifthorse_create(const char *_Nonnull path);

/// Writes the absolute path of the running program, links resolved, into `buffer`; its length, without a zero byte, or a negative errno.
long gifthorse_own_path(char *_Nonnull buffer, size_t size);

// --- Interruption

/// From now on the first SIGINT or SIGTERM only sets a flag; the second ends the process as usual.
void gifthorse_catch_interrupt(void);

/// Whether a signal came.
bool gifthorse_interrupted(void);

/// The signal that came first, or 0.
int gifthorse_interrupt_signal(void);
