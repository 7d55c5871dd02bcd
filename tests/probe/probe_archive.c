/* probe_archive.c - `probe archive`: unpacks an update into a new folder, judges it, removes it.
 *
 *     archive  --file F --app-id ID --version V --target KEY [--unpacked-size N]
 *
 * Everybody's signature will do: the file is signed here, so that it goes the way an update goes.
 * The folder is made in $TMPDIR, or /tmp; if anything stays in it that is no answer but a bug. */
#include "core/base/tree.h"
#include "core/update/archive.h"
#include "core/update/bundle.h"
#include "core/update/manifest.h"
#include "tests/probe/probe_update.h"
#include "tests/unit/proof_rig.h"
#include <fcntl.h>
#include <stdlib.h>

#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

static bool read_size(const char *text, uint64_t *out)
{
    char *end = NULL;

    *out = 0;
    if (text == NULL)
        return true;
    *out = strtoull(text, &end, 10);
    return end != text && *end == '\0' && *out >= 1 && *out <= MANIFEST_UNPACKED_MAX;
}

static enum rc judge(const struct update_words *w, uint64_t unpacked_max,
                     const struct semver *version, int staging, struct refusal *why)
{
    const struct bundle_wanted want = {w->app_id, version, NULL, w->target};
    char app[ARCHIVE_PART_MAX + 1];
    struct signed_file *proof = NULL;
    int fd = open(w->file, O_RDONLY | O_CLOEXEC);
    enum rc rc = RC_OK;

    if (fd < 0)
        return refuse(why, REFUSAL_READ, "cannot open the file");
    proof = proof_of(fd, why);
    if (proof == NULL) {
        close(fd);
        return why->fault.rc;
    }
    rc = archive_unpack(proof, staging, unpacked_max, NULL, app, why);
    if (rc == RC_OK) {
        rc = bundle_check(staging, app, &want, why);
        if (tree_remove(staging, app, NULL) != RC_OK)
            rc = refuse(why, REFUSAL_READ, "cannot remove what was unpacked");
    }
    signed_file_free(proof);
    return rc;
}

int probe_archive(const struct update_words *w)
{
    const char *tmp = getenv("TMPDIR");
    char folder[4096];
    struct semver version;
    struct refusal why = {0};
    uint64_t unpacked_max = 0;
    int staging = -1;
    enum rc rc = RC_OK;

    if (w->file == NULL || w->app_id == NULL || w->version == NULL || w->target == NULL ||
        !read_size(w->unpacked_size, &unpacked_max) ||
        semver_read_tag(w->version, strlen(w->version), &version, NULL) != RC_OK)
        return probe_usage("archive wants --file, --app-id, --version and --target");
    (void)snprintf(folder, sizeof folder, "%s/probe-archive-XXXXXX",
                   tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
    if (mkdtemp(folder) == NULL)
        return probe_usage("cannot make a folder");
    staging = open(folder, OPEN_FOLDER);
    rc = staging < 0 ? refuse(&why, REFUSAL_READ, "cannot open a folder")
                     : judge(w, unpacked_max, &version, staging, &why);
    if (staging >= 0)
        close(staging);
    if (rmdir(folder) != 0) /* not empty */
        return probe_usage("something stayed behind");
    return rc == RC_OK ? probe_accepted() : probe_refused(&why);
}
