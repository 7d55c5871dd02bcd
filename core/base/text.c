/* text.c - text is turned into pieces: a character as it is, or the escape of what must not be
 * shown. Cutting happens between pieces, so that an escape stays whole. */
#include "core/base/text.h"
#include "core/base/utf8.h"
#include <stdio.h>
#include <string.h>

#define PIECE_MAX 16 /* "\u{10FFFF}" and its NUL */
#define GROWTH_MAX 4 /* a broken byte becomes "\xNN"; nothing grows more */

static const char ellipsis[] = "\xe2\x80\xa6"; /* U+2026 */

/* A text ready to be shown. */
struct shown {
    char *bytes;
    unsigned char *width; /* characters of the piece that starts at this byte, else 0 */
    size_t len, chars;
};

/* Writes the piece for the front of bytes[len]; returns how many bytes it stands for. */
static size_t piece(const char *bytes, size_t len, char out[PIECE_MAX], size_t *width)
{
    uint32_t cp = 0;
    size_t n = utf8_next(bytes, len, &cp);

    if (n > 0 && !utf8_is_hidden(cp)) {
        memcpy(out, bytes, n);
        out[n] = '\0';
        *width = 1;
        return n;
    }
    if (n > 1)
        snprintf(out, PIECE_MAX, "\\u{%X}", (unsigned)cp);
    else
        snprintf(out, PIECE_MAX, "\\x%02X", (unsigned)(unsigned char)bytes[0]);
    *width = strlen(out);
    return n > 0 ? n : 1;
}

static void shown_init(struct shown *s, const char *bytes, size_t len)
{
    char out[PIECE_MAX];
    size_t width = 0;

    *s = (struct shown){0};
    s->bytes = mem_new_array(len + 1, GROWTH_MAX);
    s->width = mem_new_array(len + 1, GROWTH_MAX);
    for (size_t i = 0; i < len;) {
        i += piece(bytes + i, len - i, out, &width);
        s->width[s->len] = (unsigned char)width;
        memcpy(s->bytes + s->len, out, strlen(out));
        s->len += strlen(out);
        s->chars += width;
    }
}

static void shown_release(struct shown *s)
{
    mem_free(s->bytes);
    mem_free(s->width);
}

/* Bytes at the front that make at most `chars` characters. */
static size_t head_len(const struct shown *s, size_t chars)
{
    size_t at = 0;

    while (at < s->len && s->width[at] <= chars) {
        chars -= s->width[at++];
        while (at < s->len && s->width[at] == 0)
            at++;
    }
    return at;
}

/* Where the last pieces that make at most `chars` characters start. */
static size_t tail_start(const struct shown *s, size_t chars)
{
    size_t start = s->len;

    for (size_t at = s->len; at > 0; at--) {
        if (s->width[at - 1] == 0)
            continue;
        if (s->width[at - 1] > chars)
            break;
        chars -= s->width[at - 1];
        start = at - 1;
    }
    return start;
}

static const char *cut(struct arena *a, const struct shown *s, size_t max)
{
    size_t head = 0, tail = 0;

    MUST(max >= 5);
    if (s->chars <= max)
        return arena_dup(a, s->bytes, s->len);
    head = head_len(s, max / 2);
    tail = tail_start(s, (max - 1) / 2);
    return arena_print(a, "%.*s%s%.*s", (int)head, s->bytes, ellipsis, (int)(s->len - tail),
                       s->bytes + tail);
}

const char *text_safe(struct arena *a, const char *text)
{
    struct shown s;
    const char *out = NULL;

    shown_init(&s, text, strlen(text));
    out = arena_dup(a, s.bytes, s.len);
    shown_release(&s);
    return out;
}

static const char *short_bytes(struct arena *a, const char *bytes, size_t len, size_t max)
{
    struct shown s;
    const char *out = NULL;

    shown_init(&s, bytes, len);
    out = cut(a, &s, max);
    shown_release(&s);
    return out;
}

const char *text_short(struct arena *a, const char *text, size_t max)
{
    return short_bytes(a, text, strlen(text), max);
}

/* A run of bytes inside another. */
struct span {
    const char *bytes;
    size_t len;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0';
}

static struct span trim(struct span s)
{
    while (s.len > 0 && is_blank(s.bytes[0])) {
        s.bytes++;
        s.len--;
    }
    while (s.len > 0 && is_blank(s.bytes[s.len - 1]))
        s.len--;
    return s;
}

