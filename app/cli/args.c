/* args.c - reads options and ids behind a word.
 *
 * Strict: an option that the word does not take, a number out of range, or a word that can be no
 * container id ends it before any engine is asked. Behind "--" everything is an id, and an id never
 * starts with "-", so no option can reach an engine that way. */
#include "app/cli/words.h"
#include "core/base/mem.h"
#include <stdlib.h>
#include <string.h>

static const struct cli_option_row option_rows[] = {
    {CLI_ENGINE, "engine", 0, true},
    {CLI_JSON, "json", 0, false},
    {CLI_FOLLOW, "follow", 'f', false},
    {CLI_LINES, "lines", 'n', true},
    {CLI_SECONDS, "time", 't', true},
    {CLI_LOG, "log", 0, false},
    {CLI_SELFCHECK, "self-check", 0, false},
    {CLI_REMOVE, "remove", 0, false},
    {CLI_DEFAULT, "default", 0, false},
    {CLI_USER, "user", 'u', true},
    {CLI_PASSWORD, "password-stdin", 0, false},
    {CLI_GROUP, "project", 0, true},
    {CLI_ALL, "all", 0, false},
    {CLI_YES, "yes", 0, false},
    {CLI_FORCE, "force", 'f', false},
    {CLI_VALUES, "values", 0, false},
};

const struct cli_option_row *cli_options(size_t *count)
{
    *count = countof(option_rows);
    return option_rows;
}

/* The row that `word` names, and in *value what is joined to it ("--lines=5", "-n5") or NULL. */
static const struct cli_option_row *find_option(const struct cli_word *w, const char *word,
                                                const char **value)
{
    for (size_t i = 0; i < countof(option_rows); i++) {
        const struct cli_option_row *row = &option_rows[i];
        size_t len = strlen(row->name);

        *value = NULL;
        if ((w->options & row->bit) == 0)
            continue;
        if (word[1] == '-' && strncmp(word + 2, row->name, len) == 0) {
            if (word[2 + len] == '\0')
                return row;
            if (word[2 + len] == '=' && row->has_value) {
                *value = word + 2 + len + 1;
                return row;
            }
        } else if (row->letter != 0 && word[1] == row->letter) {
            if (word[2] == '\0')
                return row;
            if (row->has_value) {
                *value = word + 2;
                return row;
            }
        }
    }
    return NULL;
}

static bool read_number(const char *text, unsigned max, unsigned *out)
{
    unsigned n = 0;

    if (text[0] == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        n = n * 10 + (unsigned)(*text - '0');
        if (n > max)
            return false;
    }
    *out = n;
    return true;
}

static bool set_user(struct cli *c, const char *value)
{
    struct fault why;

    if (valid_user(value, strlen(value), &c->user, &why) == RC_OK)
        return true;
    cli_say("\"%s\" can be no user: %s", value, why.text);
    return false;
}

/* Compared with what engines say, and given to none. */
static bool set_project(struct cli *c, const char *value)
{
    if (c->project == NULL && value[0] != '\0') {
        c->project = value;
        return true;
    }
    cli_say("--project takes one name");
    return false;
}

static bool set_option(struct cli *c, const struct cli_option_row *row, const char *value)
{
    unsigned max = row->bit == CLI_LINES ? CLI_LINES_MAX : CLI_SECONDS_MAX;

    switch (row->bit) {
    case CLI_JSON:
        c->json = true;
        return true;
    case CLI_FORCE:
        c->force = true;
        return true;
    case CLI_VALUES:
        c->values = true;
        return true;
    case CLI_SELFCHECK:
        c->selfcheck = true;
        return true;
    case CLI_DEFAULT:
        c->by_default = true;
        return true;
    case CLI_FOLLOW:
        c->follow = true;
        return true;
    case CLI_LOG:
        c->log = true;
        return true;
    case CLI_REMOVE:
        c->remove = true;
        return true;
    case CLI_PASSWORD:
        c->password_stdin = true;
        return true;
    case CLI_ALL:
        c->all = true;
        return true;
    case CLI_YES:
        c->yes = true;
        return true;
    case CLI_GROUP:
        return set_project(c, value);
    case CLI_USER:
        return set_user(c, value);
    case CLI_ENGINE:
        c->has_engine = engine_from_word(value, &c->engine);
        if (!c->has_engine)
            cli_say("there is no engine \"%s\": it is apple, docker or podman", value);
        return c->has_engine;
    case CLI_ALONE: /* no row has it */
        return false;
    case CLI_LINES:
    case CLI_SECONDS:
        if (read_number(value, max, row->bit == CLI_LINES ? &c->lines : &c->seconds))
            return true;
        cli_say("--%s takes a number from 0 to %u", row->name, max);
        return false;
    }
    return false;
}

static bool set_switch(struct cli *c, const char *word)
{
    bool on = strcmp(word, "on") == 0;

    if (c->wanted != CLI_ASKED || (!on && strcmp(word, "off") != 0)) {
        cli_say("%s takes one \"on\" or \"off\"", c->word->name);
        return false;
    }
    c->wanted = on ? CLI_ON : CLI_OFF;
    return true;
}

