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
#if defined(__SSE2__)
  typedef char signed_vector __attribute__((vector_size(16)));
  unsigned mask = (unsigned)__builtin_ia32_pmovmskb128((signed_vector)lanes);
  return mask != 0 ? (size_t)__builtin_ctz(mask) : 16;
#else
  uint64_t halves[2];
  memcpy(halves, &lanes, sizeof halves);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  halves[0] = __builtin_bswap64(halves[0]);
  halves[1] = __builtin_bswap64(halves[1]);
#endif
  if (halves[0] != 0) return (size_t)__builtin_ctzll(halves[0]) / 8;
  return halves[1] != 0 ? 8 + (size_t)__builtin_ctzll(halves[1]) / 8 : 16;
#endif
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

/// A place in a text, and how many lines ended on the way to it.
struct gifthorse_place {
  size_t offset;
  size_t lines;
};

/// The first place at or after `start` that holds none of JSON's white space: space, tab, line feed, carriage return.
static inline struct gifthorse_place gifthorse_end_of_space(const uint8_t *_Nonnull text, size_t start, size_t count) {
  struct gifthorse_place place = {start, 0};
  while (place.offset < count && text[place.offset] <= ' ') {
    uint8_t byte = text[place.offset];
    if (byte != '\n' && byte != ' ' && byte != '\r' && byte != '\t') break;
    place.lines += byte == '\n';
    place.offset++;
    // What follows a line's end is mostly an indentation.
    while (place.offset + 8 <= count) {
      uint64_t word;
      memcpy(&word, text + place.offset, sizeof word);
      uint64_t others = word ^ 0x2020202020202020;
      if (others != 0) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        others = __builtin_bswap64(others);
#endif
        place.offset += (size_t)__builtin_ctzll(others) / 8;
        break;
      }
      place.offset += 8;
    }
  }
  return place;
}

/// The first place that holds one of two bytes; `count` if none does.
static inline size_t gifthorse_first_of(const uint8_t *_Nonnull text, size_t count, uint8_t first, uint8_t second) {
  size_t place = 0;
  while (place + 16 <= count) {
    gifthorse_vector bytes = gifthorse_load(text + place);
    size_t lane = gifthorse_first_lane((gifthorse_vector)(bytes == first) | (gifthorse_vector)(bytes == second));
    if (lane < 16) return place + lane;
    place += 16;
  }
  while (place < count && text[place] != first && text[place] != second) place++;
  return place;
}

/// The first place at or after `start` where `sha` begins; `count` if there is none. A digest in a lockfile begins so.
static inline size_t gifthorse_find_sha(const uint8_t *_Nonnull text, size_t start, size_t count) {
  size_t place = start;
  while (place + 18 <= count) {
    gifthorse_vector first = gifthorse_load(text + place), second = gifthorse_load(text + place + 1), third = gifthorse_load(text + place + 2);
    gifthorse_vector found = (gifthorse_vector)(first == 's') & (gifthorse_vector)(second == 'h') & (gifthorse_vector)(third == 'a');
    size_t lane = gifthorse_first_lane(found);
    if (lane < 16) return place + lane;
    place += 16;
  }
  while (place + 3 <= count) {
    if (text[place] == 's' && text[place + 1] == 'h' && text[place + 2] == 'a') return place;
    place++;
  }
  return count;
}

/// Whether `other`, which is not empty, stands somewhere in `text`.
_Bool gifthorse_contains(const uint8_t *_Nonnull text, size_t count, const uint8_t *_Nonnull other, size_t length);

// --- SHA-256

/// A digest in the making.
struct gifthorse_sha256 {
  uint32_t state[8];
  uint64_t count;
  uint8_t block[64];
};

/// Adds whole blocks of 64 bytes without the processor's own instructions: for tests, which hold one way against the other.
void gifthorse_sha256_add_plainly(uint32_t *_Nonnull state, const uint8_t *_Nonnull blocks, size_t count);

void gifthorse_sha256_start(struct gifthorse_sha256 *_Nonnull digest);
void gifthorse_sha256_add(struct gifthorse_sha256 *_Nonnull digest, const uint8_t *_Nonnull bytes, size_t count);
/// Writes the 32 bytes of the digest; it cannot be added to afterwards.
void gifthorse_sha256_finish(struct gifthorse_sha256 *_Nonnull digest, uint8_t *_Nonnull result);
