// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#include "CCredentials.h"
#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char packed[] = {
#embed "catalogue.z"
};

static const size_t length_unpacked =
#include "size.inc"
    ;

static unsigned char *text;

/// What is compiled in fits together; only without memory can this fail, and then nothing goes on.
static void unpack(void) {
  uLongf size = length_unpacked;
  text = malloc(length_unpacked);
  if (text == NULL || uncompress(text, &size, packed, sizeof packed) != Z_OK || size != length_unpacked) abort();
}

const unsigned char *gifthorse_credentials(size_t *length) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, unpack);
  *length = length_unpacked;
  return text;
}
