/* cli_settings.c - `settings`: all of them, one, or a new value for one. What a value may be is
 * decided by core/store/settings.h alone. */
#include "app/cli/words.h"
#include "core/base/json.h"
#include "core/store/settings.h"
#include <inttypes.h>

#define SETTINGS_BYTES_MAX ((size_t)1 << 20)

static enum rc put_value(const struct settings *s, enum setting which, bool json, struct buf *out)
{
    char text[SETTING_TEXT_MAX + 1];
    enum setting_kind kind = setting_row(which)->kind;
    bool plain = kind == SETTING_BOOL || kind == SETTING_NUMBER;

    settings_get(s, which, text);
    return json && !plain ? json_quote(out, text) : buf_text_add(out, text);
}

static enum rc put_one(const struct settings *s, enum setting which, bool json, struct buf *out)
{
    enum rc rc = put_value(s, which, json, out);

    return rc == RC_OK ? buf_text_add(out, "\n") : rc;
}

static enum rc put_all_json(const struct settings *s, struct buf *out)
{
    enum rc rc = buf_text_add(out, "{");

    for (int i = 0; i < SETTING_COUNT && rc == RC_OK; i++) {
        rc = buf_print(out, "%s\"%s\":", i > 0 ? "," : "", setting_row((enum setting)i)->name);
        if (rc == RC_OK)
            rc = put_value(s, (enum setting)i, true, out);
    }
    return rc == RC_OK ? buf_text_add(out, "}\n") : rc;
}

static enum rc put_all(const struct settings *s, struct buf *out)
{
    char text[SETTING_TEXT_MAX + 1];
    enum rc rc = RC_OK;

    for (int i = 0; i < SETTING_COUNT && rc == RC_OK; i++) {
        const struct setting_row *row = setting_row((enum setting)i);

        settings_get(s, (enum setting)i, text);
        rc = buf_print(out, "%-18s %-8s %s\n", row->name, text[0] != '\0' ? text : "\"\"",
                       row->what);
    }
    return rc;
}

/* `which` is SETTING_COUNT for all of them. */
static enum cli_status print(const struct settings *s, enum setting which, bool json)
{
    struct buf out;
    enum rc rc;
    bool told;

    buf_init(&out, SETTINGS_BYTES_MAX);
    if (which != SETTING_COUNT)
        rc = put_one(s, which, json, &out);
    else
        rc = json ? put_all_json(s, &out) : put_all(s, &out);
    MUST(rc == RC_OK); /* a few short texts */
    told = cli_put(buf_text(&out), out.len);
    buf_release(&out);
    return told ? CLI_DONE : CLI_FAILED;
}

static enum cli_status read_and_print(struct store *s, enum setting which, bool json)
{
    struct store_pairs pairs = {0};
    char bad[FAULT_TEXT_MAX];
    struct settings settings;
    enum cli_status status;
    struct arena a = {0};
    struct fault why;
    enum rc rc = store_settings(s, &a, &pairs, &why);

    status = cli_store_tell(s, rc, &why);
    if (rc == RC_OK) {
        settings_read(&settings, &pairs, bad);
        if (bad[0] != '\0')
            cli_say("%s", bad);
        status = cli_worse(status, print(&settings, which, json));
    }
    arena_release(&a);
    return status;
}

/* `value` NULL: the default. */
static enum cli_status set(struct store *s, enum setting which, const char *value)
{
    struct settings probe;
    struct fault why;

    settings_defaults(&probe);
    if (value != NULL && settings_set(&probe, which, value, &why) != RC_OK) {
        cli_say("%s", why.text);
        return CLI_USAGE;
    }
    return cli_store_tell(s, store_setting_put(s, setting_row(which)->name, value, &why), &why);
}

static enum cli_status run(const struct cli *c, struct store *s)
{
    enum setting which = SETTING_COUNT;

    if (c->setting != NULL && !setting_from_name(c->setting, &which)) {
        cli_say("there is no setting \"%s\"", c->setting);
        return CLI_USAGE;
    }
    if (c->by_default && (c->setting == NULL || c->value != NULL)) {
        cli_say("--default takes a setting, and no value");
        return CLI_USAGE;
    }
    if (c->value != NULL || c->by_default)
        return set(s, which, c->value);
    return read_and_print(s, which, c->json);
}

int cli_settings(const struct cli *c)
{
    struct store *s = cli_store();
    enum cli_status status;

    if (s == NULL)
        return CLI_FAILED;
    status = run(c, s);
    store_free(s);
    return (int)status;
}
