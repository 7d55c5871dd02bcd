/* copies.c - see copies.h. */
#include "core/desktop/copies.h"
#include "core/base/text.h"
#include "core/words/words.h"
#include <stdio.h>
#include <string.h>

#define PATH_SHOWN 160

static bool lies_in(const char *executable, const char *bundle)
{
    size_t len = strlen(bundle);

    return len > 0 && strncmp(executable, bundle, len) == 0 &&
           (bundle[len - 1] == '/' || executable[len] == '/');
}

const struct copy *copies_other(const struct copy *list, size_t count, long own_pid,
                                const char *own_executable)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].pid != own_pid && !lies_in(own_executable, list[i].path))
            return &list[i];
    return NULL;
}

void copies_sentence(const struct copy *other, char out[FAULT_TEXT_MAX])
{
    struct arena a = {0};
    const char *where =
        other->path[0] == '\0' ? word(WORD_COPY_UNKNOWN) : text_short(&a, other->path, PATH_SHOWN);

    snprintf(out, FAULT_TEXT_MAX, "%s", word_say(&a, WORD_COPY_WHERE, where, NULL));
    arena_release(&a);
}
