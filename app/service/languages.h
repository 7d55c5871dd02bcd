/* languages.h - which languages the user wants, as the system has it.
 *
 * One file per system: app/macos/languages.c, app/gnustep/languages.c. Main thread. */
#ifndef APP_SERVICE_LANGUAGES_H
#define APP_SERVICE_LANGUAGES_H
#include <stdbool.h>

#define LANGUAGES_MAX 256

/* Locales, the one that is wanted most first, separated by colons: for language_from_list(). What
 * does not fit is left out. */
void languages_wanted(char out[LANGUAGES_MAX]);
/* The system itself has a place where the language of one program is chosen, so a setting of ours
 * counts for nothing (mac-behaviour 27). */
bool languages_are_the_systems(void);

#endif
