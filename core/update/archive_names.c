/* archive_names.c - one path at a time: its bytes, its parts, its parents, and then itself.
 *
 * A link's target may go up at its front alone and stays in Name.app there. After a name, ".." goes
 * to wherever that name leads, and with "s -> ." and "t -> s/s/.." that is outside; so there it is
 * refused. Every folder on the way is a real one, so what is said here holds on the disk too. */
#include "core/update/archive_names.h"
#include <string.h>

#define SLOTS ((size_t)1 << 17) /* three times as many as names, so that a free one is near */

/* --- the bytes of a path ---------------------------------------------------------------------- */

/* Printable ASCII without the backslash. */
static bool plain_bytes(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] < 0x20 || bytes[i] > 0x7e || bytes[i] == '\\')
            return false;
    }
    return true;
}

static bool is_part(const char *part, size_t len, const char *name)
{
    return len == strlen(name) && memcmp(part, name, len) == 0;
}

static size_t part_len(const char *path)
{
    return strcspn(path, "/");
}

/* A name of its own, which is neither the folder itself nor the one above. */
static bool good_part(const char *part, size_t len)
{
    return len >= 1 && len <= ARCHIVE_PART_MAX && !is_part(part, len, ".") &&
           !is_part(part, len, "..");
}

/* What a Mac leaves in archives and no bundle has: a sign that it was packed in a wrong way. */
static bool left_by_mac(const char *part, size_t len)
{
    return (len >= 2 && memcmp(part, "._", 2) == 0) || is_part(part, len, ".DS_Store") ||
           is_part(part, len, "__MACOSX");
}

static bool app_part(const char *part, size_t len)
{
    static const char ending[] = ".app";
    size_t tail = sizeof ending - 1;

    return len > tail && part[0] != '.' && memcmp(part + len - tail, ending, tail) == 0;
}

static size_t depth_of(const char *path)
{
    size_t parts = 1;

    for (; *path != '\0'; path++)
        parts += *path == '/';
    return parts;
}

static bool good_parts(const char *path)
{
    if (depth_of(path) > ARCHIVE_DEPTH_MAX)
        return false;
    for (const char *at = path;; at++) {
        size_t len = part_len(at);

        if (!good_part(at, len) || left_by_mac(at, len))
            return false;
        at += len;
        if (*at == '\0')
            return true;
    }
}

/* Copies the path without a "./" in front and a "/" behind, if it is one that we write. */
static enum rc read_path(const struct tar_text *text, char out[ARCHIVE_PATH_MAX + 1],
                         struct refusal *why)
{
    const char *bytes = text->bytes;
    size_t len = text->len;

    if (len >= 2 && memcmp(bytes, "./", 2) == 0) {
        bytes += 2;
        len -= 2;
    }
    len -= len > 0 && bytes[len - 1] == '/';
    if (len > ARCHIVE_PATH_MAX || !plain_bytes(bytes, len))
        return refuse(why, REFUSAL_PATH,
                      "the archive holds a name with bytes that none of ours has");
    memcpy(out, bytes, len);
    out[len] = '\0';
    if (!good_parts(out) || !app_part(out, part_len(out)))
        return refuse(why, REFUSAL_PATH, "the archive holds a name that may not be written");
    return RC_OK;
}

/* --- links ------------------------------------------------------------------------------------ */

/* Does `target` stay in Name.app, seen from a folder `depth` folders below it? */
static bool stays_inside(const char *target, size_t depth)
{
    const char *at = target;

    while (strncmp(at, "../", 3) == 0) {
        if (depth == 0)
            return false;
        depth--;
        at += 3;
    }
    for (;; at++) { /* an absolute one begins with an empty name */
        size_t len = part_len(at);

        if (!good_part(at, len))
            return false;
        at += len;
        if (*at == '\0')
            return true;
    }
}

