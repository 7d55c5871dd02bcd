/* trace.c - see trace.h. Opened for appending, so that a test may empty the file meanwhile. */
#include "app/gnustep/trace.h"
#include "app/gnustep/menu_view.h"
#include <stdlib.h>

void trace_open(void)
{
    const char *path = getenv("GS_STATUSBAR_TRACE");

    if (path != NULL && path[0] != '\0')
        shim()->trace = fopen(path, "ae"); /* not handed to children; no file, no trace */
}

/* A TAB or a new line in a title would look like a field or a line. */
static void put_text(FILE *f, id string)
{
    const char *s = string == nil ? NULL : gs_string_utf8(string);

    putc('\t', f);
    for (; s != NULL && *s != '\0'; s++)
        putc(*s == '\t' || *s == '\n' ? ' ' : *s, f);
}

static void put_middle(FILE *f, NSRect r)
{
    NSRect screen = gs_screen_frame(gs_screen_main());

    fprintf(f, "\t%.0f\t%.0f", r.origin.x + r.size.width / 2,
            screen.size.height - (r.origin.y + r.size.height / 2));
}

void trace_button(id button, NSRect on_screen)
{
    FILE *f = shim()->trace;

    if (f == NULL)
        return;
    fputs("bar\tbutton", f);
    put_text(f, gs_button_title(button));
    put_middle(f, on_screen);
    putc('\n', f);
    fflush(f);
}

static void put_row(FILE *f, const char *word, const struct popup_level *level, long row)
{
    id item = gs_menu_at(level->menu, row);
    NSRect panel = gs_window_frame(level->panel), r = menu_view_row_rect(level, row);

    r.origin.x += panel.origin.x;
    r.origin.y = panel.origin.y + panel.size.height - r.origin.y - r.size.height;
    fputs(word, f);
    put_text(f, gs_menu_title(level->menu));
    if (gs_item_separator(item))
        fputs("\t-", f);
    else
        put_text(f, gs_item_title(item));
    put_middle(f, r);
    fprintf(f, "\t%d\n", gs_item_enabled(item) ? 1 : 0);
}

void trace_menu(const struct popup_level *level)
{
    FILE *f = shim()->trace;
    long n = gs_menu_count(level->menu);

    if (f == NULL)
        return;
    for (long i = 0; i < n; i++)
        if (menu_view_row_shown(level, i))
            put_row(f, "item", level, i);
    fflush(f);
}

void trace_change(const struct popup_level *level, long row)
{
    FILE *f = shim()->trace;

    if (f == NULL || row < 0 || row >= gs_menu_count(level->menu))
        return;
    put_row(f, "change", level, row);
    fflush(f);
}

void trace_closed(id menu)
{
    FILE *f = shim()->trace;

    if (f == NULL)
        return;
    fputs("closed", f);
    put_text(f, gs_menu_title(menu));
    putc('\n', f);
    fflush(f);
}

void trace_control(id window_title, id text, NSRect on_screen, bool enabled)
{
    FILE *f = shim()->trace;

    if (f == NULL)
        return;
    fputs("control", f);
    put_text(f, window_title);
    put_text(f, text);
    put_middle(f, on_screen);
    fprintf(f, "\t%d\n", enabled ? 1 : 0);
    fflush(f);
}

void trace_gone(id window_title)
{
    FILE *f = shim()->trace;

    if (f == NULL)
        return;
    fputs("gone", f);
    put_text(f, window_title);
    putc('\n', f);
    fflush(f);
}

void trace_spoken(const char *what, id text)
{
    FILE *f = shim()->trace;

    if (f == NULL)
        return;
    fprintf(f, "spoken\t%s", what);
    put_text(f, text);
    putc('\n', f);
    fflush(f);
}
