/* place.c - see place.h. The path says it all: the shape of an app (X.app/Contents/MacOS/program),
 * the folder in which macOS keeps what it runs from elsewhere (apple/README.md, "Services around
 * it"), the folders that are for applications. */
#include "core/desktop/place.h"
#include "core/words/words.h"
#include <stdio.h>
#include <string.h>

#define ELSEWHERE_PART "/AppTranslocation/"

struct rule {
    bool login_item, updates, engine_service, tool_link;
    const char *words;
    enum word why;
};

static const struct rule rules[PLACE_KIND_COUNT] = {
    [PLACE_APPLICATIONS] = {true, true, true, true, "in an Applications folder", WORD_NONE},
    [PLACE_ELSEWHERE] = {false, false, false, true, "outside the Applications folders",
                         WORD_PLACE_ELSEWHERE},
    [PLACE_TRANSLOCATED] = {false, false, false, false, "a copy that macOS made for this run",
                            WORD_PLACE_TRANSLOCATED},
    [PLACE_READ_ONLY] = {false, false, false, false, "on a disk that cannot be changed",
                         WORD_PLACE_READ_ONLY},
    [PLACE_BARE] = {false, false, false, true, "a plain executable", WORD_PLACE_BARE},
};

/* Cuts the last part off `path` if it is `name`, or any name for NULL. */
static bool cut_part(char *path, const char *name)
{
    char *slash = strrchr(path, '/');

    if (slash == NULL || (name != NULL && strcmp(slash + 1, name) != 0))
        return false;
    *slash = '\0';
    return true;
}

void place_bundle(const char *self, char out[SYS_PATH_MAX])
{
    const char *name = NULL;
    size_t len = 0;

    snprintf(out, SYS_PATH_MAX, "%s", self);
    if (cut_part(out, NULL) && cut_part(out, "MacOS") && cut_part(out, "Contents")) {
        name = strrchr(out, '/');
        len = name == NULL ? 0 : strlen(name);
        if (len > strlen("/.app") && strcmp(name + len - strlen(".app"), ".app") == 0)
            return;
    }
    out[0] = '\0';
}

/* Is `path` below the folder "<start>/Applications"? */
static bool below_applications(const char *path, const char *start)
{
    static const char part[] = "/Applications/";
    size_t len = strlen(start);

    return strncmp(path, start, len) == 0 && strncmp(path + len, part, strlen(part)) == 0;
}

static enum place_kind find_kind(const struct place_facts *f, const char *bundle)
{
    if (!f->mac || bundle[0] == '\0' || f->bundle_id[0] == '\0')
        return PLACE_BARE;
    if (strstr(bundle, ELSEWHERE_PART) != NULL)
        return PLACE_TRANSLOCATED;
    if (f->read_only)
        return PLACE_READ_ONLY;
    if (below_applications(bundle, "") ||
        (f->home[0] == '/' && below_applications(bundle, f->home)))
        return PLACE_APPLICATIONS;
    return PLACE_ELSEWHERE;
}

/* Linux has no folders for applications and no service for Apple's engine. The desktop opens any
 * executable at login; an update swaps a release's whole folder, so it needs one. */
static void allow_on_linux(const struct place_facts *f, struct place *out)
{
    out->login_item = true;
    out->updates = out->bundle[0] != '\0' && !f->read_only;
    if (out->updates)
        out->why = "";
}

void place_find(const struct place_facts *facts, struct place *out)
{
    const struct rule *rule = NULL;

    *out = (struct place){0};
    place_bundle(facts->self, out->bundle);
    out->kind = find_kind(facts, out->bundle);
    rule = &rules[out->kind];
    out->login_item = rule->login_item;
    out->updates = rule->updates;
    out->engine_service = rule->engine_service;
    out->tool_link = rule->tool_link;
    out->why = rule->why != WORD_NONE ? word(rule->why) : "";
    if (!facts->mac)
        allow_on_linux(facts, out);
}

const char *place_words(enum place_kind kind)
{
    MUST(kind < PLACE_KIND_COUNT);
    return rules[kind].words;
}
