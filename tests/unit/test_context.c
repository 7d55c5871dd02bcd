/* Where an engine is asked: what is chosen goes in front of every row, and what engines know is
 * read. */
#include "core/engine/context_list.h"
#include "core/exec/cmd_table.h"
#include "tests/unit/fake_engine.h"

static void set(struct program *p, const char *name)
{
    assert_int_equal(valid_id(name, strlen(name), &p->context, NULL), RC_OK);
}

/* What a call of this row says. */
static const char *words(struct arena *a, const struct program *p, enum op op)
{
    struct cmd_call call;
    char text[512];

    assert_int_equal(cmd_call_init(&call, p, op, NULL, NULL), RC_OK);
    cmd_call_text(&call, text, sizeof text);
    return arena_str(a, text);
}

TEST(context_goes_in_front_of_a_row)
{
    struct program docker = {.kind = ENGINE_DOCKER, .path = "/d"};
    struct program podman = {.kind = ENGINE_PODMAN, .path = "/p"};
    struct arena a = {0};

    set(&docker, "build-server");
    set(&podman, "vm_1.x");
    assert_string_equal(words(&a, &docker, OP_LIST),
                        "/d --context build-server ps --all --no-trunc --format json");
    assert_string_equal(words(&a, &podman, OP_EVENTS),
                        "/p --connection vm_1.x events --format json");
    arena_release(&a);
}

/* Only the question which ones there are is asked nowhere: the chosen one may be gone. */
TEST(context_is_in_every_row_but_one)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        for (int op = 0; op < OP_COUNT; op++) {
            const struct cmd_row *row = &cmd_table[kind][op];

            if (row->words[0] != NULL)
                assert_int_equal((row->flags & CMD_ANYWHERE) != 0, op == OP_CONTEXTS);
        }
        assert_int_equal(context_has((enum engine_kind)kind), kind != ENGINE_APPLE);
        assert_int_equal(cmd_context_option[kind] != NULL, context_has((enum engine_kind)kind));
    }
}

TEST(context_that_was_chosen_comes_with_the_program)
{
    struct contexts *chosen = contexts_new();
    struct program prog;
    struct valid_id got;
    struct fake f;

    fake_open(&f, ENGINE_DOCKER);
    f.where.contexts = chosen;
    contexts_set(chosen, ENGINE_APPLE, "nothing"); /* it has none */
    contexts_get(chosen, ENGINE_APPLE, &got);
    assert_string_equal(got.text, "");
    contexts_set(chosen, ENGINE_DOCKER, "far");
    assert_int_equal(locate_program(&f.where, ENGINE_DOCKER, &prog, NULL), RC_OK);
    assert_string_equal(prog.context.text, "far");
    contexts_set(chosen, ENGINE_DOCKER, "");
    assert_int_equal(locate_program(&f.where, ENGINE_DOCKER, &prog, NULL), RC_OK);
    assert_string_equal(prog.context.text, "");
    f.where.contexts = NULL;
    assert_int_equal(locate_program(&f.where, ENGINE_DOCKER, &prog, NULL), RC_OK);
    contexts_free(chosen);
    fake_close(&f);
}

static void parse(enum engine_kind kind, const char *text, struct context_list *out)
{
    assert_int_equal(context_list_parse(kind, text, strlen(text), out, NULL), RC_OK);
}

TEST(context_list_reads_docker)
{
    struct context_list list;

    parse(ENGINE_DOCKER,
          "{\"Name\":\"default\",\"Current\":true,\"DockerEndpoint\":\"unix:///x\"}\n"
          "{\"Name\":\"build-server\",\"Current\":false,\"DockerEndpoint\":\"ssh://b\"}\n"
          "{\"Name\":\"-odd\"}\n\n",
          &list);
    assert_int_equal(list.count, 2);
    assert_string_equal(list.names[0].text, "default");
    assert_string_equal(list.names[1].text, "build-server");
    context_list_release(&list);
    parse(ENGINE_DOCKER, "", &list);
    assert_int_equal(list.count, 0);
    context_list_release(&list);
}

TEST(context_list_reads_podman)
{
    struct context_list list;

    parse(ENGINE_PODMAN,
          "[{\"Name\":\"vm\",\"URI\":\"ssh://core@localhost:1/run\",\"Default\":true},"
          "{\"Name\":\"a b\"},{\"Name\":null}]",
          &list);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.names[0].text, "vm");
    context_list_release(&list);
}

TEST(context_list_refuses_what_is_none)
{
    struct context_list list;

    assert_int_equal(context_list_parse(ENGINE_DOCKER, "NAME  *", 7, &list, NULL), RC_PARSE);
    assert_null(list.names);
    assert_int_equal(context_list_parse(ENGINE_PODMAN, "{}", 2, &list, NULL), RC_PARSE);
    assert_null(list.names);
}

TEST(context_list_is_bounded)
{
    struct context_list list;
    struct buf text;

    buf_init(&text, (size_t)1 << 20);
    for (int i = 0; i < CONTEXT_LIST_MAX + 5; i++)
        assert_int_equal(buf_print(&text, "{\"Name\":\"c%d\"}\n", i), RC_OK);
    parse(ENGINE_DOCKER, buf_text(&text), &list);
    assert_int_equal(list.count, CONTEXT_LIST_MAX);
    context_list_release(&list);
    buf_release(&text);
}

SUITE(context, T(context_goes_in_front_of_a_row), T(context_is_in_every_row_but_one),
      T(context_that_was_chosen_comes_with_the_program), T(context_list_reads_docker),
      T(context_list_reads_podman), T(context_list_refuses_what_is_none),
      T(context_list_is_bounded))
