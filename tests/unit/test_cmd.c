/* test_cmd.c - the command table: exact words of each row, and what can never become a word. */
#include "core/exec/cmd_table.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

static const struct program programs[ENGINE_COUNT] = {
    {.kind = ENGINE_APPLE, .path = "/opt/a/container"},
    {.kind = ENGINE_DOCKER, .path = "/opt/d/docker"},
    {.kind = ENGINE_PODMAN, .path = "/p"}};

static struct valid_id ids[CMD_IDS_MAX + 1];
static struct valid_host host;
static struct valid_user user;
static struct valid_domain domain;

static void make(void)
{
    char name[32];

    for (size_t i = 0; i < countof(ids); i++) {
        int n = snprintf(name, sizeof name, "id%zu", i + 1);

        assert_int_equal(valid_id(name, (size_t)n, &ids[i], NULL), RC_OK);
    }
    assert_int_equal(valid_host("r.io:5000", 9, &host, NULL), RC_OK);
    assert_int_equal(valid_user("al ice", 6, &user, NULL), RC_OK);
    assert_int_equal(valid_domain("dev.local", 9, &domain, NULL), RC_OK);
}

#define E_A ENGINE_APPLE
#define E_D ENGINE_DOCKER
#define E_P ENGINE_PODMAN

/* What a person would read in engines.md 2.1, 3 and 4. The holes are filled with ids id1, id2,
 * 10 seconds, 200 lines, the host, the user and the domain above. */
