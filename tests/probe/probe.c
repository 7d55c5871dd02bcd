/* probe.c - the program's own decisions on a file: for tests, fuzzing and comparing. Never shipped.
 *
 * `probe WORD --option VALUE ...`: one JSON value on standard output and exit status 0; or nothing
 * there, one line on standard error and exit status 1. It adds no logic of its own. */
#include "tests/probe/probe.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/engine/engine.h"
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OUT_MAX ((size_t)256 << 20) /* JSON of a full list is longer than what the engine wrote */

struct word {
    const char *name;
    probe_fn *run;
    const char *needs; /* letters of options: e(ngine) k(ind) f(ile) x(it) w(hat) */
};

static enum rc run_parse(const struct probe_words *w, const struct buf *in, struct buf *out,
                         struct fault *why)
{
    const struct engine_driver *drv = engine_driver(w->engine_kind);
    struct snapshot *s = snapshot_new(w->engine_kind);
    enum rc rc = RC_OK;

    if (strcmp(w->kind, "list") == 0)
        rc = drv->parse_list(buf_text(in), in->len, s, why);
    else if (strcmp(w->kind, "inspect") == 0)
        rc = drv->parse_inspect(buf_text(in), in->len, s, why);
    else
        rc = fault_set(why, RC_USAGE, "--kind is list or inspect");
    if (rc == RC_OK) {
        snapshot_seal(s);
        rc = snapshot_json(s, false, out);
        if (rc != RC_OK)
            fault_set(why, rc, "the output is too long");
    }
    snapshot_free(s);
    return rc;
}

static void text_or_null(struct buf *out, const char *name, const char *text)
{
    bool has = text[0] != '\0';

    MUST(buf_print(out, "\"%s\":", name) == RC_OK);
    MUST((has ? json_quote(out, text) : buf_text_add(out, "null")) == RC_OK);
}

static void add(struct buf *out, const char *text)
{
    MUST(buf_text_add(out, text) == RC_OK);
}

static enum rc run_status(const struct probe_words *w, const struct buf *in, struct buf *out,
                          struct fault *why)
{
    const struct engine_driver *drv = engine_driver(w->engine_kind);
    struct engine_status s;
    enum rc rc = RC_OK;

    if (drv->parse_status == NULL)
        return fault_set(why, RC_USAGE, "%s has no status", engine_title(w->engine_kind));
    rc = drv->parse_status(buf_text(in), in->len, &s, why);
    if (rc != RC_OK)
        return rc;
    add(out, s.running ? "{\"running\":true," : "{\"running\":false,");
    add(out, s.registered ? "\"registered\":true," : "\"registered\":false,");
    text_or_null(out, "api_version", s.api_version);
    add(out, ",");
    text_or_null(out, "app_root", s.app_root);
    add(out, ",");
    text_or_null(out, "install_root", s.install_root);
    add(out, "}");
    return RC_OK;
}

static enum rc run_version(const struct probe_words *w, const struct buf *in, struct buf *out,
                           struct fault *why)
{
    struct engine_version v;
    enum rc rc = engine_driver(w->engine_kind)->parse_version(buf_text(in), in->len, &v, why);

    if (rc != RC_OK)
        return rc;
    add(out, "{\"client\":");
    MUST(json_quote(out, v.client) == RC_OK);
    add(out, ",");
    text_or_null(out, "server", v.server);
    add(out, ",\"mismatch\":");
    add(out, !v.has_mismatch ? "null}" : v.mismatch ? "true}" : "false}");
    return RC_OK;
}

static void number(struct buf *out, const char *name, int64_t n)
{
    if (n == ENGINE_NO_STAT)
        MUST(buf_print(out, ",\"%s\":null", name) == RC_OK);
    else
        MUST(buf_print(out, ",\"%s\":%" PRId64, name, n) == RC_OK);
}

static void write_stat(struct buf *out, enum engine_kind kind, const struct engine_stat *row)
{
    add(out, "{\"id\":");
    MUST(json_quote(out, row->id) == RC_OK);
    if (kind == ENGINE_APPLE)
        number(out, "cpu_usec", row->cpu_usec);
    else if (isnan(row->cpu_percent))
        add(out, ",\"cpu_percent\":null");
    else
        MUST(buf_print(out, ",\"cpu_percent\":%.15g", row->cpu_percent) == RC_OK);
    number(out, "mem", row->mem);
    number(out, "mem_limit", row->mem_limit);
    number(out, "net_rx", row->net_rx);
    number(out, "net_tx", row->net_tx);
    number(out, "blk_read", row->blk_read);
    number(out, "blk_write", row->blk_write);
    number(out, "pids", row->pids);
    add(out, "}");
}

static enum rc run_stats(const struct probe_words *w, const struct buf *in, struct buf *out,
                         struct fault *why)
{
    struct engine_stat *list = NULL;
    size_t count = 0;
    enum rc rc =
        engine_driver(w->engine_kind)->parse_stats(buf_text(in), in->len, &list, &count, why);

    if (rc != RC_OK)
        return rc;
    add(out, "[");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            add(out, ",");
        write_stat(out, w->engine_kind, &list[i]);
    }
    add(out, "]");
    mem_free(list);
    return RC_OK;
}

