/* facts.c - see facts.h. */
#include "core/update/facts.h"
#include "core/base/file.h"
#include "core/update/bundle.h"
#include "core/update/site.h"
#include "core/update/tree_hash.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static enum recover_app installed(const char *app_id, const struct journal *j)
{
    struct semver version;

    if (!file_is_there(j->app))
        return RECOVER_APP_MISSING;
    if (!bundle_version(j->app, app_id, &version))
        return RECOVER_APP_UNKNOWN;
    if (semver_same(&version, &j->after))
        return RECOVER_APP_NEW;
    return semver_same(&version, &j->before) ? RECOVER_APP_OLD : RECOVER_APP_OTHER;
}

static bool is_whole(const struct journal *j, const char *staged)
{
    unsigned char hash[TREE_HASH_SIZE];

    return tree_hash(AT_FDCWD, staged, NULL, hash, NULL) == RC_OK &&
           memcmp(hash, j->hash, sizeof hash) == 0;
}

void facts_find(const char *app, const char *app_id, const struct journal *j,
                struct recover_facts *out)
{
    struct swap s;

    *out = (struct recover_facts){.state = j->state, .attempts = j->attempts};
    if (j->state == JOURNAL_NONE)
        return;
    out->app = installed(app_id, j);
    out->ours = strcmp(app, j->app) == 0;
    if (site_swap(j, &s, NULL) != RC_OK)
        return;
    out->aside = file_is_there(s.aside);
    out->staged = file_is_there(s.staged);
    if (out->app == RECOVER_APP_OLD && (j->state == JOURNAL_READY || j->state == JOURNAL_MOVING))
        out->whole = is_whole(j, s.staged);
}
