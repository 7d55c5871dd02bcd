/* notes.c - see notes.h. One pass: a character is kept or dropped, and line ends wait until
 * something follows them. */
#include "core/update/notes.h"
#include "core/base/utf8.h"
#include <string.h>

#define LINES_MAX 2 /* ends of lines in a row: one empty line */

static const char ellipsis[] = "\xe2\x80\xa6"; /* U+2026 */

struct plain {
    char *out;
    size_t len, lines, blanks; /* the last two: not written yet */
    bool cut;
};

/* One of the characters that end a line; "\r\n" is one end, for "\r" alone is dropped. */
static bool ends_line(uint32_t cp)
{
    return cp == '\n' || cp == 0x2028 || cp == 0x2029;
}

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || cp == '\t';
}

static void fill(struct plain *p, char c, size_t count)
{
    memset(p->out + p->len, c, count);
    p->len += count;
}

static void keep(struct plain *p, const char *bytes, size_t n)
{
    size_t lines = p->len == 0 ? 0 : p->lines < LINES_MAX ? p->lines : LINES_MAX;

    if (p->len + lines + p->blanks + n + strlen(ellipsis) > NOTES_MAX) {
        p->cut = true;
        return;
    }
    fill(p, '\n', lines);
    fill(p, ' ', p->blanks);
    memcpy(p->out + p->len, bytes, n);
    p->len += n;
    p->lines = 0;
    p->blanks = 0;
}

static void take(struct plain *p, const char *bytes, size_t n, uint32_t cp)
{
    if (ends_line(cp)) {
        p->lines++;
        p->blanks = 0;
    } else if (is_blank(cp)) {
        p->blanks++;
    } else if (!utf8_is_hidden(cp)) {
        keep(p, bytes, n);
    }
}

const char *notes_plain(struct arena *a, const char *notes)
{
    const char *text = notes != NULL ? notes : "";
    struct plain p = {.out = arena_new(a, NOTES_MAX + 1)};
    size_t left = strlen(text);

    while (left > 0 && !p.cut) {
        uint32_t cp = 0;
        size_t n = utf8_next(text, left, &cp);

        if (n > 0)
            take(&p, text, n, cp);
        text += n > 0 ? n : 1;
        left -= n > 0 ? n : 1;
    }
    if (p.cut) {
        memcpy(p.out + p.len, ellipsis, strlen(ellipsis));
        p.len += strlen(ellipsis);
    }
    p.out[p.len] = '\0';
    return p.out;
}
