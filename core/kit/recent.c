/* recent.c - see recent.h. */
#include "core/kit/recent.h"
#include <stdio.h>
#include <string.h>

/* Where it is, or where the last one is that has to go. */
static size_t place_of(const struct recent *r, enum engine_kind engine, const char *name)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->list[i].engine == engine && strcmp(r->list[i].name, name) == 0)
            return i;
    return r->count < MENU_RECENT_MAX ? r->count : MENU_RECENT_MAX - 1;
}

/* No line of recent_text() may hold another one. */
static bool is_fit(const char *name)
{
    return name[0] != '\0' && strlen(name) < MENU_RECENT_NAME && strchr(name, '\n') == NULL;
}

void recent_use(struct recent *r, enum engine_kind engine, const char *name)
{
    size_t at = place_of(r, engine, name);

    if (!is_fit(name))
        return;
    if (at == r->count)
        r->count++;
    memmove(&r->list[1], &r->list[0], at * sizeof r->list[0]);
    r->list[0].engine = engine;
    snprintf(r->list[0].name, sizeof r->list[0].name, "%s", name);
}

void recent_text(const struct recent *r, char out[RECENT_TEXT_MAX + 1])
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < r->count; i++) {
        size_t room = RECENT_TEXT_MAX + 1 - len;
        int n =
            snprintf(out + len, room, "%s %s\n", engine_word(r->list[i].engine), r->list[i].name);

        if ((size_t)n >= room) {
            out[len] = '\0';
            return;
        }
        len += (size_t)n;
    }
}

static bool read_line(const char *line, size_t len, struct menu_recent *out)
{
    char copy[RECENT_TEXT_MAX + 1], *space;

    snprintf(copy, sizeof copy, "%.*s", (int)len, line);
    space = strchr(copy, ' ');
    if (space == NULL)
        return false;
    *space = '\0';
    if (!engine_from_word(copy, &out->engine) || !is_fit(space + 1))
        return false;
    snprintf(out->name, sizeof out->name, "%s", space + 1);
    return true;
}

void recent_read(struct recent *r, const char *text)
{
    r->count = 0;
    while (*text != '\0' && r->count < MENU_RECENT_MAX) {
        size_t len = strcspn(text, "\n");

        if (len <= RECENT_TEXT_MAX && read_line(text, len, &r->list[r->count]))
            r->count++;
        text += len + (text[len] == '\n');
    }
}
