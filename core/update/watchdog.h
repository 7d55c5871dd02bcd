/* watchdog.h - the old version, which sees the new one start, and comes back if it does not
 * (updates.md 10.4, 10.5).
 *
 * A process of its own: our executable with INSTALL_WATCHDOG_WORD, started by install_hand_over().
 * It waits on its stdin for the end of the one that started it, exchanges, starts the new version
 * under a random token and waits for its sign of life. If none comes it ends that version, puts the
 * old one back and starts it. It ends as soon as one of them runs, and touches no window, engine or
 * container. Whatever kills it leaves a journal from which the next start goes on (recover.h).
 * Threads: its process has this one alone. */
#ifndef CORE_UPDATE_WATCHDOG_H
#define CORE_UPDATE_WATCHDOG_H
#include "core/exec/spawner.h"

struct watchdog_config {
    const char *data;        /* our data folder */
    const char *app_id;      /* the program's */
    struct spawner *spawner; /* without a leash: what it starts stays */
    bool mac;
};

/* Returns when whoever has started this process has ended. */
void watchdog_wait(void);
/* The rest. Returns the exit status: 0 if the new version runs, 1 if not. */
int watchdog_run(const struct watchdog_config *config);

#endif
