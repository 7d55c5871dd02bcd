/* minisign_text.c - a text is cut into lines first; each line is then judged alone. */
#include "core/update/minisign_text.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/update/minisign.h"
#include <sodium.h>
#include <string.h>

#define LINES 4
#define UNTRUSTED "untrusted comment: "
#define TRUSTED "trusted comment: "
#define UNTRUSTED_MAX 1022 /* of the line, without its end */

struct line {
    const char *at;
    size_t len;
};

bool minisign_base64(const char *text, size_t len, void *out, size_t max, size_t *out_len)
{
    const char *end = NULL;

    /* without a list of characters to ignore it takes one spelling of the bytes alone */
    return sodium_base642bin(out, max, text, len, NULL, out_len, &end,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           end == text + len;
}

static bool bytes_of(struct line l, unsigned char *out, size_t want)
{
    size_t got = 0;

    return minisign_base64(l.at, l.len, out, want, &got) && got == want;
}

static bool starts(struct line l, const char *prefix)
{
    size_t len = strlen(prefix);

    return l.len >= len && memcmp(l.at, prefix, len) == 0;
}

/* UTF-8 without a NUL and without a mark of byte order in front. */
static bool is_plain(const char *bytes, size_t len)
{
    static const char mark[] = {'\xef', '\xbb', '\xbf'};

    return len > 0 && memchr(bytes, '\0', len) == NULL && text_is_utf8(bytes, len) &&
           (len < sizeof mark || memcmp(bytes, mark, sizeof mark) != 0);
}

/* How many lines there are, at most LINES of them kept; 0 if they are not the lines of a text.
 * Each ends in \n or \r\n, which the last one may lack. */
static size_t cut(const char *bytes, size_t len, struct line lines[LINES])
{
    const char *at = bytes, *end = bytes + len;
    size_t n = 0;

    for (; at < end; n++) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const char *stop = feed != NULL ? feed : end;
        struct line l = {at, (size_t)(stop - at)};

        if (feed != NULL && l.len > 0 && l.at[l.len - 1] == '\r')
            l.len--;
        if (memchr(l.at, '\r', l.len) != NULL)
            return 0;
        if (n < LINES)
            lines[n] = l;
        at = feed != NULL ? feed + 1 : end;
    }
    return n;
}

/* No control character but the tab. */
static bool is_printable(const char *bytes, size_t len)
{
    uint32_t cp = 0;

    for (size_t i = 0; i < len;) {
        size_t n = utf8_next(bytes + i, len - i, &cp);

        MUST(n > 0); /* the whole text is UTF-8 */
        if ((cp < 0x20 && cp != '\t') || (cp >= 0x7f && cp <= 0x9f))
            return false;
        i += n;
    }
    return true;
}

static enum rc read_comment(struct line l, struct minisign_text *out, struct refusal *why)
{
    if (!starts(l, TRUSTED))
        return refuse(why, REFUSAL_TEXT, "the signature has no trusted comment");
    out->comment = l.at + strlen(TRUSTED);
    out->comment_len = l.len - strlen(TRUSTED);
    if (out->comment_len > MINISIGN_COMMENT_MAX)
        return refuse(why, REFUSAL_TEXT, "the signature's trusted comment is too long");
    if (!is_printable(out->comment, out->comment_len))
        return refuse(why, REFUSAL_TEXT, "control characters in the signature's trusted comment");
    return RC_OK;
}

enum rc minisign_text_read(const char *bytes, size_t len, struct minisign_text *out,
                           struct refusal *why)
{
    struct line lines[LINES] = {{0}};

    if (len > MINISIGN_SIG_MAX)
        return refuse(why, REFUSAL_SIZE, "a signature of more than %d bytes", MINISIGN_SIG_MAX);
    if (!is_plain(bytes, len) || cut(bytes, len, lines) != LINES)
        return refuse(why, REFUSAL_TEXT, "a signature is four lines of text");
    if (!starts(lines[0], UNTRUSTED) || lines[0].len > UNTRUSTED_MAX)
        return refuse(why, REFUSAL_TEXT, "the signature's first line is no comment");
    if (!bytes_of(lines[1], out->sig, sizeof out->sig) ||
        !bytes_of(lines[3], out->global, sizeof out->global))
        return refuse(why, REFUSAL_TEXT, "the signature is not base64 of the right length");
    return read_comment(lines[2], out, why);
}

enum rc minisign_text_key(const char *bytes, size_t len, unsigned char out[MINISIGN_KEY_BYTES],
                          struct refusal *why)
{
    struct line lines[LINES] = {{0}};
    size_t count = 0;

    if (len > MINISIGN_KEY_MAX)
        return refuse(why, REFUSAL_KEY, "a public key of more than %d bytes", MINISIGN_KEY_MAX);
    if (is_plain(bytes, len))
        count = cut(bytes, len, lines);
    if (count != 1 && count != 2)
        return refuse(why, REFUSAL_KEY, "a public key is one or two lines of text");
    if (count == 2 && !starts(lines[0], UNTRUSTED))
        return refuse(why, REFUSAL_KEY, "the public key's first line is no comment");
    if (!bytes_of(lines[count - 1], out, MINISIGN_KEY_BYTES))
        return refuse(why, REFUSAL_KEY, "the public key is not base64 of the right length");
    return RC_OK;
}
