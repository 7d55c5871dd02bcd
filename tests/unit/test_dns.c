/* test_dns.c - the list of domains as each release prints it, and what is told before anybody is
 * asked for a password. */
#include "core/engine/dns.h"
#include "tests/unit/fake_engine.h"

static const struct locate_fs dns_fs = {.lstat = fake_root_lstat};

/* We are root in it: the command is run as it is. */
static void open_as_root(struct fake *f)
{
    fake_open(f, ENGINE_APPLE);
    f->where.uid = 0;
    f->where.fs = &dns_fs;
    fake_put(f, "dns-list.out", "[\"test\",\"dev.local\"]\n");
}

static struct dns_change change_of(enum op op, const char *name)
{
    struct dns_change c = {.op = op};

    assert_int_equal(valid_domain(name, strlen(name), &c.name, NULL), RC_OK);
    return c;
}

static enum rc parse(const char *text, struct dns_list *out, struct fault *why)
{
    return dns_parse(text, strlen(text), out, why);
}

TEST(dns_list_is_sorted_and_has_none_twice)
{
    struct dns_list list;

    assert_int_equal(parse("[\"test\",\"dev.local\",\"Test\",\"b_2.x\"]", &list, NULL), RC_OK);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.names[0].text, "b_2.x");
    assert_string_equal(list.names[1].text, "dev.local");
    assert_int_equal(strcasecmp(list.names[2].text, "test"), 0);
    assert_int_equal(list.odd, 0);
    dns_list_release(&list);
    assert_int_equal(parse("[]", &list, NULL), RC_OK);
    assert_int_equal(list.count + list.odd, 0);
    dns_list_release(&list);
}

TEST(dns_list_keeps_no_name_that_could_not_be_a_word)
{
    struct dns_list list;

    assert_int_equal(
        parse("[\"ok\",\"\",\"-a\",\"a;id\",\"a\\u0000b\",7,null,[\"x\"],{}]", &list, NULL), RC_OK);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.names[0].text, "ok");
    assert_int_equal(list.odd, 8);
    dns_list_release(&list);
}

TEST(dns_list_that_is_none_is_told)
{
    static const char *const bad[] = {"", "{}", "\"a\"", "[\"a\"", "[\"a\"] x", "null", "test\n"};
    struct dns_list list;
    struct fault why;

    for (size_t i = 0; i < countof(bad); i++) {
        why = (struct fault){0};
        assert_int_equal(parse(bad[i], &list, &why), RC_PARSE);
        assert_true(why.text[0] != '\0' && list.names == NULL && list.count == 0);
    }
}

TEST(dns_list_has_a_limit)
{
    struct buf text;
    struct dns_list list;
    struct fault why;

    buf_init(&text, (size_t)1 << 20);
    assert_int_equal(buf_text_add(&text, "[\"a\""), RC_OK);
    for (int i = 1; i <= DNS_DOMAINS_MAX; i++)
        assert_int_equal(buf_print(&text, ",\"d%d\"", i), RC_OK);
    assert_int_equal(buf_text_add(&text, "]"), RC_OK);
    assert_int_equal(parse(buf_text(&text), &list, &why), RC_TOO_BIG);
    assert_null(list.names);
    buf_release(&text);
}

TEST(dns_read_asks_the_engine)
{
    struct fake f;
    struct dns_list list;
    struct fault why;

    open_as_root(&f);
    f.where.uid = getuid();
    assert_int_equal(dns_read(f.spawner, &f.where, NULL, &list, NULL), RC_OK);
    assert_int_equal(list.count, 2);
    dns_list_release(&list);
    fake_put(&f, "dns-list.exit", "1");
    fake_put(&f, "dns-list.err", "Error: no such folder\n");
    assert_int_equal(dns_read(f.spawner, &f.where, NULL, &list, &why), RC_FAILED);
    assert_string_equal(why.text, "Error: no such folder");
    assert_null(list.names);
    fake_close(&f);
}

TEST(dns_asks_for_no_password_in_vain)
{
    struct fake f;
    struct fault why;
    struct dns_change c;

    open_as_root(&f);
    c = change_of(OP_DNS_CREATE, "TEST");
    assert_int_equal(dns_do(f.spawner, &f.where, NULL, &c, &why), RC_DENIED);
    assert_string_equal(why.text, "the domain TEST is there already");
    c = change_of(OP_DNS_DELETE, "other");
    assert_int_equal(dns_do(f.spawner, &f.where, NULL, &c, &why), RC_DENIED);
    assert_string_equal(why.text, "there is no domain other");
    assert_string_equal(c.sudo, "");
    assert_int_equal(fake_calls(&f, "+", " dns create") + fake_calls(&f, "+", " dns delete"), 0);
    fake_close(&f);
}

TEST(dns_adds_and_removes)
{
    struct fake f;
    struct dns_change c = {0};

    open_as_root(&f);
    c = change_of(OP_DNS_CREATE, "new.example");
    assert_int_equal(dns_do(f.spawner, &f.where, NULL, &c, NULL), RC_OK);
    assert_int_equal(c.end, ELEVATE_DONE);
    assert_int_equal(fake_calls(&f, "-", " system dns create new.example"), 1);
    c = change_of(OP_DNS_DELETE, "test");
    assert_int_equal(dns_do(f.spawner, &f.where, NULL, &c, NULL), RC_OK);
    assert_int_equal(fake_calls(&f, "-", " system dns delete test"), 1);
    fake_close(&f);
}

/* A list that cannot be read keeps nobody from trying. Here the folder is an ordinary user's, so
 * nobody is asked, and there is a line to type. */
TEST(dns_gives_the_line_for_a_terminal)
{
    struct fake f;
    struct fault why;
    struct dns_change c = change_of(OP_DNS_CREATE, "new.example");

    open_as_root(&f);
    f.where.fs = &fake_fs;
    f.where.uid = getuid() != 0 ? getuid() : 501;
    assert_true(getuid() != 0 || chown(f.folder, 501, 501) == 0);
    fake_put(&f, "dns-list.out", "garbage");
    assert_int_equal(dns_do(f.spawner, &f.where, NULL, &c, &why), RC_DENIED);
    assert_int_equal(c.end, ELEVATE_REFUSED);
    assert_int_equal(strncmp(c.sudo, "sudo /", 6), 0);
    assert_non_null(strstr(c.sudo, "/container system dns create new.example"));
    assert_int_equal(fake_calls(&f, "+", " dns create"), 0);
    fake_close(&f);
}

SUITE(dns, T(dns_list_is_sorted_and_has_none_twice),
      T(dns_list_keeps_no_name_that_could_not_be_a_word), T(dns_list_that_is_none_is_told),
      T(dns_list_has_a_limit), T(dns_read_asks_the_engine), T(dns_asks_for_no_password_in_vain),
      T(dns_adds_and_removes), T(dns_gives_the_line_for_a_terminal))
