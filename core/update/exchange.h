/* exchange.h - the steps that change the installed app, each with its note (updates.md 10.2, steps
 * 9, 10 and 13).
 *
 * Each is safe to be killed in: recover.h knows what is left and ends it. The caller holds the
 * locks of site.h and has asked recover_decide(). Threads: any; waits for the disk. Memory: none is
 * kept. */
#ifndef CORE_UPDATE_EXCHANGE_H
#define CORE_UPDATE_EXCHANGE_H
#include "core/update/journal.h"

/* Keeps a copy of the settings, then puts what is staged into the place of the app. RC_OK and a
 * journal of SWAPPED; otherwise the app is the old one. */
NODISCARD enum rc exchange_forward(const char *data, struct journal *j, struct fault *why);
/* The old one comes back, and with it the settings if it could not read those of the new one.
 * RC_OK and a journal of ROLLED_BACK; otherwise the app is the new one. */
NODISCARD enum rc exchange_back(const char *data, struct journal *j, struct fault *why);
/* The second half alone: the old one is in its place already. */
NODISCARD enum rc exchange_note_back(const char *data, struct journal *j, struct fault *why);
/* Ends a swap_move() that was cut short, if it was one. */
NODISCARD enum rc exchange_mend(const struct journal *j, bool from_aside, struct fault *why);
/* The new one runs: the old one becomes <data>/previous.noindex/VERSION, alone there, or goes if
 * that is another volume; no journal is left. */
void exchange_tidy(const char *data, const struct journal *j);
/* Removes what is staged, the copy of the settings and the journal. */
void exchange_drop(const char *data, const struct journal *j);

#endif
