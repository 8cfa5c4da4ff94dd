// Part of Gifthorse. Copyright the Gifthorse authors; see LICENSE.txt.
// SPDX-License-Identifier: Apache-2.0

#include "CSystem.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static volatile sig_atomic_t received = 0;

static void note_signal(int number) { received = number; }

void gifthorse_catch_interrupt(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note_signal;
  // The second signal finds the default action, so nobody has to wait for us. System calls go on: workers look at the flag.
  action.sa_flags = SA_RESETHAND | SA_RESTART;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

bool gifthorse_interrupted(void) { return received != 0; }

int gifthorse_interrupt_signal(void) { return received; }
