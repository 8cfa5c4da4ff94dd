// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

// All of it is inline; a target needs a file to compile.
#include "CText.h"
