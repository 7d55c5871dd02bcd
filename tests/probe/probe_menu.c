/* probe_menu.c - `probe menu`: the menu as text for a snapshot given as JSON.
 *
 * The list is shown as one that was taken this moment; --engine says whose it is, podman without
 * it. */
#include "core/menu/menu_build.h"
#include "core/menu/menu_text.h"
#include "core/words/words.h"
#include "tests/probe/probe.h"

#define NOW_S 1800000000 /* any moment after the dates of the fixtures */

enum rc probe_menu(const struct probe_words *w, const struct buf *in, struct buf *out,
                   struct fault *why)
{
    struct snapshot *s = NULL;
    struct menu menu = {0};
    struct menu_input input = {.now_s = NOW_S};
    enum language language = LANGUAGE_EN;
    enum rc rc = RC_OK;

    if (w->lang != NULL && !language_from_locale(w->lang, &language))
        return fault_set(why, RC_USAGE, "--lang is a language that we speak");
    rc = snapshot_from_json(buf_text(in), in->len, w->engine_kind, &s, why);

    if (rc != RC_OK)
        return rc;
    s->taken_s = NOW_S;
    input.snaps[s->kind] = s;
    words_speak(language);
    menu_build(&menu, &input);
    rc = menu_text(&menu, true, out);
    if (rc != RC_OK)
        fault_set(why, rc, "the output is too long");
    menu_release(&menu);
    snapshot_free(s);
    return rc;
}
