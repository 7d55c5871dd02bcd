/* news.c - see news.h. Each text goes through text.h before it is put into a sentence, so the
 * sentences fit into a note; fit() cuts at a character all the same. */
#include "core/notify/news.h"
#include "core/base/text.h"
#include "core/notify/notify_words.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NAME_CHARS 47 /* fits into NEWS_NAME_MAX */
#define REASON_CHARS 240
#define LINE_CHARS 80 /* of a reason that is one of several */
#define LINE_NAMES 3  /* in one line of a summary; further ones are counted */

static const char *const kind_words[NOTE_KIND_COUNT] = {
    [NOTE_EXIT] = "exit",     [NOTE_UNHEALTHY] = "health", [NOTE_LOOP] = "loop",
    [NOTE_ENGINE] = "engine", [NOTE_FAILURE] = "action",   [NOTE_SUMMARY] = "summary",
};

void news_key(enum note_kind kind, enum engine_kind engine, const char *id, char out[NOTE_KEY_MAX])
{
    const char *word = kind_words[kind];

    if (kind == NOTE_SUMMARY)
        snprintf(out, NOTE_KEY_MAX, "%s", word);
    else if (kind == NOTE_ENGINE)
        snprintf(out, NOTE_KEY_MAX, "%s/%s", engine_word(engine), word);
    else
        snprintf(out, NOTE_KEY_MAX, "%s/%s/%s", engine_word(engine), id, word);
}

/* Copies, cut at the end of a character. */
static void fit(char *out, size_t size, const char *text)
{
    size_t len = strlen(text);

    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(out, text, len);
    out[len] = '\0';
}

void news_name(const char *name, char out[NEWS_NAME_MAX])
{
    struct arena a = {0};

    fit(out, NEWS_NAME_MAX, text_short(&a, name, NAME_CHARS));
    arena_release(&a);
}

static const char *number(struct arena *a, int64_t n)
{
    return arena_print(a, "%" PRId64, n);
}

static const char *title_of(struct arena *a, const struct news *one)
{
    switch (one->kind) {
    case NOTE_EXIT:
        return word_say(a, WORD_NOTE_EXIT_TITLE, one->name, NULL);
    case NOTE_UNHEALTHY:
        return word_say(a, WORD_NOTE_UNHEALTHY_TITLE, one->name, NULL);
    case NOTE_LOOP:
        return word_say(a, WORD_NOTE_LOOP_TITLE, one->name, NULL);
    case NOTE_ENGINE:
        if (one->state == ENGINE_RUNNING)
            return word_say(a, WORD_NOTE_BACK_TITLE, engine_title(one->engine), NULL);
        return notify_engine_sentence(a, one->engine, one->state);
    default:
        must_fail("a kind of news", __FILE__, __LINE__);
    }
}

static const char *body_of(struct arena *a, const struct news *one)
{
    const char *engine = engine_title(one->engine);

    switch (one->kind) {
    case NOTE_EXIT:
        return word_say(a, WORD_NOTE_EXIT_BODY, engine, number(a, one->number));
    case NOTE_UNHEALTHY:
        return word_say(a, WORD_NOTE_UNHEALTHY_BODY, engine, NULL);
    case NOTE_LOOP:
        return word_say_3(a, WORD_NOTE_LOOP_BODY, engine, number(a, NOTIFY_LOOP_ENDS),
                          number(a, NOTIFY_LOOP_S / 60));
    case NOTE_ENGINE:
        if (one->state == ENGINE_RUNNING)
            return word_count(a, WORD_STATUS_RUNNING_1, one->number);
        return word(WORD_NOTE_DOWN_BODY);
    default:
        must_fail("a kind of news", __FILE__, __LINE__);
    }
}

void news_note(const struct news *one, struct note *out)
{
    struct arena a = {0};

    *out = (struct note){.kind = one->kind, .engine = one->engine, .id = one->id};
    news_key(one->kind, one->engine, one->id.text, out->key);
    fit(out->title, sizeof out->title, title_of(&a, one));
    fit(out->body, sizeof out->body, body_of(&a, one));
    out->buttons = one->buttons;
    arena_release(&a);
}

