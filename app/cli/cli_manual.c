/* cli_manual.c - `manual`: the manual page, in the macros of man(7), made from the tables of the
 * command line and of the settings. */
#include "app/cli/words.h"
#include "core/store/settings.h"
#include <stdio.h>
#include <string.h>

/* A text for roff: a backslash, a hyphen, and a dot or a quote that begins a line mean more there.
 */
static void print_text(const char *text)
{
    bool begins = true;

    for (; *text != '\0'; text++) {
        if (begins && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
        begins = *text == '\n';
    }
}

static void print_word(const struct cli_word *w)
{
    printf(".SS ");
    print_text(w->name);
    if (w->usage[0] != '\0')
        putchar(' ');
    print_text(w->usage);
    printf("\n%c", w->what[0] - 'a' + 'A');
    print_text(w->what + 1);
    printf(".\n");
    if (w->more[0] == '\0')
        return;
    printf(".PP\n.nf\n");
    print_text(w->more + (w->more[0] == '\n'));
    printf(".fi\n");
}

static void print_settings(void)
{
    char value[SETTING_TEXT_MAX + 1];
    struct settings s;

    settings_defaults(&s);
    printf(".SH SETTINGS\n");
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *row = setting_row((enum setting)i);

        printf(".TP\n.B ");
        print_text(row->name);
        putchar('\n');
        print_text(row->what);
        if (settings_get(&s, (enum setting)i, value)[0] != '\0') {
            printf("; without you ");
            print_text(value);
        }
        printf(".\n");
    }
}

int cli_manual(const struct cli *c)
{
    size_t count;
    const struct cli_word *words = cli_words(&count);

    (void)c;
    printf(
        ".TH CONTAINER-KIT 1 \"\" \"Container Kit " CK_VERSION "\" \"Container Kit\"\n"
        ".SH NAME\ncontainer\\-kit \\- containers in the menu bar\n"
        ".SH SYNOPSIS\n.B container\\-kit\n.RI [ WORD\n.RI [ ... ]]\n"
        ".SH DESCRIPTION\n"
        "Shows the containers of Apple\\(aqs container, Docker and Podman in the menu bar, with\n"
        "quick actions for each. With a word it does one thing on the command line instead.\n"
        ".SH WORDS\n");
    for (size_t i = 0; i < count; i++)
        print_word(&words[i]);
    print_settings();
    printf(".SH EXIT STATUS\n.TP\n.B 0\ndone\n.TP\n.B 1\nthe engine refused or failed\n.TP\n"
           ".B 2\nwrong usage\n.TP\n.B 3\nengine not available\n.TP\n.B 4\ntimed out\n");
    return CLI_DONE;
}
