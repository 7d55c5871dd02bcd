/* update_here.h - core/update/install.h with the facts of this very process.
 *
 * Main thread. Memory: plain, lives as long as the program; the config points into it, so it is
 * never copied. */
#ifndef APP_UPDATE_HERE_H
#define APP_UPDATE_HERE_H
#include "app/setup.h"
#include "core/base/file.h"
#include "core/update/install.h"

struct update_here {
    struct install_config config;
    char app[SYS_PATH_MAX]; /* "": no app around us, and so no updates */
    char data[FILE_PATH_MAX];
    struct semver current;
    struct install_found found; /* by this start */
};

/* Fills it in, without asking the system what it thinks of our place: config.why_not stays "" for
 * whoever knows (app/service/here.h). `data` is our data folder, "" if there is none. */
void update_here_init(struct update_here *u, const struct setup *setup, const char *data);
/* The end of an update, if there was one: what was left of it is repaired, this start counted.
 * As early as possible, and only for the one that has the instance lock. False if the version that
 * we are was taken back: give up that lock, call install_give_way(), end. */
NODISCARD bool update_here_recover(struct update_here *u, const struct setup *setup);
/* Body of the watchdog's process (core/update/watchdog.h). Returns the exit status. */
int update_here_watchdog(const struct setup *setup);

#endif
