/* store_backup.c - see store_backup.h. */
#include "core/store/store_backup.h"
#include "core/base/file.h"
#include "core/store/store_file.h"
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static enum rc path_of(const char *folder, const char *end, char out[FILE_PATH_MAX],
                       struct fault *why)
{
    if (snprintf(out, FILE_PATH_MAX, "%s/" STORE_FILE "%s", folder, end) >= FILE_PATH_MAX)
        return fault_set(why, RC_TOO_BIG, "the path of the data folder is too long");
    return RC_OK;
}

static bool is_file(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && S_ISREG(st.st_mode);
}

enum rc store_backup(const char *data, const char *to, struct fault *why)
{
    char from_path[FILE_PATH_MAX], to_path[FILE_PATH_MAX];
    struct db *db = NULL;
    enum rc rc = path_of(data, "", from_path, why);

    if (rc == RC_OK)
        rc = path_of(to, "", to_path, why);
    if (rc != RC_OK || !is_file(from_path))
        return rc;
    rc = file_make_folder(to, why);
    if (rc == RC_OK)
        rc = db_open(from_path, DB_WRITE, &db, why);
    if (rc == RC_OK)
        rc = store_file_copy(db, to_path, why);
    db_close(db);
    return rc;
}

/* -1 for a file that cannot be read as one. */
static int64_t version_at(const char *path)
{
    struct db *db = NULL;
    int64_t version = -1;
    enum rc rc = db_open(path, DB_WRITE, &db, NULL);

    if (rc == RC_OK && store_file_version(db, &version, NULL) != RC_OK)
        version = -1;
    db_close(db);
    return version;
}

/* First what SQLite keeps beside the old file: it would be taken for the new one's. */
static enum rc put_back(const char *data, const char *from, const char *to, struct fault *why)
{
    static const char *const ends[] = {"-wal", "-shm"};
    char path[FILE_PATH_MAX];
    enum rc rc = RC_OK;

    for (size_t i = 0; i < countof(ends) && rc == RC_OK; i++) {
        rc = path_of(data, ends[i], path, why);
        if (rc == RC_OK && unlink(path) != 0 && errno != ENOENT)
            rc = fault_set(why, RC_IO, "cannot remove %s", path);
    }
    if (rc == RC_OK && rename(from, to) != 0)
        rc = fault_set(why, RC_IO, "the settings of the older version cannot be put back");
    if (rc == RC_OK)
        file_sync_folder(data);
    return rc;
}

enum rc store_restore(const char *data, const char *from, struct fault *why)
{
    char from_path[FILE_PATH_MAX], to_path[FILE_PATH_MAX];
    enum rc rc = path_of(from, "", from_path, why);

    if (rc == RC_OK)
        rc = path_of(data, "", to_path, why);
    if (rc != RC_OK || !is_file(from_path) || version_at(from_path) == version_at(to_path))
        return rc;
    return put_back(data, from_path, to_path, why);
}
