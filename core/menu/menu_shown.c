/* menu_shown.c - cutting, fencing and shortening of text from outside.
 *
 * A title is drawn in the direction of its first letter. Left-to-right marks around a name with
 * right-to-left letters make that direction the menu's own, and keep the name's letters from
 * pulling digits of the image to their side (docs/decisions/011). */
#include "core/menu/menu_shown.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include <string.h>

#define FENCE "\xe2\x80\x8e" /* U+200E left-to-right mark */
#define DIGEST_HEX_MIN 32

static const struct {
    uint32_t first, last;
} right_to_left[] = {
    {0x0590, 0x08ff}, {0xfb1d, 0xfdff}, {0xfe70, 0xfeff}, {0x10800, 0x10fff}, {0x1e800, 0x1efff},
};

/* `text` is valid UTF-8. */
static bool has_right_to_left(const char *text)
{
    size_t len = strlen(text);
    uint32_t cp = 0;

    for (size_t at = 0; at < len;) {
        size_t n = utf8_next(text + at, len - at, &cp);

        MUST(n > 0);
        at += n;
        for (size_t i = 0; i < countof(right_to_left); i++)
            if (cp >= right_to_left[i].first && cp <= right_to_left[i].last)
                return true;
    }
    return false;
}

static const char *fenced(struct arena *a, const char *safe)
{
    return has_right_to_left(safe) ? arena_print(a, FENCE "%s" FENCE, safe) : safe;
}

struct menu_shown menu_show(struct arena *a, const char *raw, size_t max)
{
    const char *safe = text_short(a, raw, max);
    struct menu_shown shown = {fenced(a, safe), NULL};

    if (strcmp(safe, raw) == 0)
        return shown;
    /* not as it came: escaped only, or cut? */
    shown.full = text_short(a, raw, MENU_TIP_MAX);
    if (strcmp(shown.full, safe) == 0)
        shown.full = NULL;
    return shown;
}

static size_t hex_length(const char *p)
{
    return strspn(p, "0123456789abcdef");
}

static const char *skip(const char *text, const char *prefix)
{
    size_t len = strlen(prefix);

    return strncmp(text, prefix, len) == 0 && text[len] != '\0' ? text + len : text;
}

struct menu_shown menu_show_image(struct arena *a, const char *image, size_t max)
{
    const char *p = image;
    const char *digest = NULL;
    size_t hex = 0;

    p = skip(p, "docker.io/library/");
    p = skip(p, "docker.io/");
    p = skip(p, "localhost/");
    digest = strrchr(p, ':');
    digest = digest != NULL ? digest + 1 : p;
    hex = hex_length(digest);
    if (hex >= DIGEST_HEX_MIN && digest[hex] == '\0')
        p = arena_dup(a, p, (size_t)(digest - p) + MENU_SHORT_ID);
    return menu_show(a, p, max);
}

struct menu_shown menu_show_id(struct arena *a, const char *id)
{
    size_t hex = hex_length(id);

    if (hex >= DIGEST_HEX_MIN && id[hex] == '\0')
        return (struct menu_shown){arena_dup(a, id, MENU_SHORT_ID), NULL};
    return menu_show(a, id, MENU_NOTE_MAX);
}

struct menu_shown menu_show_name(struct arena *a, const struct container *c, size_t max)
{
    return c->name[0] != '\0' ? menu_show(a, c->name, max) : menu_show_id(a, c->id);
}
