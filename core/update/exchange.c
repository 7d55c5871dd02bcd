/* exchange.c - see exchange.h. A note that cannot be written after the app has changed is no
 * failure: what is installed tells it as well. */
#include "core/update/exchange.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/tree.h"
#include "core/store/store_backup.h"
#include "core/update/health.h"
#include "core/update/hooks.h"
#include "core/update/site.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREVIOUS "previous.noindex" /* no app there is found and opened (mac-behaviour 25) */

static enum rc backup_folder(const char *data, const struct journal *j, char out[FILE_PATH_MAX],
                             struct fault *why)
{
    if (snprintf(out, FILE_PATH_MAX, "%s/backup-%s", data, j->before.text) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of the data folder is too long");
    return RC_OK;
}

static void note(const char *data, const struct journal *j)
{
    struct fault why = {0};
    char text[FAULT_TEXT_MAX];

    if (journal_write(data, j, &why) != RC_OK)
        log_warn("update: %s is not noted" LOG_PRIVATE ": %s", journal_word(j->state),
                 fault_text(&why, text));
}

/* In one call if the disk can do it, else in three that are announced. The announcement stays if
 * they left the app's place empty: without it what lies aside would be taken for rubbish. */
static enum rc swap(const char *data, struct journal *j, enum journal_state moving,
                    struct fault *why)
{
    enum journal_state before = j->state;
    struct swap s;
    enum rc rc = site_swap(j, &s, why);

    if (rc != RC_OK)
        return rc;
    hook_reach(HOOK_AT_SWAP);
    rc = swap_exchange(&s, why);
    if (rc == RC_MISSING) {
        j->state = moving;
        rc = journal_write(data, j, why);
        if (rc == RC_OK)
            rc = swap_move(&s, why);
        j->state = before;
        if (rc != RC_OK && file_is_there(s.app))
            note(data, j);
    }
    if (rc == RC_OK)
        (void)utimensat(AT_FDCWD, s.app, NULL, 0); /* so that macOS looks at its icon anew */
    return rc;
}

enum rc exchange_forward(const char *data, struct journal *j, struct fault *why)
{
    char backup[FILE_PATH_MAX];
    enum rc rc = backup_folder(data, j, backup, why);

    if (rc == RC_OK)
        rc = store_backup(data, backup, why);
    if (rc == RC_OK)
        rc = swap(data, j, JOURNAL_MOVING, why);
    if (rc != RC_OK)
        return rc;
    hook_reach(HOOK_AT_SWAPPED);
    j->state = JOURNAL_SWAPPED;
    j->attempts = 0;
    note(data, j);
    return RC_OK;
}

enum rc exchange_note_back(const char *data, struct journal *j, struct fault *why)
{
    char backup[FILE_PATH_MAX];
    enum rc rc = backup_folder(data, j, backup, why);

    if (rc == RC_OK)
        rc = store_restore(data, backup, why);
    if (rc != RC_OK)
        return rc;
    j->state = JOURNAL_ROLLED_BACK;
    note(data, j);
    (void)!tree_remove(AT_FDCWD, backup, NULL);
    health_remove(data);
    return site_remove_staging(j->app, j->id, why);
}

enum rc exchange_back(const char *data, struct journal *j, struct fault *why)
{
    struct fault later = {0};
    char text[FAULT_TEXT_MAX];
    enum rc rc = swap(data, j, JOURNAL_RETURNING, why);

    if (rc != RC_OK)
        return rc;
    hook_reach(HOOK_AT_SWAPPED);
    if (exchange_note_back(data, j, &later) != RC_OK)
        log_warn("update: not all of it was taken back" LOG_PRIVATE ": %s",
                 fault_text(&later, text));
    return RC_OK;
}

enum rc exchange_mend(const struct journal *j, bool from_aside, struct fault *why)
{
    struct swap s;
    enum rc rc = site_swap(j, &s, why);

    return rc == RC_OK ? swap_mend(&s, from_aside, why) : rc;
}

/* --- tidying up ------------------------------------------------------------------------------- */

/* One previous version is enough, and only a whole one: what is no app yet was moved already. */
static void keep_previous(const char *data, const struct journal *j, const struct swap *s)
{
    char path[FILE_PATH_MAX];
    int folder = -1;

    if (!file_is_there(s->staged) ||
        snprintf(path, sizeof path, "%s/" PREVIOUS, data) >= FILE_PATH_MAX ||
        file_make_folder(path, NULL) != RC_OK)
        return;
    folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0)
        return;
    tree_empty(folder);
    if (renameat(AT_FDCWD, s->staged, folder, j->before.text) != 0)
        log_info("update: %s is not kept: it is on another volume", j->before.text);
    close(folder);
}

void exchange_tidy(const char *data, const struct journal *j)
{
    struct swap s;

    hook_reach(HOOK_AT_CLEANUP);
    if (site_swap(j, &s, NULL) == RC_OK)
        keep_previous(data, j, &s);
    exchange_drop(data, j);
}

void exchange_drop(const char *data, const struct journal *j)
{
    struct fault why = {0};
    char text[FAULT_TEXT_MAX], backup[FILE_PATH_MAX];
    enum rc rc = site_remove_staging(j->app, j->id, &why);

    if (backup_folder(data, j, backup, NULL) == RC_OK)
        (void)!tree_remove(AT_FDCWD, backup, NULL);
    if (rc == RC_OK)
        rc = journal_remove(data, &why);
    if (rc != RC_OK)
        log_warn("update: not all of it could be removed" LOG_PRIVATE ": %s",
                 fault_text(&why, text));
}
