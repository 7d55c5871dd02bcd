/* mask.c - see mask.h. First the values are collected, then masked everywhere: a command line may
 * stand in the tree before the environment that it repeats. */
#include "core/engine/mask.h"
#include "core/base/mem.h"
#include <string.h>

/* Beyond that, comparing all with all takes too long, and every word with an "=" is masked. */
#define KNOWN_MAX 4096

struct values {
    struct arena arena;
    const char **list; /* NAME=VALUE each, with a value; the arena's */
    size_t count, size;
};

static bool is_environment(const cJSON *member)
{
    return member->string != NULL &&
           (strcmp(member->string, "Env") == 0 || strcmp(member->string, "environment") == 0);
}

/* A command as a list of its words. */
static bool is_command(const cJSON *member)
{
    static const char *const names[] = {"Args",          "Cmd",        "Command",
                                        "CreateCommand", "Entrypoint", "arguments"};

    for (size_t i = 0; member->string != NULL && i < countof(names); i++)
        if (strcmp(member->string, names[i]) == 0)
            return cJSON_IsArray(member);
    return false;
}

/* The text of a value: all that is behind the first "=", or NULL. */
static const char *value_in(const char *text)
{
    const char *equals = strchr(text, '=');

    return equals != NULL && equals[1] != '\0' ? equals + 1 : NULL;
}

static void keep(struct values *v, const char *text)
{
    if (v->count == v->size) {
        v->size = v->size == 0 ? 32 : v->size * 2;
        v->list = mem_grow(v->list, v->size, sizeof *v->list);
    }
    v->list[v->count++] = arena_str(&v->arena, text);
}

static void collect(struct values *v, const cJSON *value)
{
    const cJSON *m = NULL;

    cJSON_ArrayForEach(m, value)
    {
        if (is_environment(value) && cJSON_IsString(m) && value_in(m->valuestring) != NULL)
            keep(v, m->valuestring);
        collect(v, m);
    }
}

/* Keeps what stands in front of `at`, which is inside its text. cJSON_SetValuestring() would link
 * strcpy(), which nothing of ours may. */
static void mask_from(cJSON *text, const char *at)
{
    struct arena a = {0};
    const char *masked =
        arena_print(&a, "%.*s" MASK_TEXT, (int)(at - text->valuestring), text->valuestring);

    cJSON_free(text->valuestring);
    text->valuestring = cJSON_malloc(strlen(masked) + 1);
    MUST(text->valuestring != NULL);
    memcpy(text->valuestring, masked, strlen(masked) + 1);
    arena_release(&a);
}

static void mask_variable(cJSON *text, bool whole)
{
    const char *value = whole ? text->valuestring : value_in(text->valuestring);

    if (value != NULL && value[0] != '\0')
        mask_from(text, value);
}

/* A word that ends in one of the known variables: NAME=VALUE, --env=NAME=VALUE, -eNAME=VALUE. */
static void mask_known(const struct values *v, cJSON *word)
{
    size_t len = strlen(word->valuestring);

    if (v->count > KNOWN_MAX)
        mask_variable(word, false);
    for (size_t i = 0; i < v->count && v->count <= KNOWN_MAX; i++) {
        size_t tail = strlen(v->list[i]);

        if (tail <= len && strcmp(word->valuestring + len - tail, v->list[i]) == 0) {
            mask_from(word, word->valuestring + len - strlen(value_in(v->list[i])));
            return;
        }
    }
}

/* The next word is a variable: --env, or short options of which the last is -e. */
static bool takes_variable(const char *word)
{
    size_t len = strlen(word);

    if (strcmp(word, "--env") == 0)
        return true;
    return len >= 2 && word[0] == '-' && word[1] != '-' && word[len - 1] == 'e' &&
           strchr(word, '=') == NULL;
}

/* The variable is in the option's own word: --env=NAME=VALUE, -eNAME=VALUE, -iteNAME=VALUE. */
static void mask_joined(cJSON *word)
{
    static const char long_start[] = "--env=";
    const char *text = word->valuestring, *name = NULL;

    if (strncmp(text, long_start, strlen(long_start)) == 0)
        name = text + strlen(long_start);
    else if (text[0] == '-' && text[1] != '-')
        name = strchr(text, 'e');
    if (name != NULL && value_in(name) != NULL)
        mask_from(word, value_in(name));
}

static void mask_command(const struct values *v, cJSON *words)
{
    bool creates = strcmp(words->string, "CreateCommand") == 0, variable = false;
    cJSON *word = NULL;

    cJSON_ArrayForEach(word, words)
    {
        bool next = creates && cJSON_IsString(word) && takes_variable(word->valuestring);

        if (cJSON_IsString(word)) {
            mask_known(v, word);
            if (creates)
                mask_joined(word);
            if (variable)
                mask_variable(word, false);
        }
        variable = next;
    }
}

static void mask(const struct values *v, cJSON *value)
{
    cJSON *m = NULL;

    if (is_command(value)) {
        mask_command(v, value);
        return;
    }
    cJSON_ArrayForEach(m, value)
    {
        if (is_environment(value) && cJSON_IsString(m))
            mask_variable(m, cJSON_IsObject(value));
        mask(v, m);
    }
}

void mask_environment(cJSON *tree)
{
    struct values v = {0};

    collect(&v, tree);
    mask(&v, tree);
    mem_free(v.list);
    arena_release(&v.arena);
}
