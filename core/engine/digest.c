/* digest.c - are these bytes the same list as before? One pass over the text, nothing allocated.
 *
 * What is hashed is the JSON token by token, without the white space between. Two things differ
 * between two looks at the same containers, and are taken out:
 *   - texts that tell how long ago something was: podman's "CreatedAt", docker's "RunningFor",
 *     and of "Status" all but its first word and what stands in parentheses ("Up", "(healthy)",
 *     "(137)"). Only members of the containers themselves: a label may have any name.
 *   - Apple's order: its list is shuffled on each call, and before 1.0 the members of each object
 *     too. There a container, and each member, has a digest of its own, and those are added up.
 * Adding is safe enough here: to make two lists look equal, someone would have to find 256-bit
 * digests with equal sums, and would gain that a row is redrawn later; nothing is run or trusted
 * because of a digest. Addition, unlike exclusive or, also counts: two equal members do not cancel.
 * Text that is not the JSON expected is hashed as it is, so that a broken list never equals a good
 * one. */
#include "core/engine/engine.h"
#include <sodium.h>
#include <string.h>

#define DEPTH_MAX 64 /* deeper is hashed as plain bytes; each level holds one hash state */

/* One running hash; about 400 bytes. */
struct hash {
    crypto_generichash_state state;
};

/* The sum of digests, as four numbers that overflow each for itself. */
struct sum {
    uint64_t part[ENGINE_DIGEST_SIZE / 8];
};

struct lexer {
    const char *at, *end;
    enum engine_kind kind;
    bool any_list_order;   /* Apple */
    bool any_member_order; /* Apple before 1.0 */
    int depth;
};

struct token {
    const char *at;
    size_t len;
};

static bool value(struct lexer *x, struct hash *h, bool is_container);

static void hash_start(struct hash *h)
{
    MUST(crypto_generichash_init(&h->state, NULL, 0, ENGINE_DIGEST_SIZE) == 0);
}

/* With no hash nothing is kept: the lexer only moves on. */
static void hash_add(struct hash *h, const void *bytes, size_t len)
{
    if (h == NULL)
        return;
    MUST(crypto_generichash_update(&h->state, bytes, len) == 0);
}

static void hash_end(struct hash *h, unsigned char out[ENGINE_DIGEST_SIZE])
{
    MUST(crypto_generichash_final(&h->state, out, ENGINE_DIGEST_SIZE) == 0);
}

static void sum_add(struct sum *sum, struct hash *h)
{
    unsigned char digest[ENGINE_DIGEST_SIZE];
    uint64_t part[countof(sum->part)];

    hash_end(h, digest);
    memcpy(part, digest, sizeof part);
    for (size_t i = 0; i < countof(part); i++)
        sum->part[i] += part[i];
}

static void skip_space(struct lexer *x)
{
    while (x->at < x->end && (*x->at == ' ' || *x->at == '\n' || *x->at == '\r' || *x->at == '\t'))
        x->at++;
}

/* The character c, after white space. */
static bool mark(struct lexer *x, char c)
{
    skip_space(x);
    if (x->at == x->end || *x->at != c)
        return false;
    x->at++;
    return true;
}

/* A string with its quotes, as written. */
static bool string(struct lexer *x, struct token *out)
{
    const char *start = NULL;

    skip_space(x);
    start = x->at;
    if (!mark(x, '"'))
        return false;
    while (x->at < x->end && *x->at != '"')
        x->at += *x->at == '\\' && x->at + 1 < x->end ? 2 : 1;
    if (x->at >= x->end)
        return false;
    x->at++;
    *out = (struct token){start, (size_t)(x->at - start)};
    return true;
}

/* A number, true, false or null: whatever stands up to the next sign of the language. */
static bool word(struct lexer *x, struct token *out)
{
    static const char signs[] = {' ', '\t', '\r', '\n', ',', ':', '[', ']', '{', '}', '"'};
    const char *start = x->at;

    while (x->at < x->end && memchr(signs, *x->at, sizeof signs) == NULL)
        x->at++;
    *out = (struct token){start, (size_t)(x->at - start)};
    return out->len > 0;
}

static bool is_key(struct token t, const char *name)
{
    size_t len = strlen(name);

    return t.len == len + 2 && memcmp(t.at + 1, name, len) == 0;
}

/* The first word, and every part in parentheses. */
static void hash_status(struct hash *h, struct token t)
{
    bool first = true;
    int open = 0;

    for (size_t i = 1; i + 1 < t.len; i++) {
        first = first && t.at[i] != ' ';
        open += t.at[i] == '(';
        if (first || open > 0)
            hash_add(h, &t.at[i], 1);
        open -= t.at[i] == ')' && open > 0;
    }
    hash_add(h, "\"", 1);
}

