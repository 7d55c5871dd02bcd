/* auth_file.c - a JSON reader of one byte at a time that remembers a key and nothing else.
 *
 * It knows which container it is in and what may come next, which is enough to find the keys. What
 * a value says does not matter, so numbers and words are not looked at closely. */
#include "core/engine/auth_file.h"
#include "core/base/secret.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE 4096 /* read at once */

enum { /* what may come next */
       VALUE,
       VALUE_OR_END, /* a new array */
       KEY,
       KEY_OR_END, /* a new object */
       COLON,
       NEXT, /* comma or end */
       KEY_TEXT,
       KEY_ESCAPE,
       TEXT,
       TEXT_ESCAPE,
       WORD, /* a number, true, false, null */
       NOTHING
};

enum { OTHER, AUTHS, HELPERS }; /* whose keys are read */

void auth_scan_begin(struct auth_scan *s, struct registry_logins *into)
{
    *s = (struct auth_scan){.into = into, .state = VALUE};
}

static enum rc broken(struct fault *why)
{
    return fault_set(why, RC_PARSE, "The file of logins is no JSON that an engine wrote.");
}

static bool in_array(const struct auth_scan *s)
{
    return (s->arrays & (uint32_t)1 << (s->depth - 1)) != 0;
}

static void value_ended(struct auth_scan *s)
{
    s->state = s->depth == 0 ? NOTHING : NEXT;
}

static enum rc open_container(struct auth_scan *s, bool array, struct fault *why)
{
    if (s->depth == AUTH_DEPTH_MAX)
        return fault_set(why, RC_TOO_BIG, "The file of logins is nested too deeply.");
    s->arrays &= ~((uint32_t)1 << s->depth);
    s->arrays |= (uint32_t)array << s->depth;
    s->depth++;
    s->state = array ? VALUE_OR_END : KEY_OR_END;
    return RC_OK;
}

static enum rc close_container(struct auth_scan *s, char c, struct fault *why)
{
    if (in_array(s) != (c == ']'))
        return broken(why);
    s->depth--;
    value_ended(s);
    return RC_OK;
}

static bool word_byte(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' ||
           c == 'E';
}

static enum rc begin_value(struct auth_scan *s, char c, struct fault *why)
{
    if (c == '{')
        return open_container(s, false, why);
    if (s->depth == 0) /* the whole is an object */
        return broken(why);
    if (c == '[')
        return open_container(s, true, why);
    if (c != '"' && !word_byte(c))
        return broken(why);
    s->state = c == '"' ? TEXT : WORD;
    return RC_OK;
}

static void begin_key(struct auth_scan *s)
{
    s->key_len = 0;
    s->key_bad = false;
    s->state = KEY_TEXT;
}

static void add_to_key(struct auth_scan *s, char c)
{
    if (s->key_len < sizeof s->key)
        s->key[s->key_len++] = c;
    else
        s->key_bad = true;
}

static bool key_is(const struct auth_scan *s, const char *text)
{
    return !s->key_bad && s->key_len == strlen(text) && memcmp(s->key, text, s->key_len) == 0;
}

static enum rc key_ended(struct auth_scan *s, struct fault *why)
{
    s->state = COLON;
    if (s->depth == 1)
        s->section = key_is(s, "auths") ? AUTHS : key_is(s, "credHelpers") ? HELPERS : OTHER;
    if (s->depth != 2 || s->section == OTHER || s->key_bad)
        return RC_OK;
    return registry_login_add(s->into, s->key, s->key_len, NULL, s->section == HELPERS, why);
}

/* Between values: `c` is no white space. */
static enum rc take_sign(struct auth_scan *s, char c, struct fault *why)
{
    switch (s->state) {
    case VALUE_OR_END:
        if (c == ']')
            return close_container(s, c, why);
        return begin_value(s, c, why);
    case VALUE:
        return begin_value(s, c, why);
    case KEY_OR_END:
        if (c == '}')
            return close_container(s, c, why);
        break;
    case COLON:
        if (c != ':')
            return broken(why);
        s->state = VALUE;
        return RC_OK;
    case NEXT:
        if (c == '}' || c == ']')
            return close_container(s, c, why);
        if (c != ',')
            return broken(why);
        s->state = in_array(s) ? VALUE : KEY;
        return RC_OK;
    case KEY:
        break;
    default:
        return broken(why);
    }
    if (c != '"')
        return broken(why);
    begin_key(s);
    return RC_OK;
}

