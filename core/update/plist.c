/* plist.c - one pass from left to right; what is not expected at a place is refused.
 *
 * A key is compared as it is written: none of ours can be spelt with an entity. */
#include "core/update/plist.h"
#include "core/base/utf8.h"
#include <string.h>

struct reader {
    const char *at, *end;
    struct plist_text *texts;
    size_t count;
};

/* --- pieces ----------------------------------------------------------------------------------- */

static bool take(struct reader *r, const char *text)
{
    size_t len = strlen(text);

    if ((size_t)(r->end - r->at) < len || memcmp(r->at, text, len) != 0)
        return false;
    r->at += len;
    return true;
}

/* Moves behind the next `text`; false if there is none. */
static bool skip_past(struct reader *r, const char *text)
{
    while (r->at < r->end) {
        if (take(r, text))
            return true;
        r->at++;
    }
    return false;
}

/* White space and comments; a comment without an end leaves the reader at its start. */
static void skip_blanks(struct reader *r)
{
    for (;;) {
        const char *start = r->at;

        while (r->at < r->end && strchr(" \t\r\n", *r->at) != NULL)
            r->at++;
        if (!take(r, "<!--"))
            return;
        if (!skip_past(r, "--") || !take(r, ">")) {
            r->at = start;
            return;
        }
    }
}

/* The text up to the tag that ends it, without other tags in it. */
static bool take_text(struct reader *r, const char *end_tag, const char **text, size_t *len)
{
    *text = r->at;
    while (r->at < r->end && *r->at != '<')
        r->at++;
    *len = (size_t)(r->at - *text);
    return take(r, end_tag);
}

/* XML 1.0 "Char", as far as ASCII goes, and UTF-8; no byte order mark in front. */
static bool good_bytes(const char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t cp = 0;
        size_t n = utf8_next(bytes + at, len - at, &cp);

        if (n == 0 || (cp < 0x20 && cp != '\t' && cp != '\r' && cp != '\n'))
            return false;
        if (at == 0 && cp == 0xfeff)
            return false;
        at += n;
    }
    return true;
}

/* --- values ----------------------------------------------------------------------------------- */

static bool skip_value(struct reader *r, unsigned depth);

/* Behind "<array>". */
static bool skip_array(struct reader *r, unsigned depth)
{
    for (;;) {
        skip_blanks(r);
        if (take(r, "</array>"))
            return true;
        if (!skip_value(r, depth + 1))
            return false;
    }
}

/* Behind "<dict>" of an inner one. */
static bool skip_dict(struct reader *r, unsigned depth)
{
    const char *text = NULL;
    size_t len = 0;

    for (;;) {
        skip_blanks(r);
        if (take(r, "</dict>"))
            return true;
        if (!take(r, "<key>") || !take_text(r, "</key>", &text, &len))
            return false;
        skip_blanks(r);
        if (!skip_value(r, depth + 1))
            return false;
    }
}

static bool skip_value(struct reader *r, unsigned depth)
{
    static const char *const empty[] = {"<true/>", "<false/>", "<string/>",
                                        "<data/>", "<array/>", "<dict/>"};
    static const char *const with_text[][2] = {{"<string>", "</string>"},
                                               {"<integer>", "</integer>"},
                                               {"<real>", "</real>"},
                                               {"<date>", "</date>"},
                                               {"<data>", "</data>"}};
    const char *text = NULL;
    size_t len = 0;

    if (depth > PLIST_DEPTH)
        return false;
    for (size_t i = 0; i < countof(empty); i++) {
        if (take(r, empty[i]))
            return true;
    }
    for (size_t i = 0; i < countof(with_text); i++) {
        if (take(r, with_text[i][0]))
            return take_text(r, with_text[i][1], &text, &len);
    }
    if (take(r, "<array>"))
        return skip_array(r, depth);
    return take(r, "<dict>") && skip_dict(r, depth);
}

/* --- the dictionary at the top ---------------------------------------------------------------- */

static struct plist_text *wanted(const struct reader *r, const char *key, size_t len)
{
    for (size_t i = 0; i < r->count; i++) {
        if (strlen(r->texts[i].key) == len && memcmp(r->texts[i].key, key, len) == 0)
            return &r->texts[i];
    }
    return NULL;
}

/* A wanted value is taken as it is written, so it may hold no entity. */
static bool take_wanted(struct reader *r, struct plist_text *t)
{
    const char *text = NULL;
    size_t len = 0;

    if (t->found || !take(r, "<string>") || !take_text(r, "</string>", &text, &len))
        return false;
    if (len > PLIST_TEXT_MAX || memchr(text, '&', len) != NULL)
        return false;
    memcpy(t->text, text, len);
    t->text[len] = '\0';
    t->found = true;
    return true;
}

static bool read_top(struct reader *r)
{
    const char *key = NULL;
    size_t len = 0;

    for (;;) {
        struct plist_text *t = NULL;

        skip_blanks(r);
        if (take(r, "</dict>"))
            return true;
        if (!take(r, "<key>") || !take_text(r, "</key>", &key, &len))
            return false;
        skip_blanks(r);
        t = wanted(r, key, len);
        if (t != NULL ? !take_wanted(r, t) : !skip_value(r, 2))
            return false;
    }
}

/* The document type names Apple's description; one with declarations of its own could rename all.
 */
static bool skip_type(struct reader *r)
{
    if (!take(r, "<!DOCTYPE plist "))
        return true;
    while (r->at < r->end && *r->at != '>') {
        if (*r->at == '[' || *r->at == '<')
            return false;
        r->at++;
    }
    return take(r, ">");
}

static bool read_whole(struct reader *r)
{
    if (!take(r, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"))
        (void)take(r, "<?xml version=\"1.0\" encoding=\"utf-8\"?>"); /* or none: that is UTF-8 */
    skip_blanks(r);
    if (!skip_type(r))
        return false;
    skip_blanks(r);
    if (!take(r, "<plist version=\"1.0\">"))
        return false;
    skip_blanks(r);
    if (!take(r, "<dict>") || !read_top(r))
        return false;
    skip_blanks(r);
    if (!take(r, "</plist>"))
        return false;
    skip_blanks(r);
    return r->at == r->end;
}

enum rc plist_read(const char *bytes, size_t len, struct plist_text *texts, size_t count,
                   struct refusal *why)
{
    struct reader r = {bytes, bytes + len, texts, count};

    for (size_t i = 0; i < count; i++) {
        texts[i].found = false;
        texts[i].text[0] = '\0';
    }
    if (len > PLIST_MAX)
        return refuse(why, REFUSAL_SIZE, "the app's Info.plist is too large");
    if (!good_bytes(bytes, len) || !read_whole(&r))
        return refuse(why, REFUSAL_BUNDLE, "the app's Info.plist cannot be read");
    return RC_OK;
}
