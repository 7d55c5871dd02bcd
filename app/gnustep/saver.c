/* saver.c - see app/service/saver.h. GNUstep's save panel can only be modal, and nothing here is.
 */
#include "app/service/saver.h"
#include "core/base/sys.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRIES 1000

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* "web.log", then "web 2.log" ...; false if all of them are there. */
static bool free_name(const char *folder, const char *name, char out[SYS_PATH_MAX])
{
    const char *dot = strrchr(name, '.');
    int stem = dot != NULL ? (int)(dot - name) : (int)strlen(name);

    for (int i = 1; i <= TRIES; i++) {
        char number[16] = "";

        if (i > 1)
            snprintf(number, sizeof number, " %d", i);
        if (snprintf(out, SYS_PATH_MAX, "%s/%.*s%s%s", folder, stem, name, number, name + stem) >=
            SYS_PATH_MAX)
            return false;
        if (access(out, F_OK) != 0)
            return true;
    }
    return false;
}

void saver_ask(const char *name, const char *home, saver_answer_fn *answer, void *ctx, long number)
{
    char folder[SYS_PATH_MAX], path[SYS_PATH_MAX];

    snprintf(folder, sizeof folder, "%s/Downloads", home);
    if (free_name(is_folder(folder) ? folder : home, name, path))
        answer(ctx, number, path);
}
