/* cli_here.c - what the doctor says about the program itself: the facts that a report about it
 * needs and that a person with a Mac is asked for first (docs/on-a-mac.md). */
#include "app/cli/words.h"
#include "core/base/text.h"
#include "core/desktop/place.h"
#include "core/update/ours.h"

static enum rc add_bundle(const char *self, struct arena *a, struct buf *out)
{
    char bundle[SYS_PATH_MAX];

    place_bundle(self, bundle);
    if (bundle[0] == '\0')
        return RC_OK;
    return buf_print(out, "  bundle      %s\n  identifier  %s\n", text_safe(a, bundle),
                     CK_BUNDLE_ID);
}

static enum rc add_updates(struct buf *out)
{
    if (ours_is_development())
        return buf_text_add(out, "  updates     none: a development build\n");
    return buf_print(out, "  updates     %s, %s\n", ours_channel(), ours_endpoint());
}

enum rc cli_here(const struct cli *c, struct buf *out)
{
    char system[SYS_NAME_MAX];
    const char *signature = sys_signature();
    struct arena a = {0};
    enum rc rc;

    sys_name(system);
    rc = buf_print(out, "Container Kit %s\n  system      %s\n  program     %s\n", CK_VERSION,
                   text_safe(&a, system), text_safe(&a, c->setup->self));
    if (rc == RC_OK)
        rc = add_bundle(c->setup->self, &a, out);
    if (rc == RC_OK && signature != NULL)
        rc = buf_print(out, "  signature   %s\n", signature);
    if (rc == RC_OK)
        rc = add_updates(out);
    arena_release(&a);
    return rc;
}
