/* tar.c - fields of fixed width, then the records of pax.
 *
 * Wherever two readers of tar are known to take different things from the same bytes, the archive
 * is refused: numbers that are not octal, a size that is said twice and differs, a record that is
 * longer than it says, a name that stands twice in one note. */
#include "core/update/tar.h"
#include "core/base/mem.h"
#include <string.h>

/* Where the fields of a header are: POSIX.1-2017, pax, "ustar Interchange Format". */
enum {
    AT_NAME = 0,
    AT_MODE = 100,
    AT_SIZE = 124,
    AT_CHECKSUM = 148,
    AT_TYPE = 156,
    AT_LINK = 157,
    AT_MAGIC = 257,
    AT_PREFIX = 345,
    NAME_SIZE = 100,
    MODE_SIZE = 8,
    SIZE_SIZE = 12,
    CHECKSUM_SIZE = 8,
    PREFIX_SIZE = 155
};

static const char posix_magic[] = "ustar"; /* with its NUL */
static const char gnu_magic[] = "ustar ";

static enum rc damaged(struct refusal *why, const char *what)
{
    return refuse(why, REFUSAL_ARCHIVE, "the archive is not as it should be: %s", what);
}

/* --- fields ----------------------------------------------------------------------------------- */

static bool is_filler(unsigned char c)
{
    return c == ' ' || c == '\0';
}

/* Octal digits with blanks or NULs around. A field of 12 has room for 36 bits. */
static bool read_octal(const unsigned char *field, size_t len, uint64_t *out)
{
    size_t i = 0, digits = 0;

    *out = 0;
    while (i < len && is_filler(field[i]))
        i++;
    for (; i < len && field[i] >= '0' && field[i] <= '7'; i++, digits++)
        *out = *out * 8 + (uint64_t)(field[i] - '0');
    while (i < len && is_filler(field[i]))
        i++;
    return digits > 0 && i == len;
}

static uint64_t checksum(const unsigned char block[TAR_BLOCK])
{
    uint64_t sum = 0;

    for (size_t i = 0; i < TAR_BLOCK; i++) {
        bool own = i >= AT_CHECKSUM && i < AT_CHECKSUM + CHECKSUM_SIZE;

        sum += own ? ' ' : block[i];
    }
    return sum;
}

static bool read_kind(unsigned char type, enum tar_kind *out)
{
    static const struct {
        unsigned char type;
        enum tar_kind kind;
    } kinds[] = {{'0', TAR_FILE},      {'\0', TAR_FILE},    {'5', TAR_FOLDER},
                 {'2', TAR_LINK},      {'x', TAR_PAX},      {'g', TAR_PAX_GLOBAL},
                 {'L', TAR_LONG_NAME}, {'K', TAR_LONG_LINK}};

    for (size_t i = 0; i < countof(kinds); i++) {
        if (kinds[i].type == type) {
            *out = kinds[i].kind;
            return true;
        }
    }
    return false;
}

static size_t add_field(char *out, const unsigned char *field, size_t size)
{
    size_t len = strnlen((const char *)field, size);

    memcpy(out, field, len);
    return len;
}

/* GNU tar keeps times where POSIX has the prefix. */
static void read_names(const unsigned char block[TAR_BLOCK], struct tar_header *out)
{
    bool posix = memcmp(block + AT_MAGIC, posix_magic, sizeof posix_magic) == 0;

    out->name_len = 0;
    if (posix && block[AT_PREFIX] != '\0') {
        out->name_len = add_field(out->name, block + AT_PREFIX, PREFIX_SIZE);
        out->name[out->name_len++] = '/';
    }
    out->name_len += add_field(out->name + out->name_len, block + AT_NAME, NAME_SIZE);
    out->link_len = add_field(out->link, block + AT_LINK, TAR_LINK_MAX);
}

static enum rc check_size(const struct tar_header *h, struct refusal *why)
{
    if ((h->kind == TAR_FOLDER || h->kind == TAR_LINK) && h->size != 0)
        return damaged(why, "a folder or link with bytes");
    if (((h->kind == TAR_PAX || h->kind == TAR_PAX_GLOBAL) && h->size > TAR_PAX_MAX) ||
        ((h->kind == TAR_LONG_NAME || h->kind == TAR_LONG_LINK) && h->size > TAR_LONG_MAX))
        return refuse(why, REFUSAL_SIZE, "a note in the archive is too large");
    return RC_OK;
}

bool tar_is_end(const unsigned char block[TAR_BLOCK])
{
    for (size_t i = 0; i < TAR_BLOCK; i++) {
        if (block[i] != 0)
            return false;
    }
    return true;
}

enum rc tar_header(const unsigned char block[TAR_BLOCK], struct tar_header *out,
                   struct refusal *why)
{
    uint64_t sum = 0, mode = 0;

    if (memcmp(block + AT_MAGIC, posix_magic, sizeof posix_magic) != 0 &&
        memcmp(block + AT_MAGIC, gnu_magic, sizeof gnu_magic - 1) != 0)
        return damaged(why, "a header without its mark");
    if (!read_octal(block + AT_CHECKSUM, CHECKSUM_SIZE, &sum) || sum != checksum(block))
        return damaged(why, "a header whose checksum differs");
    if (!read_octal(block + AT_SIZE, SIZE_SIZE, &out->size) ||
        !read_octal(block + AT_MODE, MODE_SIZE, &mode))
        return damaged(why, "a number that is not octal");
    if (!read_kind(block[AT_TYPE], &out->kind))
        return refuse(why, REFUSAL_KIND,
                      "the archive holds something else than files, folders and links");
    out->mode = (unsigned)mode;
    read_names(block, out);
    return check_size(out, why);
}

