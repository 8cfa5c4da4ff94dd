// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#include "CIncidents.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

// `list.inc` is written by `Scripts/list-incidents`: one array a file, and the list of them.
#include "list.inc"

struct incident {
  const unsigned char *bytes;
  size_t length;
};

static const struct incident incidents[] = {
#define INCIDENT(name) {name, sizeof name},
    GIFTHORSE_INCIDENTS
#undef INCIDENT
};

size_t gifthorse_incident_count(void) { return sizeof incidents / sizeof incidents[0]; }

const unsigned char *gifthorse_incident(size_t number, size_t *length) {
  *length = incidents[number].length;
  return incidents[number].bytes;
}

static const unsigned char table[] = {
#embed "table.tsv"
};

const unsigned char *gifthorse_incident_table(size_t *length) {
  *length = sizeof table;
  return table;
}