/* The value of a container's member; true if it was one of those that tell the time, and done. */
static bool is_relative(struct lexer *x, struct hash *h, struct token key)
{
    const char *ago = x->kind == ENGINE_PODMAN ? "CreatedAt" : "RunningFor";
    struct lexer before = *x;
    struct token text = {0};

    if (x->kind == ENGINE_APPLE || (!is_key(key, "Status") && !is_key(key, ago)))
        return false;
    if (!string(x, &text)) {
        *x = before;
        return false;
    }
    if (is_key(key, "Status"))
        hash_status(h, text);
    return true;
}

static bool member(struct lexer *x, struct hash *h, bool of_container)
{
    struct token key = {0};

    if (!string(x, &key) || !mark(x, ':'))
        return false;
    hash_add(h, key.at, key.len);
    return (of_container && is_relative(x, h, key)) || value(x, h, false);
}

/* The next item of an object or array, in the order they come or added up. */
static bool item(struct lexer *x, struct hash *h, struct sum *sum, char open, bool is_container)
{
    struct hash own;

    if (!sum) {
        hash_add(h, ",", 1);
        return open == '{' ? member(x, h, is_container) : value(x, h, is_container);
    }
    hash_start(&own);
    if (open == '{' ? !member(x, &own, is_container) : !value(x, &own, is_container))
        return false;
    sum_add(sum, &own);
    return true;
}

/* Behind the opening sign. The list itself is an array at depth 1; what is in it are containers,
 * but in docker's output those are objects at depth 1. */
static bool group(struct lexer *x, struct hash *h, char open, bool is_container)
{
    struct sum total = {0};
    bool list = open == '[' && x->depth == 1;
    struct sum *sum =
        (open == '{' ? x->any_member_order : list && x->any_list_order) ? &total : NULL;
    char close = open == '{' ? '}' : ']';

    hash_add(h, &open, 1);
    if (!mark(x, close)) {
        do {
            if (!item(x, h, sum, open, open == '{' ? is_container : list))
                return false;
        } while (mark(x, ','));
        if (!mark(x, close))
            return false;
    }
    if (sum != NULL)
        hash_add(h, &total, sizeof total);
    hash_add(h, &close, 1);
    return true;
}

static bool value(struct lexer *x, struct hash *h, bool is_container)
{
    struct token t = {0};
    char sign = 0;

    skip_space(x);
    if (x->at == x->end)
        return false;
    sign = *x->at;
    if (sign == '{' || sign == '[') {
        bool good = false;

        x->at++;
        if (x->depth == DEPTH_MAX)
            return false;
        x->depth++;
        good = group(x, h, sign, is_container);
        x->depth--;
        return good;
    }
    if (sign == '"' ? !string(x, &t) : !word(x, &t))
        return false;
    hash_add(h, t.at, t.len);
    return true;
}

/* Apple's tool sorts its keys since 1.0, when `status` became an object; that saves a hash for each
 * member. All containers of a list have one shape, so any of them tells. */
static bool has_sorted_keys(struct lexer x)
{
    struct token key = {0};

    if (!mark(&x, '[') || !mark(&x, '{'))
        return false;
    do {
        if (!string(&x, &key) || !mark(&x, ':'))
            return false;
        if (is_key(key, "status"))
            return mark(&x, '{');
        if (!value(&x, NULL, false))
            return false;
    } while (mark(&x, ','));
    return false;
}

/* One array, or for docker one object after the other. */
static bool whole(struct lexer *x, struct hash *h)
{
    do {
        if (!value(x, h, x->kind == ENGINE_DOCKER))
            return false;
        skip_space(x);
    } while (x->kind == ENGINE_DOCKER && x->at < x->end);
    return x->at == x->end;
}

void engine_digest(enum engine_kind kind, const char *bytes, size_t len,
                   unsigned char out[ENGINE_DIGEST_SIZE])
{
    const char *start = len > 0 ? bytes : "";
    struct lexer x = {.at = start, .end = start + len, .kind = kind};
    struct hash h;

    MUST(sodium_init() >= 0); /* once for all; picks the code for this processor */
    x.any_member_order = kind == ENGINE_APPLE && !has_sorted_keys(x);
    x.any_list_order = kind == ENGINE_APPLE;
    hash_start(&h);
    hash_add(&h, "json", 4);
    if (!whole(&x, &h)) {
        hash_start(&h);
        hash_add(&h, "bytes", 5);
        hash_add(&h, start, len);
    }
    hash_end(&h, out);
}