static enum rc take_byte(struct auth_scan *s, char c, struct fault *why)
{
    switch (s->state) {
    case KEY_TEXT:
        if (c == '"')
            return key_ended(s, why);
        if (c == '\\')
            s->state = KEY_ESCAPE;
        else
            add_to_key(s, c);
        return RC_OK;
    case KEY_ESCAPE:
        s->key_bad = s->key_bad || c != '/';
        add_to_key(s, c);
        s->state = KEY_TEXT;
        return RC_OK;
    case TEXT:
        if (c == '\\')
            s->state = TEXT_ESCAPE;
        else if (c == '"')
            value_ended(s);
        return RC_OK;
    case TEXT_ESCAPE:
        s->state = TEXT;
        return RC_OK;
    case WORD:
        if (word_byte(c))
            return RC_OK;
        value_ended(s);
        break;
    default:
        break;
    }
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
        return RC_OK;
    return take_sign(s, c, why);
}

enum rc auth_scan_add(struct auth_scan *s, const char *bytes, size_t len, struct fault *why)
{
    enum rc rc = RC_OK;

    for (size_t i = 0; i < len && rc == RC_OK; i++)
        rc = take_byte(s, bytes[i], why);
    return rc;
}

enum rc auth_scan_end(const struct auth_scan *s, struct fault *why)
{
    return s->state == NOTHING ? RC_OK : broken(why);
}

/* ---- files ---- */

/* False if `folder` is not absolute, or the path too long. */
static bool join(const char *folder, const char *rest, char out[FILE_PATH_MAX])
{
    return folder != NULL && folder[0] == '/' &&
           snprintf(out, FILE_PATH_MAX, "%s%s", folder, rest) < FILE_PATH_MAX;
}

static bool docker_path(const struct env *env, char out[FILE_PATH_MAX])
{
    const char *own = env_get(env, ENGINE_DOCKER, "DOCKER_CONFIG");

    if (own != NULL && own[0] != '\0')
        return join(own, "/config.json", out);
    return join(env_get(env, ENGINE_DOCKER, "HOME"), "/.docker/config.json", out);
}

static bool podman_config_path(const struct env *env, char out[FILE_PATH_MAX])
{
    const char *config = env_get(env, ENGINE_PODMAN, "XDG_CONFIG_HOME");

    if (config != NULL && config[0] != '\0')
        return join(config, "/containers/auth.json", out);
    return join(env_get(env, ENGINE_PODMAN, "HOME"), "/.config/containers/auth.json", out);
}

/* The run-time folder is emptied when the machine starts: podman forgets logins there on purpose.
 */
static bool podman_path(const struct env *env, bool mac, uid_t uid, char out[FILE_PATH_MAX])
{
    const char *run = env_get(env, ENGINE_PODMAN, "XDG_RUNTIME_DIR");
    char file[64];

    if (mac)
        return join(env_get(env, ENGINE_PODMAN, "HOME"), "/.config/containers/auth.json", out);
    if (run != NULL && run[0] != '\0')
        return join(run, "/containers/auth.json", out);
    snprintf(file, sizeof file, "/containers/%lu/auth.json", (unsigned long)uid);
    return join("/run", file, out);
}

bool auth_file_path(const struct env *env, enum engine_kind kind, bool mac, uid_t uid, size_t i,
                    char out[FILE_PATH_MAX])
{
    const char *own = env_get(env, ENGINE_PODMAN, "REGISTRY_AUTH_FILE");

    if (kind == ENGINE_DOCKER)
        return i == 0 && docker_path(env, out);
    if (kind != ENGINE_PODMAN)
        return false;
    if (own != NULL && own[0] != '\0')
        return i == 0 && join(own, "", out);
    return i == 0 ? podman_path(env, mac, uid, out) : i == 1 && podman_config_path(env, out);
}

static enum rc scan_all(int fd, struct auth_scan *s, struct fault *why)
{
    char bytes[PIECE];
    size_t all = 0;
    enum rc rc = RC_OK;
    ssize_t n;

    while (rc == RC_OK && (n = read(fd, bytes, sizeof bytes)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            rc = fault_set(why, RC_IO, "The file of logins cannot be read");
            break;
        }
        all += (size_t)n;
        if (all > AUTH_FILE_MAX)
            rc = fault_set(why, RC_TOO_BIG, "The file of logins is too long.");
        else
            rc = auth_scan_add(s, bytes, (size_t)n, why);
    }
    secret_wipe(bytes, sizeof bytes);
    return rc == RC_OK && all > 0 ? auth_scan_end(s, why) : rc; /* an empty file has no logins */
}

enum rc auth_file_read(const char *path, struct registry_logins *into, struct fault *why)
{
    struct auth_scan scan;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe would keep us waiting */
    enum rc rc;

    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return fault_set(why, RC_MISSING, "There is no file of logins.");
    if (fd < 0)
        return fault_set(why, RC_IO, "The file of logins cannot be opened");
    auth_scan_begin(&scan, into);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        rc = fault_set(why, RC_DENIED, "The file of logins is none.");
    else
        rc = scan_all(fd, &scan, why);
    close(fd);
    return rc;
}
