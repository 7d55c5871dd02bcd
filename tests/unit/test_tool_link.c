/* test_tool_link.c - tool_link.h: on real folders and links. */
#include "core/base/file.h"
#include "core/desktop/tool_link.h"
#include "tests/unit/unit.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct world {
    char root[64], system[96], home[96], self[128], other[128], search[256];
    struct tool_link_where where;
    struct place place;
};

static const char *in(const char *folder, const char *name, char out[SYS_PATH_MAX])
{
    assert_true(snprintf(out, SYS_PATH_MAX, "%s/%s", folder, name) < SYS_PATH_MAX);
    return out;
}

static void make_file(const char *path, const char *text)
{
    assert_int_equal(file_replace(path, text, strlen(text), NULL), RC_OK);
}

/* <root>/app/container-kit is we, <root>/old/container-kit another copy. */
static void world_init(struct world *w)
{
    char name[] = "/tmp/ck-link-XXXXXX", path[SYS_PATH_MAX], *real = NULL;

    *w = (struct world){0};
    assert_non_null(mkdtemp(name));
    real = realpath(name, NULL);
    assert_non_null(real);
    assert_true(snprintf(w->root, sizeof w->root, "%.60s", real) < (int)sizeof w->root);
    free(real);
    snprintf(w->system, sizeof w->system, "%s/bin", w->root);
    snprintf(w->home, sizeof w->home, "%s/home", w->root);
    snprintf(w->self, sizeof w->self, "%s/app/container-kit", w->root);
    snprintf(w->other, sizeof w->other, "%s/old/container-kit", w->root);
    snprintf(w->search, sizeof w->search, "/bin:%s/bin/:/sbin", w->root);
    assert_int_equal(mkdir(w->system, 0700), 0);
    assert_int_equal(mkdir(w->home, 0700), 0);
    assert_int_equal(mkdir(in(w->root, "app", path), 0700), 0);
    assert_int_equal(mkdir(in(w->root, "old", path), 0700), 0);
    make_file(w->self, "we");
    make_file(w->other, "other");
    w->where = (struct tool_link_where){w->system, w->home, w->search, w->self};
    place_find(&(struct place_facts){w->self, w->home, "", false, false}, &w->place);
}

