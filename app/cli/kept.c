/* kept.c - the words' way to the store. The menu bar may have it open at the same time. */
#include "app/cli/words.h"
#include "core/base/file.h"
#include <stdio.h>
#include <unistd.h>

struct store *cli_store(void)
{
    char folder[FILE_PATH_MAX], text[FAULT_TEXT_MAX];
    struct fault why;

    if (file_data_folder(folder, &why) == RC_OK)
        return store_new(folder);
    cli_say("%s", fault_text(&why, text));
    return NULL;
}

enum cli_status cli_store_tell(struct store *s, enum rc rc, const struct fault *why)
{
    char sentence[FAULT_TEXT_MAX], text[FAULT_TEXT_MAX];

    if (rc != RC_OK) {
        cli_say("%s", fault_text(why, text));
        return cli_status_of_rc(rc);
    }
    store_state(s, sentence);
    if (sentence[0] != '\0')
        cli_say("%s", sentence);
    return CLI_DONE;
}

/* Is anything kept? To open the store would make it. */
static bool has_store(char folder[FILE_PATH_MAX])
{
    char path[FILE_PATH_MAX + sizeof STORE_FILE + 1];

    return file_data_folder(folder, NULL) == RC_OK &&
           snprintf(path, sizeof path, "%s/" STORE_FILE, folder) < (int)sizeof path &&
           access(path, R_OK) == 0;
}

void cli_kept_read(struct cli_kept *out)
{
    struct store_pairs pairs = {0};
    char folder[FILE_PATH_MAX], bad[FAULT_TEXT_MAX], sentence[FAULT_TEXT_MAX];
    struct store *s = NULL;

    *out = (struct cli_kept){.arena = {0}};
    settings_defaults(&out->settings);
    if (!has_store(folder))
        return;
    s = store_new(folder);
    if (store_settings(s, &out->arena, &pairs, NULL) == RC_OK)
        settings_read(&out->settings, &pairs, bad);
    if (store_names(s, STORE_PINNED, &out->arena, &out->pins, NULL) != RC_OK)
        out->pins.count = 0;
    if (store_names(s, STORE_HIDDEN, &out->arena, &out->hidden, NULL) != RC_OK)
        out->hidden.count = 0;
    if (store_names(s, STORE_MUTED, &out->arena, &out->muted, NULL) != RC_OK)
        out->muted.count = 0;
    if (store_state(s, sentence) == STORE_MOVED_ASIDE)
        cli_say("%s", sentence); /* said once, by whoever comes first */
    store_free(s);
}

void cli_kept_release(struct cli_kept *k)
{
    arena_release(&k->arena);
    *k = (struct cli_kept){.arena = {0}};
}