static bool set_port(struct cli *c, const char *word)
{
    if (c->port == 0 && read_number(word, UINT16_MAX, &c->port) && c->port > 0)
        return true;
    cli_say("%s takes a container and a port from 1 to %d", c->word->name, UINT16_MAX);
    return false;
}

/* Its name and its value; what they may be is settings.h's to say. */
static bool add_setting(struct cli *c, const char *word)
{
    if (c->value != NULL) {
        cli_say("%s takes one setting and one value", c->word->name);
        return false;
    }
    if (c->setting == NULL)
        c->setting = word;
    else
        c->value = word;
    return true;
}

static bool set_dns(struct cli *c, const char *word)
{
    static const struct {
        const char *word;
        enum op op;
    } rows[] = {{"list", OP_DNS_LIST}, {"add", OP_DNS_CREATE}, {"remove", OP_DNS_DELETE}};

    for (size_t i = 0; i < countof(rows); i++)
        if (strcmp(word, rows[i].word) == 0) {
            c->dns = rows[i].op;
            c->verb = true;
            return true;
        }
    cli_say("%s takes \"list\", \"add\" or \"remove\"", c->word->name);
    return false;
}

static bool set_domain(struct cli *c, const char *word)
{
    struct fault why;

    if (!c->verb)
        return set_dns(c, word);
    if (c->dns == OP_DNS_LIST || c->domain.text[0] != '\0') {
        cli_say("%s takes one domain to add or remove", c->word->name);
        return false;
    }
    if (valid_domain(word, strlen(word), &c->domain, &why) == RC_OK)
        return true;
    cli_say("\"%s\" can be no domain: %s", word, why.text);
    return false;
}

static bool set_registry_action(struct cli *c, const char *word)
{
    static const char *const words[] = {[CLI_REGISTRY_LIST] = "list",
                                        [CLI_REGISTRY_LOGIN] = "login",
                                        [CLI_REGISTRY_LOGOUT] = "logout"};

    for (size_t i = CLI_REGISTRY_LIST; i < countof(words); i++)
        if (strcmp(word, words[i]) == 0)
            c->registry = (enum cli_registry)i;
    if (c->registry != CLI_REGISTRY_ASKED)
        return true;
    cli_say("%s has no \"%s\": it is list, login or logout", c->word->name, word);
    return false;
}

/* First what to do, then the registry. */
static bool set_registry(struct cli *c, const char *word)
{
    struct fault why;

    if (c->registry == CLI_REGISTRY_ASKED)
        return set_registry_action(c, word);
    if (c->registry == CLI_REGISTRY_LIST || c->host.text[0] != '\0') {
        cli_say("%s takes no \"%s\"", c->word->name, word);
        return false;
    }
    if (valid_host(word, strlen(word), &c->host, &why) == RC_OK)
        return true;
    cli_say("\"%s\" can be no registry: %s", word, why.text);
    return false;
}

/* A password is taken from standard input alone, and that has to be said: words and environment
 * can be read by others. */
static bool has_registry_words(const struct cli *c)
{
    bool login = c->registry == CLI_REGISTRY_LOGIN, logout = c->registry == CLI_REGISTRY_LOGOUT;
    const char *missing = NULL;

    if (!login && (c->user.text[0] != '\0' || c->password_stdin))
        missing = "takes a user and a password for login alone";
    else if ((login || logout) && c->json)
        missing = "has JSON for list alone";
    else if ((login || logout) && c->host.text[0] == '\0')
        missing = "needs a registry, as ghcr.io or localhost:5000";
    else if ((login || logout) && !c->has_engine)
        missing = "needs --engine for that: each engine has its own logins";
    else if (login && c->user.text[0] == '\0')
        missing = "needs --user to log in";
    else if (login && !c->password_stdin)
        missing = "needs --password-stdin to log in: the password comes on standard input alone";
    if (missing != NULL)
        cli_say("%s %s", c->word->name, missing);
    return missing == NULL;
}

static bool set_completion(struct cli *c, const char *word)
{
    if (c->completes != NULL) {
        cli_say("%s takes one word", c->word->name);
        return false;
    }
    c->completes = word;
    return true;
}

static bool set_service_verb(struct cli *c, const char *word)
{
    static const struct {
        const char *word;
        enum op op;
    } rows[] = {{"status", OP_STATUS},
                {"start", OP_SERVICE_START},
                {"stop", OP_SERVICE_STOP},
                {"restart", OP_SERVICE_RESTART}};

    for (size_t i = 0; i < countof(rows); i++)
        if (strcmp(word, rows[i].word) == 0) {
            c->service = rows[i].op;
            c->verb = true;
        }
    return c->verb;
}

/* What to do, which may be left out, and an engine. */
static bool set_service(struct cli *c, const char *word)
{
    if (!c->has_engine && !c->verb && set_service_verb(c, word))
        return true;
    if (!c->has_engine && (c->has_engine = engine_from_word(word, &c->engine)))
        return true;
    cli_say("%s takes \"status\", \"start\", \"stop\" or \"restart\", and apple, docker or podman",
            c->word->name);
    return false;
}

