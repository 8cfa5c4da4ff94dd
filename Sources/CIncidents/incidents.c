// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#include "CIncidents.h"
#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>
#pragma clang diagnostic ignored "-Wc23-extensions"

// `Scripts/list-incidents` writes what is read here: the texts, packed, and the length of each.
static const unsigned char packed[] = {
#embed "texts.z"
};

static const size_t lengths[] = {
#define INCIDENT(length) length,
#include "list.inc"
#undef INCIDENT
};

enum { incident_count = sizeof lengths / sizeof lengths[0] };

static unsigned char *texts;
static size_t offsets[incident_count];

/// Most scans read no incident, so that they are unpacked when the first one is asked for. What is compiled in fits together; only without
/// memory can this fail, and then nothing goes on.
static void unpack(void) {
  size_t total = 0;
  for (size_t number = 0; number < incident_count; number++) {
    offsets[number] = total;
    total += lengths[number];
  }
  uLongf size = total;
  texts = malloc(total);
  if (texts == NULL || uncompress(texts, &size, packed, sizeof packed) != Z_OK || size != total) abort();
}

size_t gifthorse_incident_count(void) { return incident_count; }

const unsigned char *gifthorse_incident(size_t number, size_t *length) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, unpack);
  *length = lengths[number];
  return texts + offsets[number];
}

static const unsigned char table[] = {
#embed "table.tsv"
};

const unsigned char *gifthorse_incident_table(size_t *length) {
  *length = sizeof table;
  return table;
}