static enum rc run_classify(const struct probe_words *w, const struct buf *in, struct buf *out,
                            struct fault *why)
{
    char *end = NULL;
    long code = strtol(w->exit_code, &end, 10);

    if (end == w->exit_code || *end != '\0' || code < -1 || code > 255)
        return fault_set(why, RC_USAGE, "--exit is a number from -1 to 255");
    return buf_print(
        out, "{\"class\":\"%s\"}",
        engine_error_word(
            engine_driver(w->engine_kind)->classify((int)code, buf_text(in), in->len)));
}

static enum rc run_valid(const struct probe_words *w, const struct buf *in, struct buf *out,
                         struct fault *why)
{
    struct valid_id id;
    struct valid_image image;
    struct valid_host host;
    struct valid_domain domain;
    struct valid_url url;

    (void)out;
    if (strcmp(w->what, "id") == 0)
        return valid_id(buf_text(in), in->len, &id, why);
    if (strcmp(w->what, "image") == 0)
        return valid_image(buf_text(in), in->len, &image, why);
    if (strcmp(w->what, "host") == 0)
        return valid_host(buf_text(in), in->len, &host, why);
    if (strcmp(w->what, "domain") == 0)
        return valid_domain(buf_text(in), in->len, &domain, why);
    if (strcmp(w->what, "url") == 0)
        return valid_url(buf_text(in), in->len, &url, why);
    return fault_set(why, RC_USAGE, "--what is id, image, host, domain or url");
}

static const struct word words[] = {
    {"parse", run_parse, "ekf"}, {"status", run_status, "ef"},      {"version", run_version, "ef"},
    {"stats", run_stats, "ef"},  {"classify", run_classify, "exf"}, {"valid", run_valid, "wf"},
    {"menu", probe_menu, "f"},
};

static enum rc read_options(int argc, char **argv, struct probe_words *w, struct fault *why)
{
    const struct option {
        const char *name;
        const char **value;
    } options[] = {
        {"--engine", &w->engine},  {"--kind", &w->kind}, {"--file", &w->file},
        {"--exit", &w->exit_code}, {"--what", &w->what}, {"--lang", &w->lang},
    };

    for (int i = 2; i < argc; i += 2) {
        size_t o = 0;

        while (o < countof(options) && strcmp(options[o].name, argv[i]) != 0)
            o++;
        if (o == countof(options))
            return fault_set(why, RC_USAGE, "no such option");
        if (i + 1 == argc)
            return fault_set(why, RC_USAGE, "%s wants a value", options[o].name);
        *options[o].value = argv[i + 1];
    }
    if (w->engine != NULL && !engine_from_word(w->engine, &w->engine_kind))
        return fault_set(why, RC_USAGE, "--engine is apple, docker or podman");
    return RC_OK;
}

static enum rc check_options(const struct word *word, const struct probe_words *w,
                             struct fault *why)
{
    const struct need {
        char letter;
        const char *name, *value;
    } needs[] = {
        {'e', "--engine", w->engine},  {'k', "--kind", w->kind}, {'f', "--file", w->file},
        {'x', "--exit", w->exit_code}, {'w', "--what", w->what},
    };

    for (size_t i = 0; i < countof(needs); i++) {
        if (strchr(word->needs, needs[i].letter) != NULL && needs[i].value == NULL)
            return fault_set(why, RC_USAGE, "%s wants %s", word->name, needs[i].name);
    }
    return RC_OK;
}

static enum rc run(int argc, char **argv, struct buf *in, struct buf *out, struct fault *why)
{
    struct probe_words w = {.engine_kind = ENGINE_PODMAN};
    enum rc rc = RC_OK;

    for (size_t i = 0; argc > 1 && i < countof(words); i++) {
        if (strcmp(words[i].name, argv[1]) != 0)
            continue;
        rc = read_options(argc, argv, &w, why);
        if (rc == RC_OK)
            rc = check_options(&words[i], &w, why);
        if (rc == RC_OK)
            rc = file_read(w.file, in, why);
        return rc == RC_OK ? words[i].run(&w, in, out, why) : rc;
    }
    return fault_set(
        why, RC_USAGE,
        "words are parse, status, version, stats, classify, valid and menu; of updates "
        "sig, tsig, ed25519, semver, manifest, signed-manifest and bind");
}

/* Exactly one line, whatever the reason holds. */
static void complain(const struct fault *why)
{
    char text[FAULT_TEXT_MAX];
    struct arena arena = {0};

    (void)fprintf(stderr, "probe: %s\n", text_safe(&arena, fault_text(why, text)));
    arena_release(&arena);
}

int main(int argc, char **argv)
{
    struct buf in, out;
    struct fault why = {0};
    enum rc rc = RC_OK;
    int status = 0;

    if (probe_update(argc, argv, &status))
        return status;
    buf_init(&in, CMD_OUTPUT_MAX);
    buf_init(&out, OUT_MAX);
    rc = run(argc, argv, &in, &out, &why);
    if (rc != RC_OK)
        complain(&why);
    else if (out.len > 0)
        rc = printf("%s%s", buf_text(&out), out.data[out.len - 1] == '\n' ? "" : "\n") < 0 ||
                     fflush(stdout) != 0
                 ? RC_IO
                 : RC_OK;
    buf_release(&in);
    buf_release(&out);
    return rc == RC_OK ? 0 : 1;
}
