// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <stddef.h>

// The catalogue of credentials compiled into the program: what Scripts/list-credentials makes of the folder `Credentials`.

/// The catalogue: JSON, UTF-8, valid for the life of the process.
const unsigned char *_Nonnull gifthorse_credentials(size_t *_Nonnull length);
