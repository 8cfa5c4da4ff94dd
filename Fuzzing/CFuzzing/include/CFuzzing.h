// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#pragma once
#include <stddef.h>
#include <stdint.h>

/// Calls `body` with one input after the other, as the arguments say; comes back when it has had enough. Part of the fuzzer's runtime, which
/// `-sanitize=fuzzer` links.
/// Source: https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library (read 2026-11-23)
int LLVMFuzzerRunDriver(int *_Nonnull count, char *_Nullable *_Nonnull *_Nonnull arguments, int (*_Nonnull body)(const uint8_t *_Nullable bytes, size_t size));
