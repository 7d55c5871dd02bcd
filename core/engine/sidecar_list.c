/* sidecar_list.c - a strict reader of the list: one way to write each tree.
 *
 * Lines are read first, one by one; what needs the others (a parent, a link's way) is looked at
 * when all are there. */
#include "core/engine/sidecar_list.h"
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define HEAD_LINES 3
#define SHARED_BITS 022 /* what group and others could write, they could change */

static const char first_line[] = "container-sidecar 1";

struct reader {
    const char *at, *end;
    size_t line; /* of the one that was read last, from 1 */
    struct sidecar_list *list;
    struct fault *why;
};

/* One field of a line. */
struct field {
    const char *text;
    size_t len;
};

static enum rc bad(const struct reader *r, const char *what)
{
    return fault_set(r->why, RC_PARSE, "line %zu of the list of the bundled engine: %s", r->line,
                     what);
}

/* The next line without its end. False behind the last one. */
static bool next_line(struct reader *r, struct field *out)
{
    const char *stop = NULL;

    if (r->at == r->end)
        return false;
    stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
    MUST(stop != NULL); /* the last byte is one */
    *out = (struct field){r->at, (size_t)(stop - r->at)};
    r->at = stop + 1;
    r->line++;
    return true;
}

static bool is_text(const struct field *f, const char *text)
{
    return f->len == strlen(text) && memcmp(f->text, text, f->len) == 0;
}

static bool only_of(const struct field *f, const char *allowed)
{
    for (size_t i = 0; i < f->len; i++) {
        if (f->text[i] == '\0' || strchr(allowed, f->text[i]) == NULL)
            return false;
    }
    return f->len > 0;
}

/* What follows "name " in the next line. */
static bool head_line(struct reader *r, const char *name, struct field *out)
{
    size_t len = strlen(name);

    if (!next_line(r, out) || out->len <= len || memcmp(out->text, name, len) != 0)
        return false;
    *out = (struct field){out->text + len, out->len - len};
    return true;
}

/* The version becomes part of a folder's name. */
static enum rc read_head(struct reader *r)
{
    struct field f;