static bool set_update(struct cli *c, const char *word)
{
    static const char *const words[] = {[CLI_UPDATE_CHECK] = "check",
                                        [CLI_UPDATE_INSTALL] = "install",
                                        [CLI_UPDATE_STATUS] = "status"};

    for (size_t i = CLI_UPDATE_CHECK; c->update == CLI_UPDATE_ASKED && i < countof(words); i++)
        if (strcmp(word, words[i]) == 0) {
            c->update = (enum cli_update)i;
            return true;
        }
    cli_say("%s takes one \"check\", \"install\" or \"status\"", c->word->name);
    return false;
}

static bool has_update_words(const struct cli *c)
{
    const char *missing = NULL;

    if (c->update == CLI_UPDATE_ASKED)
        missing = "needs \"check\", \"install\" or \"status\"";
    else if (c->update == CLI_UPDATE_INSTALL && c->json)
        missing = "has JSON for check and status alone";
    if (missing != NULL)
        cli_say("%s %s", c->word->name, missing);
    return missing == NULL;
}

static bool add_id(struct cli *c, const char *word)
{
    struct fault why;

    if (c->word->takes == CLI_SWITCH)
        return set_switch(c, word);
    if (c->word->takes == CLI_SETTING)
        return add_setting(c, word);
    if (c->word->takes == CLI_DOMAIN)
        return set_domain(c, word);
    if (c->word->takes == CLI_REGISTRY)
        return set_registry(c, word);
    if (c->word->takes == CLI_COMPLETION)
        return set_completion(c, word);
    if (c->word->takes == CLI_SERVICE)
        return set_service(c, word);
    if (c->word->takes == CLI_UPDATE)
        return set_update(c, word);
    if (c->word->takes == CLI_NO_ID) {
        cli_say("%s takes no container", c->word->name);
        return false;
    }
    if (c->word->takes == CLI_ID_AND_PORT && c->id_count > 0)
        return set_port(c, word);
    if (c->word->takes == CLI_ONE_ID && c->id_count > 0) {
        cli_say("%s takes one container", c->word->name);
        return false;
    }
    if (valid_id(word, strlen(word), &c->ids[c->id_count], &why) != RC_OK) {
        cli_say("\"%s\" can be no container: %s", word, why.text);
        return false;
    }
    c->id_count++;
    return true;
}

/* Reads the option at argv[*at] and, if it stands apart, its value. */
static bool take_option(struct cli *c, int argc, char **argv, int *at)
{
    const char *value = NULL;
    const struct cli_option_row *row = find_option(c->word, argv[*at], &value);

    if (row == NULL) {
        cli_say("%s has no option \"%s\"", c->word->name, argv[*at]);
        return false;
    }
    if (row->has_value && value == NULL && *at + 1 < argc)
        value = argv[++*at];
    if (row->has_value && value == NULL) {
        cli_say("--%s needs a value", row->name);
        return false;
    }
    return set_option(c, row, value != NULL ? value : "");
}

/* Is there what the word cannot do without? */
static bool is_whole(const struct cli *c)
{
    bool ids = c->word->takes == CLI_ONE_ID || c->word->takes == CLI_ID_AND_PORT ||
               c->word->takes == CLI_MANY_IDS;

    if ((c->id_count > 0) + (c->project != NULL) + c->all > 1) {
        cli_say("%s takes containers, a project or --all", c->word->name);
        return false;
    }
    if (ids && c->id_count == 0 && c->project == NULL && !c->all) {
        cli_say("%s needs a container", c->word->name);
        return false;
    }
    if (c->dns != OP_DNS_LIST && c->word->takes == CLI_DOMAIN && c->domain.text[0] == '\0') {
        cli_say("%s needs a domain to add or remove", c->word->name);
        return false;
    }
    if (c->word->takes == CLI_SERVICE && c->service != OP_STATUS && !c->has_engine) {
        cli_say("%s needs to know which: apple, docker or podman", c->word->name);
        return false;
    }
    return true;
}

bool cli_args_read(struct cli *c, int argc, char **argv)
{
    bool only_ids = false;

    c->lines = CLI_LINES_DEFAULT;
    c->service = OP_STATUS;
    c->dns = OP_DNS_LIST;
    c->ids = mem_new_array((size_t)argc + 1, sizeof *c->ids);
    for (int i = 0; i < argc; i++) {
        if (only_ids || argv[i][0] != '-') {
            if (!add_id(c, argv[i]))
                return false;
        } else if (strcmp(argv[i], "--") == 0) {
            only_ids = true;
        } else if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            c->help = true;
            return true;
        } else if (!take_option(c, argc, argv, &i)) {
            return false;
        }
    }
    if (c->word->takes == CLI_UPDATE)
        return has_update_words(c);
    return c->word->takes == CLI_REGISTRY ? has_registry_words(c) : is_whole(c);
}

void cli_args_release(struct cli *c)
{
    mem_free(c->ids);
    c->ids = NULL;
    c->id_count = 0;
}