struct expected {
    enum engine_kind kind;
    enum op op;
    char holes; /* i one id, I several, s seconds + id, l lines + id, t the same with
                   stamps, T with stamps and since a moment, h host, u user + host, d,
                   x an id and what is run in it, X with a shell */
    int limit_s;
    const char *text;
};
/* clang-format off */
#define FIND " exec id1 sh -c 'command -v bash || command -v ash || command -v sh'"
static const struct expected expected[] = {
    {E_A, OP_SHELL_FIND, 'x', 15, "/opt/a/container" FIND},
    {E_A, OP_SHELL, 'X', 0, "/opt/a/container exec --interactive --tty id1 ash"},
    {E_D, OP_SHELL_FIND, 'x', 15, "/opt/d/docker" FIND},
    {E_D, OP_SHELL, 'X', 0, "/opt/d/docker exec -it id1 ash"},
    {E_P, OP_SHELL_FIND, 'x', 15, "/p" FIND},
    {E_P, OP_SHELL, 'X', 0, "/p exec -it id1 ash"},
    {E_A, OP_LIST, 0, 15, "/opt/a/container list --all --format json"},
    {E_A, OP_INSPECT, 'I', 15, "/opt/a/container inspect id1 id2"},
    {E_A, OP_START, 'i', 60, "/opt/a/container start id1"},
    {E_A, OP_STOP, 's', 30, "/opt/a/container stop --time 10 id1"},
    {E_A, OP_KILL, 'i', 30, "/opt/a/container kill --signal KILL id1"},
    {E_A, OP_REMOVE, 'i', 30, "/opt/a/container delete id1"},
    {E_A, OP_REMOVE_FORCE, 'i', 30, "/opt/a/container delete --force id1"},
    {E_A, OP_LOGS, 'l', 30, "/opt/a/container logs -n 200 id1"},
    {E_A, OP_LOGS_FOLLOW, 'l', 0, "/opt/a/container logs --follow -n 200 id1"},
    {E_A, OP_STATS, 'I', 20, "/opt/a/container stats --no-stream --format json id1 id2"},
    {E_A, OP_STATS, 0, 20, "/opt/a/container stats --no-stream --format json"},
    {E_A, OP_STATUS, 0, 15, "/opt/a/container system status --format json"},
    {E_A, OP_VERSION, 0, 15, "/opt/a/container system version --format json"},
    {E_A, OP_VERSION_FLAG, 0, 15, "/opt/a/container --version"},
    {E_A, OP_SERVICE_START, 0, 900, "/opt/a/container system start --enable-kernel-install"},
    {E_A, OP_SERVICE_STOP, 0, 60, "/opt/a/container system stop"},
    {E_A, OP_IMAGES, 0, 15, "/opt/a/container image list --format json"},
    {E_A, OP_PRUNE, 0, 120, "/opt/a/container prune"},
    {E_A, OP_LOGIN, 'u', 60,
     "/opt/a/container registry login '--username=al ice' --password-stdin r.io:5000"},
    {E_A, OP_LOGOUT, 'h', 15, "/opt/a/container registry logout r.io:5000"},
    {E_A, OP_LOGINS, 0, 15, "/opt/a/container registry list --format json"},
    {E_A, OP_DNS_LIST, 0, 15, "/opt/a/container system dns list --format json"},
    {E_A, OP_DNS_CREATE, 'd', 30, "/opt/a/container system dns create dev.local"},
    {E_A, OP_DNS_DELETE, 'd', 30, "/opt/a/container system dns delete dev.local"},
    {E_D, OP_LIST, 0, 15, "/opt/d/docker ps --all --no-trunc --format json"},
    {E_D, OP_LIST_OLD, 0, 15, "/opt/d/docker ps --all --no-trunc --format '{{json .}}'"},
    {E_D, OP_INSPECT, 'I', 15, "/opt/d/docker inspect --type container id1 id2"},
    {E_D, OP_START, 'i', 60, "/opt/d/docker start id1"},
    {E_D, OP_STOP, 's', 30, "/opt/d/docker stop -t 10 id1"},
    {E_D, OP_RESTART, 's', 30, "/opt/d/docker restart -t 10 id1"},
    {E_D, OP_KILL, 'i', 30, "/opt/d/docker kill -s KILL id1"},
    {E_D, OP_PAUSE, 'i', 30, "/opt/d/docker pause id1"},
    {E_D, OP_UNPAUSE, 'i', 30, "/opt/d/docker unpause id1"},
    {E_D, OP_REMOVE, 'i', 30, "/opt/d/docker rm id1"},
    {E_D, OP_REMOVE_FORCE, 'i', 30, "/opt/d/docker rm -f id1"},
    {E_D, OP_LOGS, 'l', 30, "/opt/d/docker logs --tail 200 id1"},
    {E_D, OP_LOGS_FOLLOW, 'l', 0, "/opt/d/docker logs --tail 200 --follow id1"},
    {E_D, OP_LOGS_FOLLOW, 't', 0, "/opt/d/docker logs --tail 200 --timestamps --follow id1"},
    {E_D, OP_STATS, 'I', 20, "/opt/d/docker stats --no-stream --no-trunc --format json id1 id2"},
    {E_D, OP_EVENTS, 0, 0, "/opt/d/docker events --filter type=container --format '{{json .}}'"},
    {E_D, OP_VERSION, 0, 15, "/opt/d/docker version --format '{{json .}}'"},
    {E_D, OP_VERSION_FLAG, 0, 15, "/opt/d/docker --version"},
    {E_D, OP_SERVICE_START, 0, 90, "/opt/d/docker desktop start"},
    {E_D, OP_SERVICE_STOP, 0, 60, "/opt/d/docker desktop stop"},
    {E_D, OP_STATUS, 0, 15, "/opt/d/docker desktop status --format json"},
    {E_D, OP_CONTEXTS, 0, 15, "/opt/d/docker context ls --format json"},
    {E_D, OP_IMAGES, 0, 15, "/opt/d/docker images --no-trunc --format json"},
    {E_D, OP_PRUNE, 0, 120, "/opt/d/docker container prune -f"},
    {E_D, OP_LOGIN, 'u', 60, "/opt/d/docker login '--username=al ice' --password-stdin r.io:5000"},
    {E_D, OP_LOGOUT, 'h', 15, "/opt/d/docker logout r.io:5000"},
    {E_P, OP_LIST, 0, 15, "/p ps --all --format json"},
    {E_P, OP_INSPECT, 'I', 15, "/p inspect --type container id1 id2"},
    {E_P, OP_START, 'i', 60, "/p start id1"},
    {E_P, OP_STOP, 's', 30, "/p stop -t 10 id1"},
    {E_P, OP_RESTART, 's', 30, "/p restart -t 10 id1"},
    {E_P, OP_KILL, 'i', 30, "/p kill -s KILL id1"},
    {E_P, OP_PAUSE, 'i', 30, "/p pause id1"},
    {E_P, OP_UNPAUSE, 'i', 30, "/p unpause id1"},
    {E_P, OP_REMOVE, 'i', 30, "/p rm id1"},
    {E_P, OP_REMOVE_FORCE, 'i', 30, "/p rm -f -t 0 id1"},
    {E_P, OP_LOGS, 'l', 30, "/p logs --tail 200 id1"},
    {E_P, OP_LOGS_FOLLOW, 'l', 0, "/p logs --tail 200 --follow id1"},
    {E_P, OP_LOGS_FOLLOW, 'T', 0,
     "/p logs --since 2026-11-26T14:19:53.370003247Z --timestamps --follow id1"},
    {E_P, OP_LOGS_FOLLOW, 't', 0, "/p logs --tail 200 --timestamps --follow id1"},
    {E_P, OP_STATS, 'I', 20, "/p stats --no-stream --format json id1 id2"},
    {E_P, OP_EVENTS, 0, 0, "/p events --format json"},
    {E_P, OP_STATUS, 0, 15, "/p machine list --format json"},
    {E_P, OP_VERSION, 0, 15, "/p version --format json"},
    {E_P, OP_VERSION_FLAG, 0, 15, "/p --version"},
    {E_P, OP_SERVICE_START, 0, 90, "/p machine start"},
    {E_P, OP_SERVICE_STOP, 0, 60, "/p machine stop"},
    {E_P, OP_CONTEXTS, 0, 15, "/p system connection list --format json"},
    {E_P, OP_IMAGES, 0, 15, "/p images --format json"},
    {E_P, OP_PRUNE, 0, 120, "/p container prune -f"},
    {E_P, OP_LOGIN, 'u', 60, "/p login '--username=al ice' --password-stdin r.io:5000"},
    {E_P, OP_LOGOUT, 'h', 15, "/p logout r.io:5000"},
};
/* clang-format on */

