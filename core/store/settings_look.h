/* settings_look.h - how the settings stand in a window: which page each is on, what it is called,
 * what it can be set to there. A row here and a control is there (app/cocoa/settings_window.c).
 *
 * Pure; any thread. Texts are in the user's language. */
#ifndef CORE_STORE_SETTINGS_LOOK_H
#define CORE_STORE_SETTINGS_LOOK_H
#include "core/engine/context_list.h"
#include "core/store/settings.h"
#include "core/words/words.h"

enum settings_tab {
    TAB_NONE, /* in no window */
    TAB_GENERAL,
    TAB_ENGINES,
    TAB_NOTES,
    TAB_UPDATES,
    TAB_ADVANCED,
    TAB_COUNT
};
/* "General". Static. */
const char *settings_tab_title(enum settings_tab tab);
/* Where the setting stands. The system's own program for its language and its terminals is not a
 * Mac's; `mac` as in locate.h. */
enum settings_tab setting_tab(enum setting which, bool mac);
/* "Time to stop". Static. */
const char *setting_title(enum setting which);

/* More than the most that one of them has, with a value that the command line has set. */
#define SETTING_CHOICES_MAX (CONTEXT_LIST_MAX + 2)

struct setting_choice {
    const char *text;  /* as settings_set() takes it */
    const char *title; /* the arena's, or static */
};
struct setting_choices {
    struct setting_choice list[SETTING_CHOICES_MAX];
    size_t count, chosen;
};
/* What any setting but a SETTING_BOOL can be chosen from; what it is now is always among them.
 * `contexts` are those that its engine knows, NULL if that is not known or it is no such setting.
 */
void setting_choices(const struct settings *s, enum setting which,
                     const struct context_list *contexts, struct arena *a,
                     struct setting_choices *out);
/* The engine whose context it is; false for any other setting. */
bool setting_is_context(enum setting which, enum engine_kind *kind);

#endif