bool tar_is_note(const struct tar_header *h)
{
    return h->kind != TAR_FILE && h->kind != TAR_FOLDER && h->kind != TAR_LINK;
}

/* --- notes ------------------------------------------------------------------------------------ */

/* One record, "<length> <key>=<value>\n". */
struct record {
    const char *key;
    size_t key_len;
    struct tar_text value;
};

/* Digits without a leading zero, up to what fits. */
static bool read_decimal(const char *bytes, size_t len, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] < '0' || bytes[i] > '9' || *out > (UINT64_MAX - 9) / 10)
            return false;
        *out = *out * 10 + (uint64_t)(bytes[i] - '0');
    }
    return len > 0 && (bytes[0] != '0' || len == 1);
}

/* Takes the record at the start of bytes[len]; *used is its length. */
static bool read_record(const char *bytes, size_t len, struct record *out, size_t *used)
{
    const char *blank = memchr(bytes, ' ', len), *equals = NULL;
    uint64_t said = 0;

    if (blank == NULL || !read_decimal(bytes, (size_t)(blank - bytes), &said))
        return false;
    if (said > len || said < (size_t)(blank - bytes) + 2 || bytes[said - 1] != '\n')
        return false;
    out->key = blank + 1;
    equals = memchr(out->key, '=', (size_t)(bytes + said - 1 - out->key));
    if (equals == NULL || equals == out->key)
        return false;
    out->key_len = (size_t)(equals - out->key);
    out->value = (struct tar_text){equals + 1, (size_t)(bytes + said - 1 - (equals + 1))};
    *used = (size_t)said;
    return true;
}

static bool is_key(const struct record *r, const char *key)
{
    return r->key_len == strlen(key) && memcmp(r->key, key, r->key_len) == 0;
}

static enum rc take_record(struct tar_notes *n, const struct record *r, struct refusal *why)
{
    static const char holes[] = "GNU.sparse";
    bool path = is_key(r, "path"), link = is_key(r, "linkpath");
    struct tar_text *text = path ? &n->path : &n->link;

    if (r->key_len >= sizeof holes - 1 && memcmp(r->key, holes, sizeof holes - 1) == 0)
        return refuse(why, REFUSAL_KIND, "the archive holds a file with holes");
    if ((path || link) && text->bytes != NULL)
        return damaged(why, "a note says one thing twice");
    if (path || link)
        *text = r->value;
    if (!is_key(r, "size"))
        return RC_OK;
    if (n->has_size || !read_decimal(r->value.bytes, r->value.len, &n->size))
        return damaged(why, "a size that is no number");
    n->has_size = true;
    return RC_OK;
}

static enum rc read_pax(struct tar_notes *n, const char *bytes, size_t len, struct refusal *why)
{
    enum rc rc = RC_OK;

    for (size_t at = 0, used = 0; at < len && rc == RC_OK; at += used) {
        struct record r;

        if (!read_record(bytes + at, len - at, &r, &used))
            return damaged(why, "a note that cannot be read");
        rc = take_record(n, &r, why);
    }
    return rc;
}

/* A name for every entry would make them all one. */
static enum rc read_global(const char *bytes, size_t len, struct refusal *why)
{
    struct tar_notes n = {0};
    enum rc rc = read_pax(&n, bytes, len, why);

    if (rc == RC_OK && (n.path.bytes != NULL || n.link.bytes != NULL || n.has_size))
        return damaged(why, "one name or size for all entries");
    return rc;
}

enum rc tar_note(struct tar_notes *notes, const struct tar_header *h, const char *bytes,
                 struct refusal *why)
{
    size_t len = (size_t)h->size;
    char **slot = h->kind == TAR_PAX         ? &notes->pax
                  : h->kind == TAR_LONG_NAME ? &notes->long_name
                                             : &notes->long_link;

    MUST(tar_is_note(h) && len <= TAR_PAX_MAX);
    if (h->kind == TAR_PAX_GLOBAL)
        return read_global(bytes, len, why);
    if (*slot != NULL)
        return damaged(why, "two notes of one kind about one entry");
    *slot = mem_dup(bytes, len);
    if (h->kind == TAR_PAX)
        return read_pax(notes, *slot, len, why);
    len -= len > 0 && bytes[len - 1] == '\0'; /* GNU tar counts the NUL; another one is no name */
    *(h->kind == TAR_LONG_NAME ? &notes->long_name_len : &notes->long_link_len) = len;
    return RC_OK;
}

/* The note of pax is stronger than GNU's, and that stronger than the header. */
static struct tar_text strongest(struct tar_text pax, const char *gnu, size_t gnu_len,
                                 const char *own, size_t own_len)
{
    if (pax.bytes != NULL)
        return pax;
    return gnu != NULL ? (struct tar_text){gnu, gnu_len} : (struct tar_text){own, own_len};
}

enum rc tar_entry(const struct tar_header *h, const struct tar_notes *notes, struct tar_entry *out,
                  struct refusal *why)
{
    MUST(!tar_is_note(h));
    if (notes->has_size && notes->size != h->size)
        return damaged(why, "an entry of two sizes");
    out->kind = h->kind;
    out->size = h->size;
    out->mode = h->mode;
    out->path =
        strongest(notes->path, notes->long_name, notes->long_name_len, h->name, h->name_len);
    out->link =
        strongest(notes->link, notes->long_link, notes->long_link_len, h->link, h->link_len);
    return RC_OK;
}

bool tar_notes_empty(const struct tar_notes *notes)
{
    return notes->pax == NULL && notes->long_name == NULL && notes->long_link == NULL;
}

void tar_notes_release(struct tar_notes *notes)
{
    mem_free(notes->pax);
    mem_free(notes->long_name);
    mem_free(notes->long_link);
    *notes = (struct tar_notes){0};
}
