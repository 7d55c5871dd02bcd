/* languages.c - see app/service/languages.h. What gettext goes by: LANGUAGE is a list, and counts
 * unless the locale is C, the first of three variables that is set. */
#include "app/service/languages.h"
#include "core/base/base.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *locale(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *value = NULL;

    for (size_t i = 0; i < countof(names) && (value == NULL || value[0] == '\0'); i++)
        value = getenv(names[i]);
    return value != NULL ? value : "";
}

void languages_wanted(char out[LANGUAGES_MAX])
{
    const char *list = getenv("LANGUAGE");
    const char *one = locale();
    bool is_c = one[0] == '\0' || strcmp(one, "C") == 0 || strcmp(one, "POSIX") == 0 ||
                strncmp(one, "C.", 2) == 0;

    snprintf(out, LANGUAGES_MAX, "%s%s%s", list != NULL && !is_c ? list : "",
             list != NULL && !is_c ? ":" : "", one);
}

bool languages_are_the_systems(void)
{
    return false;
}
