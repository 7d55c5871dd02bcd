/* setup.c - see setup.h. The order is: our own path, the environments, the spawner that needs
 * both, then where engines are looked for. */
#include "app/setup.h"
#include "core/base/file.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Declared by no header on macOS; a program (not a library) may name it on both systems. */
extern char **environ;

/* Cuts `path` at its last slash; false when there is none to cut at but the root's. */
static bool cut_last(char *path)
{
    char *slash = strrchr(path, '/');

    if (slash == NULL || slash == path)
        return false;
    *slash = '\0';
    return true;
}

/* X.app/Contents/MacOS/container-kit -> X.app/Contents/Resources/container, if it is there. */
static void find_bundle(const char *self, char out[SYS_PATH_MAX])
{
    char contents[SYS_PATH_MAX];
    struct stat st;

    out[0] = '\0';
    snprintf(contents, sizeof contents, "%s", self);
    if (!cut_last(contents) || !cut_last(contents))
        return;
    if (snprintf(out, SYS_PATH_MAX, "%s/Resources/container", contents) >= SYS_PATH_MAX ||
        stat(out, &st) != 0 || !S_ISDIR(st.st_mode))
        out[0] = '\0';
}

/* The engine that came with us is run from a copy in the data folder. */
static void find_sidecar(struct setup *s)
{
    char tree[SYS_PATH_MAX], data[FILE_PATH_MAX];

    find_bundle(s->self, tree);
    if (tree[0] == '\0')
        return;
    if (file_data_folder(data, NULL) != RC_OK)
        data[0] = '\0';
    s->sidecar = sidecar_new(tree, data);
    s->where.sidecar = s->sidecar;
    s->where.bundle = sidecar_folder(s->sidecar);
}

enum rc setup_init(struct setup *s, struct fault *why)
{
    enum rc rc;

    *s = (struct setup){.update_token = ""};
    rc = sys_self_path(s->self, why);
    if (rc != RC_OK)
        return rc;
    s->env = env_new((const char *const *)environ);
    s->spawner = spawner_new(s->self, s->env);
    spawner_hide_cores(s->spawner);
    locate_here(&s->where);
    s->where.contexts = s->contexts = contexts_new();
    find_sidecar(s);
    return RC_OK;
}

void setup_release(struct setup *s)
{
    spawner_free(s->spawner);
    env_free(s->env);
    sidecar_free(s->sidecar);
    contexts_free(s->contexts);
    *s = (struct setup){0};
}