static const struct expected *expected_row(enum engine_kind kind, enum op op)
{
    for (size_t i = 0; i < countof(expected); i++) {
        if (expected[i].kind == kind && expected[i].op == op)
            return &expected[i];
    }
    return NULL;
}

static struct cmd_args args_for(char holes)
{
    struct cmd_args a = {0};

    if (holes != '\0' && strchr("iIsltTxX", holes) != NULL) {
        a.ids = ids;
        a.id_count = holes == 'I' ? 2 : 1;
    }
    if (holes == 's')
        a.seconds = 10;
    if (holes == 'l' || holes == 't')
        a.lines = 200;
    a.stamps = holes == 't' || holes == 'T';
    if (holes == 'T')
        a.since_ns = INT64_C(1795702793370003247);
    if (holes == 'X')
        a.shell = SHELL_ASH;
    if (holes == 'd')
        a.domain = &domain;
    if (holes == 'u' || holes == 'h')
        a.host = &host;
    if (holes == 'u') {
        a.user = &user;
        a.secret = "pw";
        a.secret_len = 2;
    }
    return a;
}

TEST(cmd_rows_are_what_engines_md_says)
{
    char text[512];

    make();
    for (size_t i = 0; i < countof(expected); i++) {
        const struct expected *e = &expected[i];
        struct cmd_args args = args_for(e->holes);
        struct cmd_call call;

        assert_int_equal(cmd_call_init(&call, &programs[e->kind], e->op, &args, NULL), RC_OK);
        cmd_call_text(&call, text, sizeof text);
        assert_string_equal(text, e->text);
        assert_int_equal(call.timeout_ms, e->limit_s * 1000);
        assert_ptr_equal(call.argv[0], call.program);
    }
}

TEST(cmd_has_these_rows_and_no_other)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        for (int op = 0; op < OP_COUNT; op++)
            assert_int_equal(cmd_has((enum engine_kind)kind, (enum op)op),
                             expected_row((enum engine_kind)kind, (enum op)op) != NULL);
    }
}

TEST(cmd_marks_streams_detached_elevated_and_secret_rows)
{
    make();
    for (size_t i = 0; i < countof(expected); i++) {
        const struct expected *e = &expected[i];
        struct cmd_args args = args_for(e->holes);
        struct cmd_call call;

        assert_int_equal(cmd_call_init(&call, &programs[e->kind], e->op, &args, NULL), RC_OK);
        assert_int_equal(call.stream, e->op == OP_EVENTS || e->op == OP_LOGS_FOLLOW);
        assert_int_equal(call.detaches, e->op == OP_SERVICE_START);
        assert_int_equal(call.elevated, e->op == OP_DNS_CREATE || e->op == OP_DNS_DELETE);
        assert_int_equal(call.stdin_bytes != NULL, e->op == OP_LOGIN);
        assert_int_equal(call.terminal, e->op == OP_SHELL);
        assert_true(!call.stays && call.host == HOST_NONE);
        assert_int_equal(call.output_max, call.stream ? CMD_LINE_MAX : CMD_OUTPUT_MAX);
    }
}

