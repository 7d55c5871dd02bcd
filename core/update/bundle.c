/* bundle.c - three files of the app, each opened from its folder without following a link. */
#include "core/update/bundle.h"
#include "core/base/signature.h"
#include "core/base/sys.h"
#include "core/update/executable.h"
#include "core/update/manifest_fields.h"
#include "core/update/plist.h"
#include "core/update/strict_json.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#define OPEN_FILE (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) /* a FIFO must not hold us */

struct checker {
    int contents; /* the app's folder Contents */
    const struct bundle_wanted *want;
    struct refusal *why;
};

static enum rc lacks(const struct checker *c, const char *what)
{
    errno = 0; /* it is not the system that refuses */
    return refuse(c->why, REFUSAL_BUNDLE, "the update is no app of ours: it lacks %s", what);
}

/* Opens the folder `name` in `parent` and closes that. */
static int step_into(int parent, const char *name)
{
    int fd = parent < 0 ? -1 : openat(parent, name, OPEN_FOLDER);

    if (parent >= 0)
        close(parent);
    return fd;
}

/* A regular file in a folder of Contents, for the caller to close; -1. */
static int open_file(const struct checker *c, const char *folder, const char *name, struct stat *st)
{
    int parent = openat(c->contents, folder, OPEN_FOLDER);
    int fd = parent < 0 ? -1 : openat(parent, name, OPEN_FILE);

    if (parent >= 0)
        close(parent);
    if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

/* Up to `len` bytes from the start of the file; below 0 if it cannot be read. */
static ssize_t read_start(int fd, void *out, size_t len)
{
    size_t got = 0;

    while (got < len) {
        ssize_t n = pread(fd, (char *)out + got, len - got, (off_t)got);

        if (n < 0 && errno != EINTR)
            return -1;
        if (n == 0)
            break;
        got += n > 0 ? (size_t)n : 0;
    }
    return (ssize_t)got;
}

static enum rc read_file(const struct checker *c, const char *folder, const char *name, size_t max,
                         struct buf *out)
{
    struct stat st;
    char piece[4096];
    ssize_t n = 0;
    int fd = open_file(c, folder, name, &st);
    enum rc rc = RC_OK;

    buf_init(out, max);
    if (fd < 0)
        return lacks(c, name);
    while (rc == RC_OK && (n = read(fd, piece, sizeof piece)) != 0) {
        if (n > 0 && buf_add(out, piece, (size_t)n) != RC_OK)
            rc = refuse(c->why, REFUSAL_SIZE, "the app's %s is too large", name);
        else if (n < 0 && errno != EINTR)
            rc = refuse(c->why, REFUSAL_READ, "cannot read the app's %s", name);
    }
    close(fd);
    return rc;
}

/* --- what it says about itself ---------------------------------------------------------------- */

static enum rc check_id(const struct checker *c, const char *id, const char *where)
{
    if (id == NULL)
        return refuse(c->why, REFUSAL_APP_ID, "the update's %s does not name the program", where);
    if (strcmp(id, c->want->app_id) != 0)
        return refuse(c->why, REFUSAL_APP_ID, "the update's %s names another program", where);
    return RC_OK;
}

static enum rc check_version(const struct checker *c, const char *text, const char *where)
{
    struct semver version;
    enum rc rc = RC_OK;

    if (text == NULL)
        return refuse(c->why, REFUSAL_VERSION, "the update's %s does not tell its version", where);
    rc = semver_read_tag(text, strlen(text), &version, c->why);
    if (rc == RC_OK && !semver_same(&version, c->want->version))
        return refuse(c->why, REFUSAL_VERSION, "the update's %s tells another version", where);
    return rc;
}

/* `targets` may stand for `target`; what is there has to fit. */
static enum rc check_target(const struct checker *c, const cJSON *release)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(release, "targets"), *one = NULL;
    const char *target = NULL;
    bool listed = false;
    enum rc rc = field_text(release, "target", FIELD_NULL_IS_WRONG, &target, c->why);

    if (rc != RC_OK)
        return rc;
    if (list != NULL && !cJSON_IsArray(list))
        return refuse(c->why, REFUSAL_TYPE, "targets is not a list");
    cJSON_ArrayForEach(one, list)
    {
        if (!cJSON_IsString(one))
            return refuse(c->why, REFUSAL_TYPE, "targets is not a list of texts");
        listed = listed || strcmp(one->valuestring, c->want->target) == 0;
    }
    if ((target == NULL && list == NULL) || (list != NULL && !listed) ||
        (target != NULL && strcmp(target, c->want->target) != 0))
        return refuse(c->why, REFUSAL_TARGET, "the update is for another system or processor");
    return RC_OK;
}

