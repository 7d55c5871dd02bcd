/* env.c - the environment of a child: what these lists name, and two fixed variables.
 *
 * Nothing else of our own environment reaches an engine: no loader variables, no debug switches,
 * no tokens. Left out on purpose although engines know them: CONTAINER_DEBUG (adds output),
 * CONTAINER_REGISTRY_* (secrets; Apple's service start copies CONTAINER_* into its server), and
 * CONTAINER_APP_ROOT and the like, which are the server's, set by its own start. */
#include "core/exec/env.h"
#include "core/base/mem.h"
#include <string.h>

/* A program that was started from the desktop has a bare PATH, and docker then does not find its
 * credential helpers (engines.md 1.1). */
static const char path_word[] =
    "PATH=/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/* Error texts are told apart by their English words, names may be any UTF-8. Every Mac has
 * en_US.UTF-8; on Debian it exists only if somebody made it, and C.UTF-8 always. The one
 * difference between systems in this folder, too small for a file of its own. */
#if defined(__APPLE__)
static const char locale_word[] = "LC_ALL=en_US.UTF-8";
#else
static const char locale_word[] = "LC_ALL=C.UTF-8";
#endif

/* The XDG and D-Bus names are there for Linux: rootless podman keeps its state below the runtime
 * and data folders, its cgroups and docker's credential helper are reached over the session bus.
 * Without them an engine would show another, empty store than the user's shell does. */
static const char *const for_all[] = {
    "HOME",
    "USER",
    "LOGNAME",
    "TMPDIR",
    "LANG",
    "SSH_AUTH_SOCK",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "DBUS_SESSION_BUS_ADDRESS",
};

#define OWN_MAX 8

/* podman would read DOCKER_CONFIG too, and fails if there is no config.json (testing.md 1). */
static const char *const for_one[ENGINE_COUNT][OWN_MAX] = {
    [ENGINE_APPLE] = {"CONTAINER_DEFAULT_PLATFORM"},
    [ENGINE_DOCKER] = {"DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_TLS_VERIFY",
                       "DOCKER_CERT_PATH", "DOCKER_API_VERSION"},
    [ENGINE_PODMAN] = {"CONTAINER_HOST", "CONTAINER_CONNECTION", "REGISTRY_AUTH_FILE",
                       "CONTAINERS_CONF", "CONTAINERS_STORAGE_CONF"},
};

#define WORDS_MAX (2 + countof(for_all) + OWN_MAX + 1)

struct env {
    char *words[ENGINE_COUNT][WORDS_MAX]; /* owned; each list ends with NULL */
};

/* "NAME=value" of a name, or NULL. */
static const char *find(const char *const *list, const char *name)
{
    size_t len = strlen(name);

    for (; *list != NULL; list++) {
        if (strncmp(*list, name, len) == 0 && (*list)[len] == '=')
            return *list;
    }
    return NULL;
}

/* Copies what `names` lists; returns the number of words in `into` afterwards. */
static size_t copy(char **into, size_t n, const char *const *from, const char *const *names,
                   size_t count)
{
    for (size_t i = 0; i < count && names[i] != NULL; i++) {
        const char *word = find(from, names[i]);

        if (word != NULL)
            into[n++] = mem_str(word);
    }
    return n;
}

struct env *env_new(const char *const *from)
{
    struct env *e = mem_new(sizeof *e);

    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        char **into = e->words[kind];
        size_t n = 0;

        into[n++] = mem_str(path_word);
        into[n++] = mem_str(locale_word);
        n = copy(into, n, from, for_all, countof(for_all));
        n = copy(into, n, from, for_one[kind], OWN_MAX);
        MUST(n < WORDS_MAX);
    }
    return e;
}

void env_free(struct env *e)
{
    if (e == NULL)
        return;
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        for (size_t i = 0; e->words[kind][i] != NULL; i++)
            mem_free(e->words[kind][i]);
    }
    mem_free(e);
}

const char *const *env_for(const struct env *e, enum engine_kind kind)
{
    MUST((unsigned)kind < ENGINE_COUNT);
    return (const char *const *)e->words[kind];
}

const char *env_get(const struct env *e, enum engine_kind kind, const char *name)
{
    const char *word = find(env_for(e, kind), name);

    return word == NULL ? NULL : word + strlen(name) + 1;
}