/* The next line, trimmed; *rest moves behind it. */
static struct span next_line(struct span *rest)
{
    size_t n = 0;
    struct span line;

    while (n < rest->len && rest->bytes[n] != '\n' && rest->bytes[n] != '\r')
        n++;
    line = (struct span){rest->bytes, n};
    if (n < rest->len)
        n++;
    rest->bytes += n;
    rest->len -= n;
    return trim(line);
}

/* Rules and lone punctuation say nothing; a letter, a digit or anything not ASCII does. */
static bool says_something(struct span s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.bytes[i];

        if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            return true;
    }
    return false;
}

static bool contains(struct span s, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= s.len; i++)
        if (memcmp(s.bytes + i, word, n) == 0)
            return true;
    return false;
}

/* podman puts such lines in front of the error itself:
 * time="2024-05-01T10:00:00Z" level=warning msg="..." */
static bool is_remark(struct span s)
{
    return s.len >= 6 && memcmp(s.bytes, "time=\"", 6) == 0 &&
           (contains(s, " level=warning ") || contains(s, " level=info ") ||
            contains(s, " level=debug "));
}

/* A line that is too long ends with its first sentence, if it has one that is short enough. */
static struct span sentence(struct span line, size_t max)
{
    if (line.len <= max)
        return line;
    for (size_t i = 0; i + 1 < line.len && i < max; i++)
        if (strchr(".!?", line.bytes[i]) != NULL && line.bytes[i] != '\0' &&
            line.bytes[i + 1] == ' ')
            return (struct span){line.bytes, i + 1};
    return line;
}

const char *text_first_line(struct arena *a, const char *bytes, size_t len, size_t max)
{
    struct span rest = {bytes, len}, found = {"", 0};

    while (rest.len > 0) {
        struct span line = next_line(&rest);

        if (!says_something(line))
            continue;
        if (!is_remark(line)) {
            found = line;
            break;
        }
        if (found.len == 0)
            found = line;
    }
    found = sentence(found, max);
    return short_bytes(a, found.bytes, found.len, max);
}

const char *text_markup(struct arena *a, const char *text)
{
    char *out = arena_new(a, strlen(text) * strlen("&amp;") + 1), *at = out;

    for (const char *p = text; *p != '\0'; p++) {
        const char *as = *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : NULL;

        if (as == NULL)
            *at++ = *p;
        while (as != NULL && *as != '\0')
            *at++ = *as++;
    }
    return out;
}

/* Chinese, Japanese and the full-width forms; their marks too. */
static bool is_wide(uint32_t cp)
{
    return (cp >= 0x2e80 && cp <= 0x9fff) || (cp >= 0xf900 && cp <= 0xfaff) ||
           (cp >= 0xff00 && cp <= 0xffef);
}

static bool is_one_of(uint32_t cp, const char *marks)
{
    size_t end = strlen(marks);
    uint32_t mark = 0;

    for (size_t at = 0; at < end && mark != cp;)
        at += utf8_next(marks + at, end - at, &mark);
    return mark == cp;
}

static bool may_break(uint32_t before, uint32_t behind)
{
    static const char opens[] = "（「『【〈《〔［｛“‘";
    static const char closes[] = "、。，．：；！？）」』】〉》〕］｝”’…ー々％"
                                 "ぁぃぅぇぉっゃゅょァィゥェォッャュョ";

    return (is_wide(before) || is_wide(behind)) && !is_one_of(behind, closes) &&
           !is_one_of(before, opens);
}

size_t text_unbroken(const char *text, size_t len)
{
    uint32_t before = 0, cp = 0;
    size_t at = 0, n = 0;

    for (; at < len && text[at] != ' '; at += n) {
        n = utf8_next(text + at, len - at, &cp);
        if (n == 0) /* no character: of no script */
            n = cp = 1;
        if (at > 0 && may_break(before, cp))
            return at;
        before = cp;
    }
    return at;
}

bool text_is_utf8(const char *bytes, size_t len)
{
    uint32_t cp = 0;

    for (size_t i = 0, n = 0; i < len; i += n) {
        n = utf8_next(bytes + i, len - i, &cp);
        if (n == 0)
            return false;
    }
    return true;
}