/* "web, db, api and 2 more"; NULL if there is none of this kind. */
static const char *names_of(struct arena *a, const struct news *all, size_t count,
                            enum note_kind kind)
{
    const char *names = NULL;
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        if (all[i].kind != kind || found++ >= LINE_NAMES)
            continue;
        names = names == NULL ? all[i].name : word_say(a, WORD_NOTE_NAMES_JOIN, names, all[i].name);
    }
    if (found <= LINE_NAMES)
        return names;
    return word_say(a, WORD_NOTE_NAMES_MORE, names, number(a, (int64_t)(found - LINE_NAMES)));
}

static const char *add_line(struct arena *a, const char *body, const char *line)
{
    return body[0] == '\0' ? line : arena_print(a, "%s\n%s", body, line);
}

void news_summary(const struct news *all, size_t count, bool away, struct note *out)
{
    static const struct {
        enum note_kind kind;
        enum word line;
    } lines[] = {{NOTE_EXIT, WORD_NOTE_LINE_EXIT},
                 {NOTE_LOOP, WORD_NOTE_LINE_LOOP},
                 {NOTE_UNHEALTHY, WORD_NOTE_LINE_UNHEALTHY}};
    struct arena a = {0};
    const char *body = "";

    *out = (struct note){.kind = NOTE_SUMMARY};
    news_key(NOTE_SUMMARY, out->engine, "", out->key);
    for (size_t i = 0; i < count; i++) {
        if (all[i].kind == NOTE_ENGINE)
            body = add_line(&a, body, title_of(&a, &all[i]));
    }
    for (size_t i = 0; i < countof(lines); i++) {
        const char *names = names_of(&a, all, count, lines[i].kind);

        if (names != NULL)
            body = add_line(&a, body, word_say(&a, lines[i].line, names, NULL));
    }
    fit(out->title, sizeof out->title, word(away ? WORD_NOTE_AWAY_TITLE : WORD_NOTE_MANY_TITLE));
    fit(out->body, sizeof out->body, body);
    arena_release(&a);
}

void news_failure(enum engine_kind engine, enum op op, const struct valid_id *id, const char *name,
                  const char *why, struct note *out)
{
    struct arena a = {0};
    char shown[NEWS_NAME_MAX];

    MUST(notify_op_verb(op) != NULL);
    *out = (struct note){.kind = NOTE_FAILURE, .engine = engine, .id = *id};
    news_key(NOTE_FAILURE, engine, id->text, out->key);
    news_name(name, shown);
    fit(out->title, sizeof out->title,
        word_say(&a, WORD_NOTE_FAILURE_TITLE, notify_op_verb(op), shown));
    fit(out->body, sizeof out->body, text_short(&a, why, REASON_CHARS));
    arena_release(&a);
}

void news_failures(enum engine_kind engine, const struct notify_many *all, struct note *out)
{
    struct arena a = {0};
    const char *body = "", *what;

    MUST(all->named <= NOTIFY_MANY_NAMED && notify_op_verb(all->op) != NULL);
    *out = (struct note){.kind = NOTE_FAILURE, .engine = engine};
    news_key(NOTE_FAILURE, engine, "", out->key);
    what = word_say(&a, WORD_NOTE_SOME, number(&a, (int64_t)all->failed),
                    number(&a, (int64_t)all->total));
    for (size_t i = 0; i < all->named; i++) {
        char name[NEWS_NAME_MAX];

        news_name(all->names[i], name);
        body = add_line(&a, body,
                        word_say(&a, WORD_NOTE_LINE_FAILURE, name,
                                 text_short(&a, all->reasons[i], LINE_CHARS)));
    }
    if (all->failed > all->named)
        body = add_line(&a, body,
                        word_say(&a, WORD_NOTE_LINE_MORE,
                                 number(&a, (int64_t)(all->failed - all->named)), NULL));
    fit(out->title, sizeof out->title,
        word_say(&a, WORD_NOTE_FAILURE_TITLE, notify_op_verb(all->op), what));
    fit(out->body, sizeof out->body, body);
    arena_release(&a);
}