static void remove_all(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e = NULL;
    char path[SYS_PATH_MAX];

    assert_non_null(d);
    while ((e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (unlink(in(folder, e->d_name, path)) < 0)
            remove_all(path);
    }
    closedir(d);
    assert_int_equal(rmdir(folder), 0);
}

static void world_release(struct world *w)
{
    remove_all(w->root);
}

static size_t entries(const char *folder)
{
    DIR *d = opendir(folder);
    size_t n = 0;

    assert_non_null(d);
    while (readdir(d) != NULL)
        n++;
    closedir(d);
    return n - 2;
}

static struct tool_link look(const struct world *w)
{
    struct tool_link link;

    tool_link_read(&w->where, &link);
    return link;
}

TEST(tool_link_is_made_once_and_removed)
{
    struct world w;
    struct tool_link link;
    char path[SYS_PATH_MAX], *real = NULL;

    world_init(&w);
    link = look(&w);
    assert_int_equal(link.state, TOOL_LINK_NONE);
    assert_string_equal(link.path, in(w.system, "container-kit", path));
    for (int i = 0; i < 2; i++) {
        assert_int_equal(tool_link_install(&w.where, &w.place, &link, NULL), RC_OK);
        assert_int_equal(link.state, TOOL_LINK_CURRENT);
        assert_string_equal(link.target, w.self);
        assert_true(link.in_search);
        real = realpath(path, NULL);
        assert_non_null(real);
        assert_string_equal(real, w.self);
        free(real);
        assert_int_equal(entries(w.system), 1);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(tool_link_remove(&w.where, NULL), RC_OK);
        assert_int_equal(entries(w.system), 0);
    }
    world_release(&w);
}

TEST(tool_link_goes_to_the_home_folder_when_the_system_has_none)
{
    struct world w;
    struct tool_link link;
    char path[SYS_PATH_MAX], want[SYS_PATH_MAX];

    world_init(&w);
    w.where.system = in(w.root, "nowhere", path);
    assert_int_equal(tool_link_install(&w.where, &w.place, &link, NULL), RC_OK);
    assert_string_equal(link.path, in(w.home, ".local/bin/container-kit", want));
    assert_int_equal(link.state, TOOL_LINK_CURRENT);
    assert_false(link.in_search);
    assert_false(look(&w).in_search);
    w.where.system = w.self; /* a file */
    assert_int_equal(look(&w).state, TOOL_LINK_CURRENT);
    world_release(&w);
}

TEST(tool_link_without_any_folder_is_missing)
{
    struct world w;
    struct tool_link link;
    struct fault why;
    char path[SYS_PATH_MAX];

    world_init(&w);
    w.where.system = in(w.root, "nowhere", path);
    w.where.home = "";
    assert_int_equal(tool_link_install(&w.where, &w.place, &link, &why), RC_MISSING);
    assert_int_equal(tool_link_remove(&w.where, &why), RC_OK);
    world_release(&w);
}

TEST(tool_link_of_another_copy_is_led_here)
{
    struct world w;
    struct tool_link link;
    char path[SYS_PATH_MAX];

    world_init(&w);
    for (int gone = 0; gone < 2; gone++) {
        assert_int_equal(symlink(w.other, in(w.system, "container-kit", path)), 0);
        if (gone)
            assert_int_equal(unlink(w.other), 0);
        link = look(&w);
        assert_int_equal(link.state, TOOL_LINK_OLD);
        assert_string_equal(link.target, w.other);
        assert_int_equal(tool_link_install(&w.where, &w.place, &link, NULL), RC_OK);
        assert_int_equal(link.state, TOOL_LINK_CURRENT);
        assert_int_equal(entries(w.system), 1);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(symlink(w.other, path), 0);
    assert_int_equal(tool_link_remove(&w.where, NULL), RC_OK);
    assert_int_equal(entries(w.system), 0);
    world_release(&w);
}

TEST(tool_link_in_the_home_folder_counts_before_none)
{
    struct world w;
    char folder[SYS_PATH_MAX], path[SYS_PATH_MAX];

    world_init(&w);
    assert_int_equal(file_make_folder(in(w.home, ".local/bin", folder), NULL), RC_OK);
    assert_int_equal(symlink("../../../app/container-kit", in(folder, "container-kit", path)), 0);
    assert_int_equal(look(&w).state, TOOL_LINK_CURRENT);
    assert_string_equal(look(&w).path, path);
    assert_int_equal(tool_link_remove(&w.where, NULL), RC_OK);
    assert_int_equal(entries(folder), 0);
    world_release(&w);
}

/* `make` puts something of somebody else's at `path`. */
static void refuse(struct world *w, void (*make)(const struct world *w, const char *path))
{
    char path[SYS_PATH_MAX];
    struct tool_link link;
    struct fault why;
    struct stat before, after;

    make(w, in(w->system, "container-kit", path));
    assert_int_equal(lstat(path, &before), 0);
    assert_int_equal(look(w).state, TOOL_LINK_OTHER);
    assert_int_equal(tool_link_install(&w->where, &w->place, &link, &why), RC_DENIED);
    assert_int_equal(tool_link_remove(&w->where, &why), RC_DENIED);
    assert_int_equal(lstat(path, &after), 0);
    assert_true(before.st_ino == after.st_ino);
    assert_int_equal(entries(w->system), 1);
}

static void a_file(const struct world *w, const char *path)
{
    (void)w;
    make_file(path, "somebody's");
}

static void a_link_to_another_tool(const struct world *w, const char *path)
{
    (void)w;
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("/bin/sh", path), 0);
}

static void a_folder(const struct world *w, const char *path)
{
    (void)w;
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
}

TEST(tool_link_never_replaces_what_is_not_ours)
{
    struct world w;

    world_init(&w);
    refuse(&w, a_file);
    refuse(&w, a_link_to_another_tool);
    refuse(&w, a_folder);
    world_release(&w);
}

TEST(tool_link_leaves_the_program_itself_alone)
{
    struct world w;
    struct tool_link link;
    struct fault why;
    char self[SYS_PATH_MAX];

    world_init(&w);
    w.where.self = in(w.system, "container-kit", self);
    make_file(self, "we");
    assert_int_equal(look(&w).state, TOOL_LINK_CURRENT);
    assert_int_equal(tool_link_install(&w.where, &w.place, &link, &why), RC_OK);
    assert_int_equal(tool_link_remove(&w.where, &why), RC_DENIED);
    assert_int_equal(entries(w.system), 1);
    world_release(&w);
}

TEST(tool_link_is_refused_where_the_program_will_not_stay)
{
    struct world w;
    struct tool_link link;
    struct fault why;

    world_init(&w);
    place_find(&(struct place_facts){"/Volumes/X/ContainerKit.app/Contents/MacOS/container-kit", "",
                                     "com.ethercorps.container-kit", true, true},
               &w.place);
    assert_int_equal(tool_link_install(&w.where, &w.place, &link, &why), RC_DENIED);
    assert_string_equal(why.text, w.place.why);
    assert_int_equal(entries(w.system), 0);
    world_release(&w);
}

TEST(tool_link_finds_its_folder_in_the_search_path)
{
    static const struct {
        const char *format;
        bool in;
    } rows[] = {{"%s", true},       {"%s/", true},   {"/bin:%s", true}, {"%s:/bin", true},
                {"/bin::%s", true}, {"%s/x", false}, {"/x%s", false},   {"/bin", false},
                {"", false},        {"::", false}};
    struct world w;
    char search[256];

    world_init(&w);
    for (size_t i = 0; i < countof(rows); i++) {
        const char *at = strstr(rows[i].format, "%s");
        size_t before = at == NULL ? strlen(rows[i].format) : (size_t)(at - rows[i].format);

        snprintf(search, sizeof search, "%.*s%s%s", (int)before, rows[i].format,
                 at == NULL ? "" : w.system, at == NULL ? "" : at + 2);
        w.where.search = search;
        if (look(&w).in_search != rows[i].in)
            fail_msg("%s", search);
    }
    w.where.search = NULL;
    assert_false(look(&w).in_search);
    world_release(&w);
}

TEST(tool_link_is_told_as_a_sentence)
{
    struct tool_link link = {.path = "/b/container-kit", .target = "/old/container-kit"};
    char text[FAULT_TEXT_MAX];

    assert_string_equal(tool_link_text(&link, text), "not installed");
    link.state = TOOL_LINK_OTHER;
    assert_string_equal(tool_link_text(&link, text),
                        "/b/container-kit is not a link to Container Kit");
    link.state = TOOL_LINK_OLD;
    assert_string_equal(tool_link_text(&link, text),
                        "/b/container-kit leads to another copy: /old/container-kit");
    link.state = TOOL_LINK_CURRENT;
    assert_string_equal(tool_link_text(&link, text), "/b/container-kit; its folder is not in PATH");
    link.in_search = true;
    assert_string_equal(tool_link_text(&link, text), "/b/container-kit");
}

SUITE(tool_link, T(tool_link_is_made_once_and_removed),
      T(tool_link_goes_to_the_home_folder_when_the_system_has_none),
      T(tool_link_without_any_folder_is_missing), T(tool_link_of_another_copy_is_led_here),
      T(tool_link_in_the_home_folder_counts_before_none),
      T(tool_link_never_replaces_what_is_not_ours), T(tool_link_leaves_the_program_itself_alone),
      T(tool_link_is_refused_where_the_program_will_not_stay),
      T(tool_link_finds_its_folder_in_the_search_path), T(tool_link_is_told_as_a_sentence))
