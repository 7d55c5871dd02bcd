/* semver.c - reading left to right, and comparing part by part.
 *
 * Numbers in a pre-release are never turned into a machine's number: without leading zeros the
 * longer one is the larger, and of two equally long ones the text decides. */
#include "core/update/semver.h"
#include <string.h>

struct reader {
    const char *at, *end;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
}

static bool mark(struct reader *r, char c)
{
    if (r->at == r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static bool number(struct reader *r, uint64_t *out)
{
    const char *start = r->at;
    uint64_t n = 0;

    while (r->at < r->end && is_digit(*r->at)) {
        uint64_t digit = (uint64_t)(*r->at - '0');

        if (n > (UINT64_MAX - digit) / 10)
            return false;
        n = n * 10 + digit;
        r->at++;
    }
    *out = n;
    return r->at > start && (*start != '0' || r->at == start + 1);
}

/* One part between dots; in a pre-release a number has no leading zero. */
static bool part(struct reader *r, bool zeros)
{
    const char *start = r->at;
    bool digits = true;

    while (r->at < r->end && is_word(*r->at))
        digits = is_digit(*r->at++) && digits;
    if (r->at == start)
        return false;
    return zeros || !digits || *start != '0' || r->at == start + 1;
}

static bool parts(struct reader *r, bool zeros)
{
    do {
        if (!part(r, zeros))
            return false;
    } while (mark(r, '.'));
    return true;
}

static bool whole(struct reader *r, struct semver *out)
{
    const char *start = r->at;

    for (size_t i = 0; i < countof(out->number); i++) {
        if ((i > 0 && !mark(r, '.')) || !number(r, &out->number[i]))
            return false;
    }
    out->pre = (size_t)(r->at - start);
    if (mark(r, '-')) {
        out->pre++;
        if (!parts(r, false))
            return false;
    }
    out->build = (size_t)(r->at - start);
    if (mark(r, '+') && !parts(r, true))
        return false;
    return r->at == r->end;
}

enum rc semver_read(const char *bytes, size_t len, struct semver *out, struct refusal *why)
{
    struct reader r = {bytes, bytes + len};

    *out = (struct semver){0};
    if (len > SEMVER_MAX)
        return refuse(why, REFUSAL_VERSION, "a version of more than %d characters", SEMVER_MAX);
    if (len == 0 || !whole(&r, out)) {
        *out = (struct semver){0};
        return refuse(why, REFUSAL_VERSION, "not a version of three numbers");
    }
    memcpy(out->text, bytes, len);
    return RC_OK;
}

enum rc semver_read_tag(const char *bytes, size_t len, struct semver *out, struct refusal *why)
{
    bool tag = len > 0 && bytes[0] == 'v';

    return semver_read(bytes + tag, len - tag, out, why);
}

/* The next part of a pre-release that ends at `end`, without its dot. */
static struct reader next_part(const char **at, const char *end)
{
    struct reader p = {*at, *at};

    while (p.end < end && *p.end != '.')
        p.end++;
    *at = p.end < end ? p.end + 1 : end;
    return p;
}

static bool is_number(struct reader p)
{
    while (p.at < p.end && is_digit(*p.at))
        p.at++;
    return p.at == p.end;
}

static int compare_parts(struct reader a, struct reader b)
{
    size_t a_len = (size_t)(a.end - a.at), b_len = (size_t)(b.end - b.at);
    size_t least = a_len < b_len ? a_len : b_len;
    bool a_number = is_number(a), b_number = is_number(b);
    int order = memcmp(a.at, b.at, least);

    if (a_number != b_number)
        return a_number ? -1 : 1;
    if (a_number && a_len != b_len)
        return a_len < b_len ? -1 : 1;
    if (order != 0)
        return order < 0 ? -1 : 1;
    return (a_len > b_len) - (a_len < b_len);
}

static int compare_pre(const struct semver *a, const struct semver *b)
{
    const char *x = a->text + a->pre, *x_end = a->text + a->build;
    const char *y = b->text + b->pre, *y_end = b->text + b->build;

    if (x == x_end || y == y_end) /* a release is newer than what came before it */
        return (x == x_end) - (y == y_end);
    while (x < x_end && y < y_end) {
        struct reader p = next_part(&x, x_end), q = next_part(&y, y_end);
        int order = compare_parts(p, q);

        if (order != 0)
            return order;
    }
    return (x < x_end) - (y < y_end);
}

int semver_compare(const struct semver *a, const struct semver *b)
{
    for (size_t i = 0; i < countof(a->number); i++) {
        if (a->number[i] != b->number[i])
            return a->number[i] < b->number[i] ? -1 : 1;
    }
    return compare_pre(a, b);
}

bool semver_same(const struct semver *a, const struct semver *b)
{
    return strcmp(a->text, b->text) == 0;
}
