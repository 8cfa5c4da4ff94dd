// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#define _GNU_SOURCE
#include "CSystem.h"

#include <stdlib.h>

#if defined(__linux__) && defined(__GLIBC__)
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

// A thread's heap in glibc: a region of this size, aligned to it. Where that is not so, other memory gets the same harmless advice.
static const size_t heap_size = (size_t)64 << 20;

void gifthorse_prepare_heaps(void) {
  // Half of a heap is usable from its start, so that large pages fit into it; large arrays lie there, too, and grow in place.
  mallopt(M_TOP_PAD, (int)(heap_size / 2));
  mallopt(M_MMAP_THRESHOLD, (int)(heap_size / 2));
}

void gifthorse_advise_heap(void) {
  void *probe = malloc(1024);
  if (probe == NULL) return;
  void *heap = (void *)((uintptr_t)probe & ~(uintptr_t)(heap_size - 1));
  madvise(heap, heap_size, MADV_HUGEPAGE);
  free(probe);
}

void gifthorse_prepare_main_heap(void) {
  gifthorse_prepare_heaps();
  const uintptr_t page = (uintptr_t)2 << 20;
  // Made to grow by the room that was asked for above; what is there then is advised.
  void *probe = malloc(page);
  uintptr_t end = (uintptr_t)sbrk(0) & ~(page - 1);
  uintptr_t start = ((uintptr_t)probe + page - 1) & ~(page - 1);
  if (probe != NULL && start < end) madvise((void *)start, end - start, MADV_HUGEPAGE);
  free(probe);
}
#else
void gifthorse_prepare_heaps(void) {}
void gifthorse_prepare_main_heap(void) {}
void gifthorse_advise_heap(void) {}
#endif

void gifthorse_wipe(void *memory, size_t size) {
  // Through a volatile pointer the compiler may not leave it out.
  volatile unsigned char *bytes = memory;
  while (size-- > 0) *bytes++ = 0;
}
