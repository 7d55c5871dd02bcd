/* cli_completion.c - `completion`: a script that lets a shell complete our words, made from the
 * tables that read them.
 *
 * What is written into a script comes from our tables alone, whose texts are letters, digits,
 * hyphens and blanks; descriptions are quoted for the shell that reads them. The names of
 * containers are asked for at the moment they are wanted, and only those are printed that are valid
 * ids: no blank, nothing that a shell reads as more than a word. */
#include "app/cli/grammar.h"
#include "core/store/settings.h"
#include <stdio.h>
#include <string.h>

static void print_names(void)
{
    size_t count;
    const struct cli_word *words = cli_words(&count);

    for (size_t i = 0; i < count; i++)
        printf("%s%s", i > 0 ? " " : "", words[i].name);
}

static void print_options(const struct cli_word *w)
{
    size_t count;
    const struct cli_option_row *rows = cli_options(&count);

    for (size_t i = 0; i < count; i++)
        if (w->options & rows[i].bit)
            printf("--%s ", rows[i].name);
    printf("--help");
}

static void print_settings(void)
{
    for (int i = 0; i < SETTING_COUNT; i++)
        printf("%s ", setting_row((enum setting)i)->name);
}

static void print_choices(const struct grammar *g)
{
    for (size_t i = 0; i < g->count; i++)
        printf("%s ", g->words[i]);
    if (g->settings)
        print_settings();
    if (g->containers)
        printf("$(container-kit completion containers 2>/dev/null)");
}

static void print_bash(void)
{
    size_t count;
    const struct cli_word *words = cli_words(&count);

    printf(
        "_container_kit() {\n"
        "    local current=${COMP_WORDS[COMP_CWORD]} options= choices=\n"
        "    case ${COMP_WORDS[COMP_CWORD - 1]} in\n"
        "    --engine) COMPREPLY=($(compgen -W 'apple docker podman' -- \"$current\")); return ;;\n"
        "    esac\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "        COMPREPLY=($(compgen -W '");
    print_names();
    printf("' -- \"$current\"))\n"
           "        return\n"
           "    fi\n"
           "    case ${COMP_WORDS[1]} in\n");
    for (size_t i = 0; i < count; i++) {
        struct grammar g;

        grammar_read(&words[i], &g);
        printf("    %s)\n        options=\"", words[i].name);
        print_options(&words[i]);
        printf("\"\n        case $current in -*) ;; *) choices=\"");
        print_choices(&g);
        printf("\" ;; esac\n        ;;\n");
    }
    printf("    esac\n"
           "    case $current in -*) choices=$options ;; esac\n"
           "    COMPREPLY=($(compgen -W \"$choices\" -- \"$current\"))\n"
           "}\n"
           "complete -F _container_kit container-kit\n");
}

/* In single quotes; a single quote in it ends them, stands for itself and begins them again. */
static void print_quoted(const char *text)
{
    putchar('\'');
    for (; *text != '\0'; text++)
        if (*text == '\'')
            fputs("'\\''", stdout);
        else
            putchar(*text);
    putchar('\'');
}

static void print_zsh_word(const struct cli_word *w)
{
    size_t count;
    const struct cli_option_row *rows = cli_options(&count);
    struct grammar g;

    grammar_read(w, &g);
    printf("    (%s) _arguments '--help'", w->name);
    for (size_t i = 0; i < count; i++)
        if (w->options & rows[i].bit)
            printf(" '--%s%s%s'", rows[i].name, rows[i].has_value ? ":value:" : "",
                   rows[i].bit == CLI_ENGINE ? "(apple docker podman)" : "");
    printf(" \"*: :(");
    print_choices(&g);
    printf(")\" ;;\n");
}

static void print_zsh(void)
{
    size_t count;
    const struct cli_word *words = cli_words(&count);

    printf("#compdef container-kit\n"
           "_container_kit() {\n"
           "    local -a words_\n"
           "    words_=(\n");
    for (size_t i = 0; i < count; i++) {
        char text[256];

        snprintf(text, sizeof text, "%s:%s", words[i].name, words[i].what);
        printf("        ");
        print_quoted(text);
        putchar('\n');
    }
    printf("    )\n"
           "    if ((CURRENT == 2)); then\n"
           "        _describe 'word' words_\n"
           "        return\n"
           "    fi\n"
           "    shift words\n"
           "    ((CURRENT--))\n"
           "    case $words[1] in\n");
    for (size_t i = 0; i < count; i++)
        print_zsh_word(&words[i]);
    printf("    esac\n"
           "}\n"
           "if [ \"$funcstack[1]\" = _container_kit ]; then\n"
           "    _container_kit \"$@\"\n"
           "else\n"
           "    compdef _container_kit container-kit\n"
           "fi\n");
}

static void print_fish_word(const struct cli_word *w)
{
    size_t count;
    const struct cli_option_row *rows = cli_options(&count);
    struct grammar g;

    grammar_read(w, &g);
    printf("complete -c container-kit -n __fish_use_subcommand -a %s -d ", w->name);
    print_quoted(w->what);
    printf("\ncomplete -c container-kit -n '__fish_seen_subcommand_from %s' -l help\n", w->name);
    for (size_t i = 0; i < count; i++) {
        if ((w->options & rows[i].bit) == 0)
            continue;
        printf("complete -c container-kit -n '__fish_seen_subcommand_from %s' -l %s", w->name,
               rows[i].name);
        if (rows[i].letter != 0)
            printf(" -s %c", rows[i].letter);
        printf("%s%s\n", rows[i].has_value ? " -x" : "",
               rows[i].bit == CLI_ENGINE ? " -a 'apple docker podman'" : "");
    }
    if (g.count == 0 && !g.containers && !g.settings)
        return;
    printf("complete -c container-kit -n '__fish_seen_subcommand_from %s' -a '", w->name);
    for (size_t i = 0; i < g.count; i++)
        printf("%s ", g.words[i]);
    if (g.settings)
        print_settings();
    if (g.containers)
        printf("(container-kit completion containers 2>/dev/null)");
    printf("'\n");
}

static void print_fish(void)
{
    size_t count;
    const struct cli_word *words = cli_words(&count);

    printf("complete -c container-kit -f\n");
    for (size_t i = 0; i < count; i++)
        print_fish_word(&words[i]);
}

/* Somebody waits for it at a prompt: an engine that does not answer is no news here. */
static void print_containers(const struct cli *c)
{
    struct cli_view v;

    cli_view_take(c, false, &v);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        for (size_t i = 0; v.snaps[kind] != NULL && i < v.snaps[kind]->count; i++) {
            const char *name = v.snaps[kind]->list[i].name;
            struct valid_id id;

            if (valid_id(name, strlen(name), &id, NULL) == RC_OK)
                printf("%s\n", id.text);
        }
    cli_view_release(&v);
}

int cli_completion(const struct cli *c)
{
    const char *what = c->completes != NULL ? c->completes : "";

    if (strcmp(what, "containers") == 0) {
        print_containers(c);
    } else if (strcmp(what, "bash") == 0) {
        print_bash();
    } else if (strcmp(what, "zsh") == 0) {
        print_zsh();
    } else if (strcmp(what, "fish") == 0) {
        print_fish();
    } else {
        cli_say("completion takes bash, zsh, fish or containers");
        return CLI_USAGE;
    }
    return CLI_DONE;
}