/* *out is the names' own, NULL for what is no link. */
static enum rc read_target(struct archive_names *names, const struct tar_entry *entry,
                           const char *path, const char **out, struct refusal *why)
{
    const struct tar_text *link = &entry->link;
    size_t depth = depth_of(path);

    *out = NULL;
    if (entry->kind != TAR_LINK)
        return RC_OK;
    if (link->len <= ARCHIVE_PATH_MAX && plain_bytes(link->bytes, link->len))
        *out = arena_dup(&names->arena, link->bytes, link->len);
    if (*out == NULL || depth < 2 || depth_of(*out) > ARCHIVE_DEPTH_MAX ||
        !stays_inside(*out, depth - 2))
        return refuse(why, REFUSAL_LINK, "the archive holds a link that may lead out of it");
    return RC_OK;
}

/* --- all names -------------------------------------------------------------------------------- */

static int fold(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static bool same_folded(const char *a, const char *b, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (fold(a[i]) != fold(b[i]))
            return false;
    }
    return a[len] == '\0';
}

/* FNV-1a of path[len], and then the next slots, up to a free one or the one that has it. */
static uint32_t *find(const struct archive_names *names, const char *path, size_t len)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)fold(path[i])) * 0x100000001b3u;
    for (size_t i = (size_t)(hash ^ hash >> 32);; i++) {
        uint32_t *slot = &names->slots[i % SLOTS];

        if (*slot == 0 || same_folded(names->list[*slot - 1].path, path, len))
            return slot;
    }
}

static enum rc add(struct archive_names *names, const char *path, size_t len, enum tar_kind kind,
                   const char *target, struct refusal *why)
{
    uint32_t *slot = find(names, path, len);
    const struct archive_name *there = *slot != 0 ? &names->list[*slot - 1] : NULL;

    if (there != NULL && there->kind == TAR_FOLDER && kind == TAR_FOLDER &&
        memcmp(there->path, path, len) == 0)
        return RC_OK;
    if (there != NULL)
        return refuse(why, REFUSAL_PATH, "the archive holds one name twice");
    if (names->count == ARCHIVE_NAMES_MAX)
        return refuse(why, REFUSAL_SIZE, "the archive holds too many folders");
    if (names->count == names->size) {
        names->size = names->size == 0 ? 64 : names->size * 2;
        names->list = mem_grow(names->list, names->size, sizeof *names->list);
    }
    names->list[names->count++] =
        (struct archive_name){arena_dup(&names->arena, path, len), target, kind};
    *slot = (uint32_t)names->count;
    return RC_OK;
}

/* Parent folders first: one that is there as something else is a name that stands twice. */
static enum rc add_all(struct archive_names *names, const char *path, enum tar_kind kind,
                       const char *target, struct refusal *why)
{
    const char *slash = path;
    enum rc rc = RC_OK;

    while (rc == RC_OK && (slash = strchr(slash, '/')) != NULL) {
        rc = add(names, path, (size_t)(slash - path), TAR_FOLDER, NULL, why);
        slash++;
    }
    return rc == RC_OK ? add(names, path, strlen(path), kind, target, why) : rc;
}

/* The first entry says what the app is called. */
static bool same_app(const struct archive_names *names, const char *path)
{
    const char *app = names->count > 0 ? names->list[0].path : path;
    size_t len = part_len(path);

    return len == part_len(app) && memcmp(path, app, len) == 0;
}

enum rc archive_names_add(struct archive_names *names, const struct tar_entry *entry,
                          struct refusal *why)
{
    char path[ARCHIVE_PATH_MAX + 1] = "";
    const char *target = NULL;
    enum rc rc = read_path(&entry->path, path, why);

    if (rc == RC_OK)
        rc = read_target(names, entry, path, &target, why);
    if (rc != RC_OK)
        return rc;
    if (!same_app(names, path) || (entry->kind != TAR_FOLDER && depth_of(path) == 1))
        return refuse(why, REFUSAL_PATH, "the archive holds something beside one app");
    if (names->slots == NULL)
        names->slots = mem_new_array(SLOTS, sizeof *names->slots);
    return add_all(names, path, entry->kind, target, why);
}

void archive_names_release(struct archive_names *names)
{
    arena_release(&names->arena);
    mem_free(names->list);
    mem_free(names->slots);
    *names = (struct archive_names){0};
}