static unsigned long draw(unsigned long *seed)
{
    *seed = *seed * 6364136223846793005UL + 1442695040888963407UL;
    return *seed >> 33;
}

/* A name that uses all that a valid id may have, of any length. */
static void random_id(unsigned long *seed, struct valid_id *out)
{
    static const char first[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    static const char next[] = "abzABZ019_.-_.-";
    char text[VALID_ID_MAX];
    size_t len = 1 + draw(seed) % VALID_ID_MAX;

    text[0] = first[draw(seed) % (sizeof first - 1)];
    for (size_t i = 1; i < len; i++)
        text[i] = next[draw(seed) % (sizeof next - 1)];
    assert_int_equal(valid_id(text, len, out, NULL), RC_OK);
}

static void check_word(const char *word)
{
    assert_true(word[0] != '\0');
    for (; *word != '\0'; word++)
        assert_true((unsigned char)*word >= 0x20 && *word != 0x7f);
}

/* Words of an exec stand behind the id: they are the container's. */
static size_t behind_ids(const struct expected *e)
{
    return e->holes == 'x' ? 3 : e->holes == 'X' ? 1 : 0;
}

/* Nothing that came from outside starts with a dash, nothing of the engine's comes behind the ids,
 * and what is in front of them does not depend on them. */
TEST(cmd_ids_come_last_and_are_never_options)
{
    static struct valid_id drawn[CMD_IDS_MAX];
    unsigned long seed = 3;

    make();
    for (int round = 0; round < 40; round++) {
        size_t many = 1 + draw(&seed) % CMD_IDS_MAX;

        for (size_t i = 0; i < many; i++)
            random_id(&seed, &drawn[i]);
        for (size_t i = 0; i < countof(expected); i++) {
            const struct expected *e = &expected[i];
            struct cmd_args args = args_for(e->holes);
            struct cmd_call call;
            size_t argc = 0;

            if (args.id_count > 0)
                args.ids = drawn;
            if (args.id_count > 1)
                args.id_count = many;
            args.seconds = args.seconds != 0 ? (unsigned)(draw(&seed) % 3601) : 0;
            args.lines = args.lines != 0 ? (unsigned)(draw(&seed) % 100001) : 0;
            assert_int_equal(cmd_call_init(&call, &programs[e->kind], e->op, &args, NULL), RC_OK);
            while (call.argv[argc] != NULL)
                check_word(call.argv[argc++]);
            assert_true(argc > args.id_count);
            for (size_t k = 0; k < args.id_count; k++)
                assert_string_equal(call.argv[argc - behind_ids(e) - args.id_count + k],
                                    drawn[k].text);
        }
    }
}

TEST(cmd_hostile_ids_are_refused_by_their_type)
{
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = {{"", 0},       {"-a", 2},       {"--all", 5}, {"a/b", 3},   {"a b", 3}, {"web\n", 4},
               {"web\0x", 5}, {"../x", 4},     {"a;b", 3},   {"$(id)", 5}, {"a=b", 3}, {".x", 2},
               {"_x", 2},     {"\xc3\xa9", 2}, {"a\x7f", 2}, {"{{.}}", 5}};
    struct valid_id id;

    for (size_t i = 0; i < countof(bad); i++)
        assert_int_equal(valid_id(bad[i].bytes, bad[i].len, &id, NULL), RC_DENIED);
}

TEST(cmd_takes_a_full_set_of_ids)
{
    struct cmd_args args = {.ids = ids, .id_count = CMD_IDS_MAX};
    struct cmd_call call;

    make();
    assert_int_equal(cmd_call_init(&call, &programs[E_P], OP_INSPECT, &args, NULL), RC_OK);
    assert_string_equal(call.argv[3 + CMD_IDS_MAX], "id64");
    assert_null(call.argv[4 + CMD_IDS_MAX]);
}

TEST(cmd_refuses_numbers_out_of_range)
{
    struct cmd_args args = {.ids = ids, .id_count = 1};
    struct cmd_call call;
    struct fault why = {0};

    make();
    args.seconds = 3600;
    assert_int_equal(cmd_call_init(&call, &programs[E_D], OP_STOP, &args, &why), RC_OK);
    assert_int_equal(call.timeout_ms, 3620 * 1000);
    args.seconds = 3601;
    assert_int_equal(cmd_call_init(&call, &programs[E_D], OP_STOP, &args, &why), RC_DENIED);
    assert_true(why.text[0] != '\0');
    args.seconds = 0;
    assert_int_equal(cmd_call_init(&call, &programs[E_D], OP_STOP, &args, &why), RC_OK);
    assert_string_equal(call.argv[3], "0");
    args.lines = 100000;
    assert_int_equal(cmd_call_init(&call, &programs[E_D], OP_LOGS, &args, &why), RC_OK);
    args.lines = 100001;
    assert_int_equal(cmd_call_init(&call, &programs[E_D], OP_LOGS, &args, &why), RC_DENIED);
}

TEST(cmd_refuses_an_empty_password)
{
    struct cmd_args args;
    struct cmd_call call;

    make();
    args = args_for('u');
    args.secret_len = 0;
    assert_int_equal(cmd_call_init(&call, &programs[E_A], OP_LOGIN, &args, NULL), RC_DENIED);
}

TEST(cmd_a_user_name_stays_one_word)
{
    struct cmd_args args;
    struct cmd_call call;
    struct valid_user dashed;

    make();
    args = args_for('u');
    assert_int_equal(valid_user("--get-login", 11, &dashed, NULL), RC_OK);
    args.user = &dashed;
    assert_int_equal(cmd_call_init(&call, &programs[E_P], OP_LOGIN, &args, NULL), RC_OK);
    assert_string_equal(call.argv[2], "--username=--get-login");
    assert_string_equal(call.argv[3], "--password-stdin");
}

TEST(cmd_text_never_shows_the_secret)
{
    struct cmd_args args;
    struct cmd_call call;
    char text[512];

    make();
    args = args_for('u');
    args.secret = "hunter2";
    args.secret_len = 7;
    assert_int_equal(cmd_call_init(&call, &programs[E_D], OP_LOGIN, &args, NULL), RC_OK);
    cmd_call_text(&call, text, sizeof text);
    assert_null(strstr(text, "hunter2"));
    assert_memory_equal(call.stdin_bytes, "hunter2", 7);
    assert_int_equal(call.stdin_len, 7);
}

TEST(cmd_text_quotes_for_a_shell_and_is_cut_to_size)
{
    static const struct program odd = {.kind = ENGINE_PODMAN, .path = "/o'dd $p/podman"};
    struct cmd_call call;
    char text[64], small[8];

    assert_int_equal(cmd_call_init(&call, &odd, OP_VERSION_FLAG, NULL, NULL), RC_OK);
    cmd_call_text(&call, text, sizeof text);
    assert_string_equal(text, "'/o'\\''dd $p/podman' --version");
    memset(small, 'x', sizeof small);
    cmd_call_text(&call, small, 5);
    assert_memory_equal(small, "'/o'\0xxx", 8);
    cmd_call_text(&call, small, 1);
    assert_int_equal(small[0], '\0');
}

TEST(cmd_words_of_engines_and_operations)
{
    enum engine_kind kind = ENGINE_APPLE;

    for (int i = 0; i < ENGINE_COUNT; i++) {
        assert_true(engine_from_word(engine_word((enum engine_kind)i), &kind));
        assert_int_equal(kind, i);
        assert_true(engine_title((enum engine_kind)i)[0] != '\0');
    }
    assert_false(engine_from_word("Docker", &kind));
    assert_false(engine_from_word("", &kind));
    for (int a = 0; a < OP_COUNT; a++) {
        assert_non_null(op_word((enum op)a));
        for (int b = 0; b < a; b++)
            assert_string_not_equal(op_word((enum op)a), op_word((enum op)b));
    }
}

TEST(cmd_no_row_but_two_may_become_roots)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        for (int op = 0; op < OP_COUNT; op++) {
            bool dns = kind == ENGINE_APPLE && (op == OP_DNS_CREATE || op == OP_DNS_DELETE);

            assert_int_equal((cmd_table[kind][op].flags & CMD_ELEVATED) != 0, dns);
        }
    }
}

SUITE(cmd, T(cmd_rows_are_what_engines_md_says), T(cmd_has_these_rows_and_no_other),
      T(cmd_marks_streams_detached_elevated_and_secret_rows),
      T(cmd_ids_come_last_and_are_never_options), T(cmd_hostile_ids_are_refused_by_their_type),
      T(cmd_takes_a_full_set_of_ids), T(cmd_refuses_numbers_out_of_range),
      T(cmd_refuses_an_empty_password), T(cmd_a_user_name_stays_one_word),
      T(cmd_text_never_shows_the_secret), T(cmd_text_quotes_for_a_shell_and_is_cut_to_size),
      T(cmd_words_of_engines_and_operations), T(cmd_no_row_but_two_may_become_roots))
