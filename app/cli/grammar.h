/* grammar.h - what may stand behind a word of the command line, read out of its usage line.
 *
 * The usage line is what a person reads, and so it is kept right: "[list | add DOMAIN]" has two
 * words to choose from, "ID" a container, "NAME" a setting. Options begin with "-" and come from
 * their own table. Private to app/cli. Pure; any thread. */
#ifndef APP_CLI_GRAMMAR_H
#define APP_CLI_GRAMMAR_H
#include "app/cli/words.h"

#define GRAMMAR_WORDS_MAX 16
#define GRAMMAR_WORD_MAX 24

struct grammar {
    char words[GRAMMAR_WORDS_MAX][GRAMMAR_WORD_MAX]; /* to be written as they stand */
    size_t count;
    bool containers, settings;
};

/* Fills *out. */
void grammar_read(const struct cli_word *w, struct grammar *out);

#endif
