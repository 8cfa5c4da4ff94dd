// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Loops over bytes that decide how fast a lockfile is read, sixteen bytes at a time. In C because vectors of a known width are plain
// values here: Swift's are generic, and whether they become instructions hangs on details of the expression.
//
// Nothing is read at or beyond `count`.

typedef uint8_t gifthorse_vector __attribute__((vector_size(16)));

static inline gifthorse_vector gifthorse_load(const uint8_t *_Nonnull text) {
  gifthorse_vector vector;
  memcpy(&vector, text, sizeof vector);
  return vector;
}

/// The place of the first of sixteen lanes that is not zero (lanes are 0 or 0xFF); 16 where all are.
static inline size_t gifthorse_first_lane(gifthorse_vector lanes) {
  uint64_t halves[2];
  memcpy(halves, &lanes, sizeof halves);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  halves[0] = __builtin_bswap64(halves[0]);
  halves[1] = __builtin_bswap64(halves[1]);
#endif
  if (halves[0] != 0) return (size_t)__builtin_ctzll(halves[0]) / 8;
  return halves[1] != 0 ? 8 + (size_t)__builtin_ctzll(halves[1]) / 8 : 16;
}

/// The first place at or after `start` that holds a double quote, a backslash or a control character (below 0x20); `count` if none does.
static inline size_t gifthorse_end_of_plain(const uint8_t *_Nonnull text, size_t start, size_t count) {
  size_t place = start;
  while (place + 16 <= count) {
    gifthorse_vector bytes = gifthorse_load(text + place);
    gifthorse_vector found = (gifthorse_vector)(bytes == '"') | (gifthorse_vector)(bytes == '\\') | (gifthorse_vector)(bytes < 0x20);
    size_t lane = gifthorse_first_lane(found);
    if (lane < 16) return place + lane;
    place += 16;
  }
  while (place < count && text[place] != '"' && text[place] != '\\' && text[place] >= 0x20) place++;
  return place;
}
