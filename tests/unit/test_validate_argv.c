/* test_validate_argv.c - validate.h: whatever is accepted keeps the rules, and comes out of an argv
 * as it went in.
 *
 * Made-up values: good ones, changed a few times at random places. The sequence is the same in each
 * run. Accepted ones travel, through rows of the command table where there is one, to a program
 * that prints its words one a line. */
#include "tests/unit/fake.h"
#include "tests/unit/valid_rules.h"
#include <spawn.h>

#define ROUNDS 6000
#define HELD 48

static const char *const seeds[WHAT_COUNT][3] = {
    [WHAT_ID] = {"web_1.x-y", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "A"},
    [WHAT_IMAGE] = {"ghcr.io/a/b:tag", "localhost:5000/a__b/c.d-e:V1.0-rc_2",
                    "a@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
    [WHAT_HOST] = {"registry-1.docker.io:443", "[2001:db8::1]:5000", "127.0.0.1"},
    [WHAT_DOMAIN] = {"dev.local", "a-b_c.d", "test"},
    [WHAT_URL] = {"https://example.com/a/b.html?x=1&y=%20z#top", "http://[::1]:8080/a?b=c#d",
                  "http://localhost/$(x)"},
    [WHAT_USER] = {"alice", "Zo\xc3\xab M. \xe6\x97\xa5", "$oauthtoken"},
};

static uint32_t roll(uint32_t *state) /* Knuth's linear congruential generator */
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* One change: a byte replaced, put in, or taken out. Half of the bytes are ones that matter. */
static size_t change(char *text, size_t len, size_t size, uint32_t *dice)
{
    static const char known[] = "-._:/@[]%$ \n'\"\\;~aZ0\xc3";
    uint32_t r = roll(dice);
    char c = r & 1 ? known[roll(dice) % (sizeof known - 1)] : (char)roll(dice);
    size_t at = roll(dice) % (len + 1);

    if (r % 3 == 0 && len + 1 < size) {
        memmove(text + at + 1, text + at, len - at);
        text[at] = c;
        return len + 1;
    }
    if (at == len)
        return len;
    if (r % 3 == 1) {
        memmove(text + at, text + at + 1, len - at - 1);
        return len - 1;
    }
    text[at] = c;
    return len;
}

/* The next accepted value, made from a seed. */
static void next_value(enum valid_what what, uint32_t *dice, union valid_any *out)
{
    char text[VALID_URL_MAX + 64];
    size_t len;

    for (;;) {
        const char *seed = seeds[what][roll(dice) % 3];

        len = strlen(seed);
        memcpy(text, seed, len);
        for (uint32_t n = roll(dice) % 5; n > 0; n--)
            len = change(text, len, sizeof text, dice);
        if (valid_rules_hold(what, text, len, out))
            return;
    }
}

TEST(valid_values_keep_the_rules)
{
    union valid_any value;
    uint32_t dice = 1;

    for (int what = 0; what < WHAT_COUNT; what++)
        for (int i = 0; i < ROUNDS; i++)
            next_value((enum valid_what)what, &dice, &value);
}

/* Runs the recorder argv[0] with these words, from nothing but posix_spawn(). */
static void record(char *const argv[], struct buf *out)
{
    posix_spawn_file_actions_t actions;
    int ends[2], status = 0;
    pid_t pid = 0;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(posix_spawn_file_actions_init(&actions), 0);
    assert_int_equal(posix_spawn_file_actions_adddup2(&actions, ends[1], 1), 0);
    assert_int_equal(posix_spawn(&pid, argv[0], &actions, NULL, argv, NULL), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    buf_init(out, (size_t)1 << 20);
    for (;;) {
        char bytes[4096];
        ssize_t n = read(ends[0], bytes, sizeof bytes);

        if (n <= 0)
            break;
        assert_int_equal(buf_add(out, bytes, (size_t)n), RC_OK);
    }
    close(ends[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

TEST(valid_values_come_out_of_an_argv_as_they_went_in)
{
    union valid_any held[HELD];
    char *argv[HELD + 2];
    struct program prog;
    struct fake f;
    uint32_t dice = 2;

    fake_open(&f, false);
    fake_program(&f, ENGINE_DOCKER, "argv", &prog);
    for (int what = 0; what < WHAT_COUNT; what++) {
        struct buf out, want;

        buf_init(&want, (size_t)1 << 20);
        argv[0] = prog.path;
        assert_int_equal(buf_print(&want, "%s\n", prog.path), RC_OK);
        for (size_t i = 0; i < HELD; i++) {
            next_value((enum valid_what)what, &dice, &held[i]);
            argv[i + 1] = held[i].text;
            assert_int_equal(buf_print(&want, "%s\n", held[i].text), RC_OK);
        }
        argv[HELD + 1] = NULL;
        record(argv, &out);
        assert_string_equal(buf_text(&out), buf_text(&want));
        buf_release(&out);
        buf_release(&want);
    }
    fake_close(&f);
}

/* The last words of a call, each on its line, as the recorder prints them. */
static void ends_with(const struct fake_ran *r, const char *words)
{
    const char *text = buf_text(&r->res.out);
    size_t len = strlen(words);

    assert_true(r->res.out.len > len);
    assert_string_equal(text + r->res.out.len - len, words);
}

static void run_row(const struct fake *f, enum engine_kind kind, enum op op,
                    const struct cmd_args *args, const char *words)
{
    struct program prog;
    struct cmd_call call;
    struct fake_ran r;

    fake_program(f, kind, "argv", &prog);
    assert_int_equal(cmd_call_init(&call, &prog, op, args, NULL), RC_OK);
    fake_run_call(f, &call, NULL, &r);
    assert_int_equal(r.rc, RC_OK);
    ends_with(&r, words);
    child_result_release(&r.res);
}

TEST(valid_values_come_out_of_a_row_as_they_went_in)
{
    struct fake f;
    uint32_t dice = 3;

    fake_open(&f, false);
    for (size_t i = 0; i < HELD / 2; i++) {
        union valid_any id, host, user, domain;
        char words[4096];

        next_value(WHAT_ID, &dice, &id);
        next_value(WHAT_HOST, &dice, &host);
        next_value(WHAT_USER, &dice, &user);
        next_value(WHAT_DOMAIN, &dice, &domain);
        snprintf(words, sizeof words, "\n%s\n", id.id.text);
        run_row(&f, ENGINE_PODMAN, OP_KILL, &(struct cmd_args){.ids = &id.id, .id_count = 1},
                words);
        snprintf(words, sizeof words, "\n--username=%s\n--password-stdin\n%s\n", user.user.text,
                 host.host.text);
        run_row(&f, ENGINE_DOCKER, OP_LOGIN,
                &(struct cmd_args){
                    .host = &host.host, .user = &user.user, .secret = "x", .secret_len = 1},
                words);
        snprintf(words, sizeof words, "\ncreate\n%s\n", domain.domain.text);
        run_row(&f, ENGINE_APPLE, OP_DNS_CREATE, &(struct cmd_args){.domain = &domain.domain},
                words);
    }
    fake_close(&f);
}

SUITE(validate_argv, T(valid_values_keep_the_rules),
      T(valid_values_come_out_of_an_argv_as_they_went_in),
      T(valid_values_come_out_of_a_row_as_they_went_in))
