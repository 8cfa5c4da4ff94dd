// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <stddef.h>

// The incidents compiled into the program: the files of the folder `Incidents`, byte by byte.

/// How many there are.
size_t gifthorse_incident_count(void);

/// The incident with this number, below `gifthorse_incident_count()`: JSON, UTF-8, valid for the life of the process.
const unsigned char *_Nonnull gifthorse_incident(size_t number, size_t *_Nonnull length);

/// What a scan needs of all of them at its start, as `Scripts/list-incidents` describes it.
const unsigned char *_Nonnull gifthorse_incident_table(size_t *_Nonnull length);
