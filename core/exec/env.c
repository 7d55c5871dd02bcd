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

/* A browser or a terminal belongs to the session: its display, its bus, its folders, its language,
 * its input method. Not BROWSER, which names a command. */
static const char *const for_host[] = {
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TMPDIR",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_COLLATE",
    "LC_MESSAGES",
    "LC_MONETARY",
    "LC_NUMERIC",
    "LC_TIME",
    "DISPLAY",
    "XAUTHORITY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "SSH_AUTH_SOCK",
    "DESKTOP_SESSION",
    "KDE_SESSION_VERSION",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_DIRS",
    "XDG_CONFIG_HOME",
    "XDG_CURRENT_DESKTOP",
    "XDG_DATA_DIRS",
    "XDG_DATA_HOME",
    "XDG_MENU_PREFIX",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_DESKTOP",
    "XDG_SESSION_ID",
    "XDG_SESSION_TYPE",
    "XDG_STATE_HOME",
    "GTK_IM_MODULE",
    "QT_IM_MODULE",
    "XMODIFIERS",
};

#define WORDS_MAX (2 + countof(for_all) + OWN_MAX + 1)

struct env {
    char *words[ENGINE_COUNT][WORDS_MAX]; /* owned; each list ends with NULL */
    char *host[1 + countof(for_host) + 1];
    char **own; /* owned, as all are; ends with NULL */
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

static char **copy_all(const char *const *from)
{
    char **all = NULL;
    size_t n = 0;

    while (from[n] != NULL)
        n++;
    all = mem_new_array(n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = mem_str(from[i]);
    return all;
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
    e->host[0] = mem_str(path_word);
    MUST(copy(e->host, 1, from, for_host, countof(for_host)) < countof(e->host));
    e->own = copy_all(from);
    return e;
}

static void free_words(char **words)
{
    for (size_t i = 0; words[i] != NULL; i++)
        mem_free(words[i]);
}

void env_free(struct env *e)
{
    if (e == NULL)
        return;
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        free_words(e->words[kind]);
    free_words(e->host);
    free_words(e->own);
    mem_free(e->own);
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

const char *const *env_for_host(const struct env *e)
{
    return (const char *const *)e->host;
}

const char *const *env_for_own(const struct env *e)
{
    return (const char *const *)e->own;
}

const char *env_own_name(enum engine_kind kind, size_t i)
{
    MUST((unsigned)kind < ENGINE_COUNT);
    return i < OWN_MAX ? for_one[kind][i] : NULL;
}
