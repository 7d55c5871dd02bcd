/* install.h - puts an update that was proved to be ours in the place of what runs, and back again
 * if it does not run (updates.md 10).
 *
 *     install_open()       may it be updated here? Before a download: nothing is fetched in vain
 *     install_stage()      unpacks, checks and notes it; the app itself is not touched yet
 *     install_close()
 * Days may lie between. Then one of the two:
 *     install_hand_over()  "install and restart": a watchdog waits for our end, exchanges, starts
 *     install_at_quit()    the user quits or the machine goes down: exchanges, starts nothing
 * and in each start of the program in the menu bar, as soon as it is known to be the only one:
 *     install_recover()    what is left of it after whatever has happened; counts starts
 *     install_healthy()    after INSTALL_NEW, once it has proved that it runs
 *
 * At each moment, also after kill -9 or a power cut, the app is wholly the old or wholly the new
 * one. What was done is in <data>/update/journal.json (journal.h); what is installed is read from
 * the app itself. The old version goes to <data>/previous.noindex/VERSION.
 * Never asks for more rights than the user has, and never starts anything but our own program.
 * Threads: any but the main one for install_open() and install_stage(), which read and write a
 * lot; the rest is quick. One struct install at a time: a second one, of any user or process, is
 * refused. Memory: the caller's; what a config points to is borrowed during the call, and for
 * install_open() until install_close(). */
#ifndef CORE_UPDATE_INSTALL_H
#define CORE_UPDATE_INSTALL_H
#include "core/update/manifest.h"

struct cancel;
struct install;
struct spawner;

/* Who we are. */
struct install_config {
    const char *app;     /* the app around our executable, absolute: place.bundle */
    const char *why_not; /* place.why where place.updates is false; "" elsewhere */
    const char *data;    /* our data folder, which is there */
    const char *app_id;
    const char *target; /* e.g. "darwin-aarch64" */
    const char *team;   /* who must have signed it on macOS */
    const struct semver *current;
    bool mac; /* locate_where.mac */
};

/* Locks, removes what stopped updates have left, and says in one sentence why this app cannot be
 * updated: REFUSAL_PLACE; REFUSAL_BUSY if an update is under way; REFUSAL_WRITE. On RC_OK *out is
 * for install_close(), else NULL. */
NODISCARD enum rc install_open(const struct install_config *config, struct install **out,
                               struct refusal *why);
/* Makes the archive `proof` of the offer ready beside the app, in the place of one that was ready
 * before. `stop` may be NULL. On RC_OK install_waiting() knows it; otherwise nothing has changed
 * and nothing is left. Refusals of archive_unpack(), bundle_check() and bundle_signed(). */
NODISCARD enum rc install_stage(struct install *i, const struct signed_file *proof,
                                const struct offer *o, const struct cancel *stop,
                                struct refusal *why);
/* Accepts NULL. */
void install_close(struct install *i);

/* Is an update ready? Its version. Reads the note alone: cheap, any thread. */
bool install_waiting(const char *data, struct semver *version);

/* Starts the watchdog, which is our own executable; it waits until this process has ended, however
 * that happens, then exchanges and starts the new version, and takes it back if it does not prove
 * within 30 s that it runs. On RC_OK the caller ends the program; nothing waits for the watchdog,
 * and the leash does not know it. REFUSAL_BUNDLE if nothing is ready, REFUSAL_WRITE. */
NODISCARD enum rc install_hand_over(const struct install_config *config, struct spawner *spawner,
                                    struct refusal *why);
/* Exchanges now, and starts nothing: for the very end of a program whose user quits it (or of a
 * command that found no other copy running). RC_OK also if there is no note of one that is ready.
 * How it runs is judged at its next start. Refuses as install_open() does, and with REFUSAL_BUNDLE
 * what is not for this copy, or no longer as it was made ready, which goes; the app is as it was.
 */
NODISCARD enum rc install_at_quit(const struct install_config *config, struct refusal *why);
/* Does the program in the menu bar run (INSTALL_APP_LOCK)? Then install_at_quit() is its to call.
 */
bool install_app_runs(const char *data);

enum install_news {
    INSTALL_QUIET,   /* nothing to tell */
    INSTALL_READY,   /* `version` is ready: offer to restart */
    INSTALL_NEW,     /* we are `version`, and have yet to prove that we run: install_healthy() */
    INSTALL_FAILED,  /* `version` did not run, and we are back: not to be offered by itself */
    INSTALL_GIVE_WAY /* `version`, which we are, was taken back: give up instance.lock, call
                        install_give_way(), end */
};

/* "ready", ... for the log. Static. */
const char *install_news_word(enum install_news news);

struct install_found {
    enum install_news news;
    struct semver version;
};

/* Repairs and remembers, by the table in updates.md 10.3; twice changes nothing but the count of
 * starts. `token` is the one of --update-launch, "" without it. Must be the only copy of this user
 * (instance.lock); quick where there is no journal. Never fails: what cannot be done is logged. */
void install_recover(const struct install_config *config, const char *token,
                     struct install_found *out);
/* After INSTALL_GIVE_WAY: starts the old version, which is in our place again. */
void install_give_way(const struct install_config *config, struct spawner *spawner,
                      const struct install_found *found);

/* How long a new version has to run before install_healthy(). */
int64_t install_alive_ms(void);
/* We run, as what was swapped in: tells the watchdog, keeps the old version as the previous one
 * and removes the rest. Off the main thread. A second call changes nothing. Waits a few seconds for
 * the locks, unless `stop` is set. */
void install_healthy(const struct install_config *config, const char *token,
                     const struct cancel *stop);

/* In the data folder: held by the program in the menu bar as long as it runs. */
#define INSTALL_APP_LOCK "instance.lock"

/* The words with which an update starts our program. */
#define INSTALL_WATCHDOG_WORD "--update-watchdog" /* a role of its own: watchdog.h */
#define INSTALL_LAUNCH_WORD "--update-launch"     /* TOKEN: prove to the watchdog that you run */
#define INSTALL_FAILED_WORD "--update-failed" /* VERSION: it was not installed, or did not run */

#endif
