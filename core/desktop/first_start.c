/* first_start.c - see first_start.h. Only the file's name counts; what is in it is for people. */
#include "core/desktop/first_start.h"
#include "core/base/file.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define NAME "first-start-done"

static bool path_of(const char *folder, char out[FILE_PATH_MAX])
{
    return snprintf(out, FILE_PATH_MAX, "%s/%s", folder, NAME) < FILE_PATH_MAX;
}

bool first_start_due(const char *data_folder, bool at_login)
{
    char path[FILE_PATH_MAX];
    struct stat st;

    return !at_login && data_folder[0] != '\0' && path_of(data_folder, path) &&
           lstat(path, &st) != 0;
}

enum rc first_start_done(const char *data_folder, struct fault *why)
{
    static const char text[] = "Container Kit has said hello.\n";
    char path[FILE_PATH_MAX];

    if (!path_of(data_folder, path))
        return fault_set(why, RC_TOO_BIG, "path too long: %s", data_folder);
    return file_replace(path, text, strlen(text), why);
}