/* The object in release.json, for cJSON_Delete(), and what it says of itself, NULL if nothing. */
static enum rc read_release(const struct checker *c, cJSON **out, const char **id,
                            const char **version)
{
    struct buf bytes;
    enum rc rc = read_file(c, "Resources", "release.json", BUNDLE_RELEASE_MAX, &bytes);

    if (rc == RC_OK)
        rc = strict_json(buf_text(&bytes), bytes.len, out, c->why);
    if (rc == RC_OK)
        rc = field_text(*out, "app_id", FIELD_NULL_IS_WRONG, id, c->why);
    if (rc == RC_OK)
        rc = field_text(*out, "version", FIELD_NULL_IS_WRONG, version, c->why);
    buf_release(&bytes);
    return rc;
}

static enum rc check_release(const struct checker *c)
{
    const char *id = NULL, *version = NULL;
    cJSON *release = NULL;
    enum rc rc = read_release(c, &release, &id, &version);

    if (rc == RC_OK)
        rc = check_id(c, id, "release.json");
    if (rc == RC_OK)
        rc = check_version(c, version, "release.json");
    if (rc == RC_OK)
        rc = check_target(c, release);
    cJSON_Delete(release);
    return rc;
}

bool bundle_version(const char *path, const char *app_id, struct semver *out)
{
    const struct bundle_wanted want = {.app_id = app_id};
    struct checker c = {.want = &want};
    const char *id = NULL, *version = NULL;
    cJSON *release = NULL;
    bool good = false;

    c.contents = step_into(open(path, OPEN_FOLDER), "Contents");
    if (c.contents < 0)
        return false;
    good = read_release(&c, &release, &id, &version) == RC_OK &&
           check_id(&c, id, "release.json") == RC_OK && version != NULL &&
           semver_read_tag(version, strlen(version), out, NULL) == RC_OK;
    cJSON_Delete(release);
    close(c.contents);
    return good;
}

/* *executable is the program's name, still unchecked. */
static enum rc check_plist(const struct checker *c, char executable[PLIST_TEXT_MAX + 1])
{
    enum { ID, VERSION, EXECUTABLE, COUNT };
    struct plist_text texts[COUNT] = {
        {.key = "CFBundleIdentifier"},
        {.key = "CFBundleShortVersionString"},
        {.key = "CFBundleExecutable"},
    };
    struct buf bytes;
    enum rc rc = read_file(c, ".", "Info.plist", PLIST_MAX, &bytes);

    if (rc == RC_OK)
        rc = plist_read(buf_text(&bytes), bytes.len, texts, COUNT, c->why);
    buf_release(&bytes);
    if (rc == RC_OK)
        rc = check_id(c, texts[ID].found ? texts[ID].text : NULL, "Info.plist");
    if (rc == RC_OK)
        rc = check_version(c, texts[VERSION].found ? texts[VERSION].text : NULL, "Info.plist");
    if (rc == RC_OK && !texts[EXECUTABLE].found)
        rc = lacks(c, "the name of its executable");
    memcpy(executable, texts[EXECUTABLE].text, PLIST_TEXT_MAX + 1);
    return rc;
}

