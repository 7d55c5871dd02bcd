/* kept.c - the words' way to the store. The menu bar may have it open at the same time. */
#include "app/cli/words.h"
#include "core/base/file.h"

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
