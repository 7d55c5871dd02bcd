/* quote.c - see quote.h. A single quote cannot stand in single quotes: they are closed for it. */
#include "core/base/quote.h"
#include "core/base/utf8.h"
#include <string.h>

/* No "~", which a shell expands at the start of a word, and none that it gives a meaning to. */
static bool is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_@%+=:,./-";

    return word[0] != '\0' && word[strspn(word, plain)] == '\0';
}

enum rc quote_word(struct buf *out, const char *word)
{
    enum rc rc;

    if (is_plain(word))
        return buf_text_add(out, word);
    rc = buf_text_add(out, "'");
    while (rc == RC_OK && *word != '\0') {
        size_t len = strcspn(word, "'");

        rc = buf_add(out, word, len);
        word += len;
        if (rc == RC_OK && *word == '\'') {
            rc = buf_text_add(out, "'\\''");
            word++;
        }
    }
    return rc == RC_OK ? buf_text_add(out, "'") : rc;
}

static bool is_shown(const char *word)
{
    size_t len = strlen(word), n = 0;
    uint32_t cp = 0;

    for (size_t i = 0; i < len; i += n) {
        n = utf8_next(word + i, len - i, &cp);
        if (n == 0 || utf8_is_hidden(cp))
            return false;
    }
    return true;
}

/* Three octal digits end by themselves, whatever stands behind them. */
static enum rc escape(struct buf *out, const char *bytes, size_t n)
{
    enum rc rc = RC_OK;

    for (size_t i = 0; rc == RC_OK && i < n; i++)
        rc = buf_print(out, "\\%03o", (unsigned)(unsigned char)bytes[i]);
    return rc;
}

enum rc quote_paste(struct buf *out, const char *word)
{
    size_t len = strlen(word);
    enum rc rc;

    if (is_shown(word))
        return quote_word(out, word);
    rc = buf_text_add(out, "$'");
    for (size_t i = 0; rc == RC_OK && i < len;) {
        uint32_t cp = 0;
        size_t n = utf8_next(word + i, len - i, &cp);

        if (n == 0 || utf8_is_hidden(cp) || cp == '\'' || cp == '\\')
            rc = escape(out, word + i, n > 0 ? n : 1);
        else
            rc = buf_add(out, word + i, n);
        i += n > 0 ? n : 1;
    }
    return rc == RC_OK ? buf_text_add(out, "'") : rc;
}