/* --- what it is ------------------------------------------------------------------------------- */

/* A file of the folder itself: printable ASCII, neither hidden nor somewhere else. */
static bool plain_name(const char *name)
{
    if (name[0] == '\0' || name[0] == '.')
        return false;
    for (const char *at = name; *at != '\0'; at++) {
        if (*at < 0x20 || *at > 0x7e || *at == '/' || *at == '\\')
            return false;
    }
    return true;
}

static enum rc check_executable(const struct checker *c, const char *name)
{
    unsigned char head[EXECUTABLE_HEAD];
    struct stat st;
    ssize_t len = 0;
    int fd = -1;

    if (!plain_name(name))
        return lacks(c, "a plain name for its executable");
    fd = open_file(c, "MacOS", name, &st);
    if (fd < 0)
        return lacks(c, "its executable");
    len = read_start(fd, head, sizeof head);
    close(fd);
    if (len < 0)
        return refuse(c->why, REFUSAL_READ, "cannot read the app's executable");
    if ((st.st_mode & S_IXUSR) == 0)
        return lacks(c, "the right to run its executable");
    if (!executable_is_for(head, (size_t)len, c->want->target))
        return refuse(c->why, REFUSAL_PROCESSOR,
                      "the update's executable is not for this system and processor");
    return RC_OK;
}

static enum rc check_newer(const struct checker *c)
{
    const struct semver *current = c->want->current;

    if (current != NULL && semver_compare(c->want->version, current) <= 0)
        return refuse(c->why, REFUSAL_VERSION, "the update is not newer than what runs");
    return RC_OK;
}

bool bundle_program(const char *path, char out[FILE_PATH_MAX])
{
    struct plist_text name = {.key = "CFBundleExecutable"};
    struct checker c = {0};
    struct buf bytes;
    enum rc rc = RC_OK;

    c.contents = step_into(open(path, OPEN_FOLDER), "Contents");
    if (c.contents < 0)
        return false;
    rc = read_file(&c, ".", "Info.plist", PLIST_MAX, &bytes);
    if (rc == RC_OK)
        rc = plist_read(buf_text(&bytes), bytes.len, &name, 1, NULL);
    buf_release(&bytes);
    close(c.contents);
    return rc == RC_OK && name.found && plain_name(name.text) &&
           snprintf(out, FILE_PATH_MAX, "%s/Contents/MacOS/%s", path, name.text) < FILE_PATH_MAX;
}

enum rc bundle_check(int staging, const char *name, const struct bundle_wanted *want,
                     struct refusal *why)
{
    struct checker c = {-1, want, why};
    char executable[PLIST_TEXT_MAX + 1];
    enum rc rc = RC_OK;

    c.contents = step_into(openat(staging, name, OPEN_FOLDER), "Contents");
    if (c.contents < 0)
        return lacks(&c, "the folder Contents");
    rc = check_plist(&c, executable);
    if (rc == RC_OK)
        rc = check_release(&c);
    if (rc == RC_OK)
        rc = check_executable(&c, executable);
    if (rc == RC_OK)
        rc = check_newer(&c);
    close(c.contents);
    return rc;
}

enum rc bundle_signed(const char *path, const char *team, const char *app_id, struct refusal *why)
{
    char requirement[SIGNATURE_REQUIREMENT_MAX];
    struct fault fault = {0};
    enum rc rc = RC_OK;

    if (team[0] == '\0' && sys_signature() == NULL)
        return RC_OK; /* no program here is signed, so its makers need not be a team */
    rc = signature_requirement(team, app_id, requirement, &fault);
    if (rc == RC_OK)
        rc = signature_check(path, requirement, &fault);
    if (rc == RC_OK)
        return RC_OK;
    errno = fault.sys;
    return refuse(why, REFUSAL_CODE, "%s", fault.text);
}
