/* quote.c - see quote.h. A single quote cannot stand in single quotes: they are closed for it. */
#include "core/base/quote.h"
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