    if (!next_line(r, &f) || !is_text(&f, first_line))
        return bad(r, "not the first line of such a list");
    if (!head_line(r, "version ", &f) || f.len > SIDECAR_VERSION_MAX || f.text[0] == '.' ||
        !only_of(&f, "0123456789.abcdefghijklmnopqrstuvwxyz-"))
        return bad(r, "no version");
    memcpy(r->list->version, f.text, f.len);
    if (!head_line(r, "team ", &f))
        return bad(r, "no team");
    if (is_text(&f, "-"))
        return RC_OK;
    if (f.len != SIDECAR_TEAM_SIZE || !only_of(&f, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
        return bad(r, "not the name of a team");
    memcpy(r->list->team, f.text, f.len);
    return RC_OK;
}

/* mode, kind, digest or target, path: exactly four, none empty. */
static bool split(const struct field *line, struct field out[4])
{
    const char *at = line->text, *end = line->text + line->len;

    for (int i = 0; i < 4; i++) {
        const char *stop = i < 3 ? memchr(at, '\t', (size_t)(end - at)) : end;

        if (stop == NULL || stop == at)
            return false;
        out[i] = (struct field){at, (size_t)(stop - at)};
        at = stop + 1;
    }
    return true;
}

/* A control character has no business in a name; a tab would be the end of a field. */
static bool is_name(const struct field *f)
{
    for (size_t i = 0; i < f->len; i++) {
        if ((unsigned char)f->text[i] < 0x20 || f->text[i] == 0x7f)
            return false;
    }
    return f->len > 0 && f->len <= SIDECAR_PATH_MAX;
}

/* Relative, with no part that is empty, "." or "..", and not too deep. */
static bool is_path(const struct field *f)
{
    size_t start = 0, depth = 1;

    if (!is_name(f))
        return false;
    for (size_t i = 0; i <= f->len; i++) {
        size_t len = i - start;

        if (i < f->len && f->text[i] != '/')
            continue;
        if (len == 0 || (len <= 2 && memcmp(f->text + start, "..", len) == 0))
            return false;
        depth += i < f->len;
        start = i + 1;
    }
    return depth <= SIDECAR_DEPTH_MAX;
}

static bool read_mode(const struct field *f, unsigned *out)
{
    if (f->len != 4 || !only_of(f, "01234567") || f->text[0] != '0')
        return false;
    *out = 0;
    for (size_t i = 0; i < f->len; i++)
        *out = *out * 8 + (unsigned)(f->text[i] - '0');
    return (*out & SHARED_BITS) == 0;
}

static bool read_hash(const struct field *f, unsigned char out[SIDECAR_HASH_SIZE])
{
    size_t len = 0;

    return f->len == 2 * (size_t)SIDECAR_HASH_SIZE && only_of(f, "0123456789abcdef") &&
           sodium_hex2bin(out, SIDECAR_HASH_SIZE, f->text, f->len, NULL, &len, NULL) == 0 &&
           len == SIDECAR_HASH_SIZE;
}

static enum rc read_kind(const struct reader *r, const struct field f[4], struct sidecar_entry *e)
{
    if (is_text(&f[1], "l")) {
        e->kind = SIDECAR_LINK;
        if (!is_text(&f[0], "-") || !is_name(&f[2]) || f[2].text[0] == '/')
            return bad(r, "not a link inside the tree");
        e->target = arena_dup(&r->list->arena, f[2].text, f[2].len);
        return RC_OK;
    }
    if (!read_mode(&f[0], &e->mode))
        return bad(r, "not a mode, or one that lets others write");
    if (is_text(&f[1], "d") && is_text(&f[2], "-")) {
        e->kind = SIDECAR_FOLDER;
        return RC_OK;
    }
    e->kind = SIDECAR_FILE;
    return is_text(&f[1], "f") && read_hash(&f[2], e->hash) ? RC_OK : bad(r, "of no known kind");
}

static enum rc read_entry(const struct reader *r, const struct field *line, struct sidecar_entry *e)
{
    const bool is_first = r->list->count == 0;
    struct field f[4];
    enum rc rc;

    if (!split(line, f))
        return bad(r, "not four fields");
    rc = read_kind(r, f, e);
    if (rc != RC_OK)
        return rc;
    if (is_first ? !is_text(&f[3], ".") || e->kind != SIDECAR_FOLDER : !is_path(&f[3]))
        return bad(r, "not a path below the tree");
    e->path = arena_dup(&r->list->arena, f[3].text, f[3].len);
    if (r->list->count > 1 && strcmp(e[-1].path, e->path) >= 0)
        return bad(r, "not in order");
    return RC_OK;
}

static enum rc read_entries(struct reader *r)
{
    struct sidecar_list *list = r->list;
    struct field line;

    while (next_line(r, &line)) {
        enum rc rc;

        if (list->count == SIDECAR_ENTRIES_MAX)
            return fault_set(r->why, RC_TOO_BIG, "the bundled engine has more than %d files",
                             SIDECAR_ENTRIES_MAX);
        rc = read_entry(r, &line, &list->entries[list->count]);
        if (rc != RC_OK)
            return rc;
        list->count++;
    }
    return RC_OK;
}

static bool is_folder(const struct sidecar_list *list, const char *path)
{
    const struct sidecar_entry *e = sidecar_list_find(list, path);

    return e != NULL && e->kind == SIDECAR_FOLDER;
}

/* Cuts the last part off; "." above the topmost. */
static void to_parent(char path[SIDECAR_PATH_MAX + 1])
{
    char *slash = strrchr(path, '/');

    if (slash != NULL)
        *slash = '\0';
    else
        memcpy(path, ".", 2);
}

static bool has_parent(const struct sidecar_list *list, const struct sidecar_entry *e)
{
    char path[SIDECAR_PATH_MAX + 1];

    snprintf(path, sizeof path, "%s", e->path);
    to_parent(path);
    return is_folder(list, path);
}

/* Goes from the folder `at` to what `name` means there; false on the way out of the tree. */
static bool go(char at[SIDECAR_PATH_MAX + 1], const struct field *name)
{
    size_t len = strcmp(at, ".") == 0 ? 0 : strlen(at);

    if (name->len == 0 || is_text(name, "."))
        return true;
    if (is_text(name, "..")) {
        if (len == 0)
            return false;
        to_parent(at);
        return true;
    }
    if (len + 1 + name->len > SIDECAR_PATH_MAX)
        return false;
    if (len > 0)
        at[len++] = '/';
    memcpy(at + len, name->text, name->len);
    at[len + name->len] = '\0';
    return true;
}

/* Each part but the last of a link's way is a folder of the list, so that no second link can lead
 * it astray, and at its end is something of the list. */
static bool stays_inside(const struct sidecar_list *list, const struct sidecar_entry *e)
{
    char at[SIDECAR_PATH_MAX + 1];
    const char *rest = e->target;

    snprintf(at, sizeof at, "%s", e->path);
    to_parent(at);
    for (;;) {
        struct field name = {rest, strcspn(rest, "/")};

        if (!is_folder(list, at) || !go(at, &name))
            return false;
        rest += name.len;
        if (*rest == '\0')
            return sidecar_list_find(list, at) != NULL;
        rest++;
    }
}

static enum rc check_whole(struct reader *r)
{
    const struct sidecar_list *list = r->list;
    const struct sidecar_entry *program = sidecar_list_find(list, SIDECAR_PROGRAM);

    for (size_t i = 1; i < list->count; i++) {
        const struct sidecar_entry *e = &list->entries[i];

        r->line = HEAD_LINES + 1 + i;
        if (!has_parent(list, e))
            return bad(r, "its folder is not in the list");
        if (e->kind == SIDECAR_LINK && !stays_inside(list, e))
            return bad(r, "a link that does not stay inside the tree");
    }
    if (program == NULL || program->kind != SIDECAR_FILE || (program->mode & 0111) == 0)
        return fault_set(r->why, RC_PARSE, "the list of the bundled engine has no %s",
                         SIDECAR_PROGRAM);
    return RC_OK;
}

/* Allocates for as many lines as there are: the size of the list bounds it. */
static void make_room(struct sidecar_list *list, const char *bytes, size_t len)
{
    size_t lines = 0;

    for (size_t i = 0; i < len; i++)
        lines += bytes[i] == '\n';
    if (lines > SIDECAR_ENTRIES_MAX)
        lines = SIDECAR_ENTRIES_MAX;
    list->entries = arena_new_array(&list->arena, lines + 1, sizeof *list->entries);
}

enum rc sidecar_list_parse(const char *bytes, size_t len, struct sidecar_list *out,
                           struct fault *why)
{
    struct reader r = {.at = bytes, .end = bytes + len, .list = out, .why = why};
    enum rc rc;

    *out = (struct sidecar_list){0};
    if (len > SIDECAR_LIST_MAX)
        return fault_set(why, RC_TOO_BIG, "the list of the bundled engine is too large");
    if (len == 0 || bytes[len - 1] != '\n')
        return fault_set(why, RC_PARSE, "the list of the bundled engine is cut off");
    make_room(out, bytes, len);
    rc = read_head(&r);
    if (rc == RC_OK)
        rc = read_entries(&r);
    if (rc == RC_OK)
        rc = check_whole(&r);
    if (rc != RC_OK) {
        sidecar_list_release(out);
        return rc;
    }
    MUST(sodium_init() >= 0); /* once for all */
    crypto_hash_sha256(out->identity, (const unsigned char *)bytes, len);
    return RC_OK;
}

const struct sidecar_entry *sidecar_list_find(const struct sidecar_list *list, const char *path)
{
    size_t low = 1, high = list->count;

    if (list->count > 0 && strcmp(path, ".") == 0)
        return &list->entries[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(path, list->entries[middle].path);

        if (order == 0)
            return &list->entries[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

void sidecar_list_release(struct sidecar_list *list)
{
    arena_release(&list->arena);
    *list = (struct sidecar_list){0};
}
