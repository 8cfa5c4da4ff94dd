// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

// SHA-256 as FIPS 180-4 describes it (read 2026-11-25), section 6.2.
#include "CText.h"

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
    0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
    0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
    0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotated(uint32_t word, unsigned count) { return word >> count | word << (32 - count); }

static inline uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void add_block_plainly(uint32_t state[8], const uint8_t *block) {
  uint32_t words[64];
  for (int i = 0; i < 16; i++) words[i] = big_endian(block + 4 * i);
  for (int i = 16; i < 64; i++) {
    uint32_t before = words[i - 15], last = words[i - 2];
    uint32_t small0 = rotated(before, 7) ^ rotated(before, 18) ^ before >> 3;
    uint32_t small1 = rotated(last, 17) ^ rotated(last, 19) ^ last >> 10;
    words[i] = words[i - 16] + small0 + words[i - 7] + small1;
  }
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 64; i++) {
    uint32_t big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    uint32_t first = h + big1 + ((e & f) ^ (~e & g)) + constants[i] + words[i];
    uint32_t big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    uint32_t second = big0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

// The processor's own rounds: Intel's SHA extensions, as its Software Developer's Manual describes SHA256RNDS2, SHA256MSG1 and SHA256MSG2
// (read 2026-11-25). They keep the state as two vectors, ABEF and CDGH.
__attribute__((target("sha,sse4.1"))) static void add_blocks_by_processor(uint32_t state[8], const uint8_t *blocks, size_t count) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i first = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i second = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(first, second, 8);
  __m128i cdgh = _mm_blend_epi16(second, first, 0xF0);
  for (; count > 0; count--, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i words[4];
    for (int i = 0; i < 4; i++) words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)blocks + i), swap);
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      __m128i round = _mm_add_epi32(words[i & 3], _mm_loadu_si128((const __m128i *)constants + i));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, round);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(round, 0x0E));
      if (i >= 12) continue;
      __m128i next = _mm_sha256msg1_epu32(words[i & 3], words[(i + 1) & 3]);
      next = _mm_add_epi32(next, _mm_alignr_epi8(words[(i + 3) & 3], words[(i + 2) & 3], 4));
      words[i & 3] = _mm_sha256msg2_epu32(next, words[(i + 3) & 3]);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  first = _mm_shuffle_epi32(abef, 0x1B);
  second = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(first, second, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(second, first, 8));
}

static int has_sha(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1)) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}
#endif

static void add_blocks(uint32_t state[8], const uint8_t *blocks, size_t count) {
#if defined(__x86_64__)
  // Asked once; two threads that ask at once learn the same.
  static int answer = -1;
  int known = __atomic_load_n(&answer, __ATOMIC_RELAXED);
  if (known < 0) __atomic_store_n(&answer, known = has_sha(), __ATOMIC_RELAXED);
  if (known) return add_blocks_by_processor(state, blocks, count);
#endif
  for (size_t i = 0; i < count; i++) add_block_plainly(state, blocks + 64 * i);
}

void gifthorse_sha256_add_plainly(uint32_t state[8], const uint8_t *blocks, size_t count) {
  for (size_t i = 0; i < count; i++) add_block_plainly(state, blocks + 64 * i);
}

void gifthorse_sha256_start(struct gifthorse_sha256 *digest) {
  static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  memcpy(digest->state, start, sizeof start);
  digest->count = 0;
}

void gifthorse_sha256_add(struct gifthorse_sha256 *digest, const uint8_t *bytes, size_t count) {
  size_t waiting = digest->count % 64;
  digest->count += count;
  if (waiting > 0) {
    size_t taken = 64 - waiting < count ? 64 - waiting : count;
    memcpy(digest->block + waiting, bytes, taken);
    bytes += taken, count -= taken;
    if (waiting + taken < 64) return;
    add_blocks(digest->state, digest->block, 1);
  }
  add_blocks(digest->state, bytes, count / 64);
  memcpy(digest->block, bytes + count / 64 * 64, count % 64);
}

void gifthorse_sha256_finish(struct gifthorse_sha256 *digest, uint8_t result[32]) {
  uint64_t bits = digest->count * 8;
  size_t waiting = digest->count % 64;
  uint8_t tail[128] = {0};
  memcpy(tail, digest->block, waiting);
  tail[waiting] = 0x80;
  size_t length = waiting < 56 ? 64 : 128;
  for (int i = 0; i < 8; i++) tail[length - 1 - (size_t)i] = (uint8_t)(bits >> (8 * i));
  add_blocks(digest->state, tail, length / 64);
  for (int i = 0; i < 32; i++) result[i] = (uint8_t)(digest->state[i / 4] >> (24 - 8 * (i % 4)));
}
