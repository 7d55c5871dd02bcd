/* cli_menu.c - `menu`: the menu as text, everything that opens to the side included.
 *
 * The one word that speaks the user's language: it is the menu. */
#include "app/cli/words.h"
#include "app/service/languages.h"
#include "core/menu/menu_text.h"
#include "core/words/words.h"

#define MENU_BYTES_MAX ((size_t)256 << 20)

int cli_menu(const struct cli *c)
{
    char wanted[LANGUAGES_MAX];
    struct cli_kept kept;
    struct menu menu = {0};
    struct cli_view v;
    struct buf text;
    int status = CLI_DONE;

    languages_wanted(wanted);
    words_speak(language_from_list(wanted));
    buf_init(&text, MENU_BYTES_MAX);
    cli_view_take(c, true, &v);
    cli_kept_read(&kept);
    cli_view_menu(c, &v, &kept, &menu);
    if (menu_text(&menu, true, &text) != RC_OK) {
        cli_say("the menu is too long");
        status = CLI_FAILED;
    } else if (!cli_put(buf_text(&text), text.len)) {
        status = CLI_FAILED;
    }
    menu_release(&menu);
    cli_kept_release(&kept);
    cli_view_release(&v);
    buf_release(&text);
    return status;
}
