/* words.h - the one table of everything that is shown, and the language it is shown in.
 *
 * The language is chosen once at the start and again when the user changes it (Linux; macOS starts
 * the program anew). It is the one thing of the program that is global on purpose: a sentence is
 * made in a hundred places, and no two of them may speak two languages.
 * Threads: any; a change is seen by sentences that are made after it. */
#ifndef CORE_WORDS_WORDS_H
#define CORE_WORDS_WORDS_H
#include "core/base/mem.h"

enum language {
#define LANGUAGE(name, code, title) LANGUAGE_##name,
#define WORD(name, ...)
#include "core/words/words.def"
#undef LANGUAGE
#undef WORD
    LANGUAGE_COUNT
};

enum word {
    WORD_NONE, /* so that a table of words may have gaps; never shown */
#define LANGUAGE(name, code, title)
#define WORD(name, ...) WORD_##name,
#include "core/words/words.def"
#undef LANGUAGE
#undef WORD
    WORD_COUNT
};

/* "en", "zh-Hans": as Info.plist and the settings have it. Static. */
const char *language_code(enum language language);
/* What its speakers call it. Static. */
const char *language_title(enum language language);
/* The language of a locale ("de_AT.UTF-8", "zh-Hans-CN", "C"); false if we do not speak it. */
bool language_from_locale(const char *locale, enum language *out);
/* The first of several locales, separated by colons, that we speak; English if there is none. */
enum language language_from_list(const char *locales);

/* What word() and all below speak from now on; English before the first call. */
void words_speak(enum language language);
enum language words_spoken(void);

/* The pattern itself. Static. WORD_NONE is a bug. */
const char *word(enum word w);
/* The pattern with its holes filled; NULL for a hole that it has not. Memory: the arena's. */
const char *word_say(struct arena *a, enum word w, const char *one, const char *two);
const char *word_say_3(struct arena *a, enum word w, const char *one, const char *two,
                       const char *three);
/* Of the pair NAME_1, NAME_N the one that n takes; `one` is NAME_1. */
enum word word_of_count(enum word one, int64_t n);
/* The same, said: n fills %1. */
const char *word_count(struct arena *a, enum word one, int64_t n);
/* "12.5", "12,5": with the language's own point. */
const char *word_decimal(struct arena *a, double value, int digits);
/* "12.5 %", "12.5%". */
const char *word_percent(struct arena *a, double value, int digits);
/* "49.2 MB", in units of 1000 as Finder has it; one digit behind the point from MB on. */
const char *word_bytes(struct arena *a, int64_t bytes);

#endif
