/* grammar.c - see grammar.h. */
#include "app/cli/grammar.h"
#include <stdio.h>
#include <string.h>

static bool is_small(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < 'a' || text[i] > 'z')
            return false;
    return len > 0;
}

static void take(struct grammar *g, const char *text, size_t len)
{
    if (len >= 2 && strncmp(text, "ID", 2) == 0) {
        g->containers = true;
    } else if (len == 4 && strncmp(text, "NAME", 4) == 0) {
        g->settings = true;
    } else if (is_small(text, len)) {
        MUST(g->count < GRAMMAR_WORDS_MAX && len < GRAMMAR_WORD_MAX);
        snprintf(g->words[g->count++], GRAMMAR_WORD_MAX, "%.*s", (int)len, text);
    }
}

void grammar_read(const struct cli_word *w, struct grammar *out)
{
    static const char between[] = " []|";
    const char *at = w->usage;

    *out = (struct grammar){.count = 0};
    for (at += strspn(at, between); *at != '\0'; at += strspn(at, between)) {
        size_t len = strcspn(at, between);

        take(out, at, len);
        at += len;
    }
}
