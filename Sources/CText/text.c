// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

// Inline functions only: compiled once here, so that a fault in one shows.
#define _GNU_SOURCE
#include "CText.h"

_Bool gifthorse_contains(const uint8_t *text, size_t count, const uint8_t *other, size_t length) {
  return memmem(text, count, other, length) != NULL;
}
