/* test_locate.c - which executable is trusted, on the modes and links of a real Mac and a Linux. */
#include "core/engine/locate.h"
#include "tests/unit/unit.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ME 501
#define STAFF 20
#define ADMIN 80

/* One entry of a file system that is a table: a folder, a file, or a link. */
struct entry {
    const char *path;
    mode_t mode;
    uid_t uid;
    gid_t gid;
    const char *link;
};

#define DIR_OF(path, mode, uid, gid)                                                               \
    {                                                                                              \
        path, S_IFDIR | (mode), uid, gid, NULL                                                     \
    }
#define FILE_OF(path, mode, uid, gid)                                                              \
    {                                                                                              \
        path, S_IFREG | (mode), uid, gid, NULL                                                     \
    }
#define LINK_OF(path, uid, gid, to)                                                                \
    {                                                                                              \
        path, S_IFLNK | 0777, uid, gid, to                                                         \
    }

static const struct entry *world; /* of the running test */
static size_t world_count;

static const struct entry *find(const char *path)
{
    for (size_t i = 0; i < world_count; i++)
        if (strcmp(world[i].path, path) == 0)
            return &world[i];
    errno = ENOENT;
    return NULL;
}

static int table_lstat(const char *path, struct stat *st)
{
    const struct entry *e = find(path);

    if (e == NULL)
        return -1;
    memset(st, 0, sizeof *st);
    st->st_mode = e->mode;
    st->st_uid = e->uid;
    st->st_gid = e->gid;
    return 0;
}

static ssize_t table_readlink(const char *path, char *out, size_t size)
{
    const struct entry *e = find(path);
    size_t len = 0;

    if (e == NULL || e->link == NULL)
        return -1;
    len = strlen(e->link) < size ? strlen(e->link) : size;
    memcpy(out, e->link, len);
    return (ssize_t)len;
}

static const struct locate_fs table_fs = {table_lstat, table_readlink};

static struct locate_where where_of(bool mac, const struct entry *entries, size_t count)
{
    world = entries;
    world_count = count;
    return (struct locate_where){.home = mac ? "/Users/me" : "/home/me",
                                 .bundle = "",
                                 .uid = ME,
                                 .mac = mac,
                                 .apple_silicon = mac,
                                 .fs = &table_fs};
}

static void expect_path(const struct locate_where *where, enum engine_kind kind, const char *path)
{
    struct program prog;
    struct fault why = {0};

    if (locate_program(where, kind, &prog, &why) != RC_OK)
        fail_msg("%s", why.text);
    assert_string_equal(prog.path, path);
    assert_int_equal(prog.kind, kind);
}

static void expect_denied(const struct locate_where *where, enum engine_kind kind,
                          const char *sentence)
{
    struct program prog;
    struct fault why = {0};

    assert_int_equal(locate_program(where, kind, &prog, &why), RC_DENIED);
    assert_string_equal(why.text, sentence);
    assert_string_equal(prog.path, "");
}

static void expect_missing(const struct locate_where *where, enum engine_kind kind)
{
    struct program prog;
    struct fault why = {0};

    assert_int_equal(locate_program(where, kind, &prog, &why), RC_MISSING);
    assert_true(why.text[0] != '\0');
}

/* What every Mac has. */
#define MAC_BASE                                                                                   \
    DIR_OF("/", 0755, 0, 0), DIR_OF("/usr", 0755, 0, 0), DIR_OF("/usr/local", 0755, 0, 0),         \
        DIR_OF("/usr/local/bin", 0755, 0, 0), DIR_OF("/opt", 0755, 0, 0),                          \
        DIR_OF("/Applications", 0775, 0, ADMIN), DIR_OF("/Users", 0755, 0, ADMIN),                 \
        DIR_OF("/Users/me", 0750, ME, STAFF), DIR_OF("/tmp", 01777, 0, 0)

TEST(locate_trusts_homebrew_and_follows_its_link)
{
    static const struct entry mac[] = {
        MAC_BASE,
        DIR_OF("/opt/homebrew", 0775, ME, ADMIN),
        DIR_OF("/opt/homebrew/bin", 0775, ME, ADMIN),
        LINK_OF("/opt/homebrew/bin/docker", ME, ADMIN, "../Cellar/docker/28.2.2/bin/docker"),
        DIR_OF("/opt/homebrew/Cellar", 0775, ME, ADMIN),
        DIR_OF("/opt/homebrew/Cellar/docker", 0755, ME, ADMIN),
        DIR_OF("/opt/homebrew/Cellar/docker/28.2.2", 0755, ME, ADMIN),
        DIR_OF("/opt/homebrew/Cellar/docker/28.2.2/bin", 0755, ME, ADMIN),
        FILE_OF("/opt/homebrew/Cellar/docker/28.2.2/bin/docker", 0555, ME, ADMIN),
    };
    struct locate_where w = where_of(true, mac, countof(mac));

    expect_path(&w, ENGINE_DOCKER, "/opt/homebrew/Cellar/docker/28.2.2/bin/docker");
    w.mac = false; /* the group 80 means nothing elsewhere; nor is the folder in the list */
    expect_missing(&w, ENGINE_DOCKER);
}

TEST(locate_trusts_docker_desktop_through_its_link)
{
    static const struct entry mac[] = {
        MAC_BASE,
        LINK_OF("/usr/local/bin/docker", 0, 0,
                "/Applications/Docker.app/Contents/Resources/bin/docker"),
        DIR_OF("/Applications/Docker.app", 0755, ME, ADMIN),
        DIR_OF("/Applications/Docker.app/Contents", 0755, ME, ADMIN),
        DIR_OF("/Applications/Docker.app/Contents/Resources", 0755, ME, ADMIN),
        DIR_OF("/Applications/Docker.app/Contents/Resources/bin", 0755, ME, ADMIN),
        FILE_OF("/Applications/Docker.app/Contents/Resources/bin/docker", 0755, ME, ADMIN),
    };
    struct locate_where w = where_of(true, mac, countof(mac));

    expect_path(&w, ENGINE_DOCKER, "/Applications/Docker.app/Contents/Resources/bin/docker");
    w.uid = 502; /* another person's Docker.app, found through the link */
    expect_denied(&w, ENGINE_DOCKER, "/Applications/Docker.app belongs to another user");
}

TEST(locate_finds_docker_desktop_without_its_link)
{
    static const struct entry mac[] = {
        MAC_BASE,
        DIR_OF("/Applications/Docker.app", 0775, 0, ADMIN),
        DIR_OF("/Applications/Docker.app/Contents", 0775, 0, ADMIN),
        DIR_OF("/Applications/Docker.app/Contents/Resources", 0775, 0, ADMIN),
        DIR_OF("/Applications/Docker.app/Contents/Resources/bin", 0775, 0, ADMIN),
        FILE_OF("/Applications/Docker.app/Contents/Resources/bin/docker", 0775, 0, ADMIN),
    };
    struct locate_where w = where_of(true, mac, countof(mac));

    expect_path(&w, ENGINE_DOCKER, "/Applications/Docker.app/Contents/Resources/bin/docker");
}

TEST(locate_trusts_the_installer_packages)
{
    static const struct entry mac[] = {
        MAC_BASE,
        FILE_OF("/usr/local/bin/container", 0755, 0, 0),
        DIR_OF("/opt/podman", 0755, 0, 0),
        DIR_OF("/opt/podman/bin", 0755, 0, 0),
        FILE_OF("/opt/podman/bin/podman", 0755, 0, 0),
    };
    struct locate_where w = where_of(true, mac, countof(mac));

    expect_path(&w, ENGINE_APPLE, "/usr/local/bin/container");
    expect_path(&w, ENGINE_PODMAN, "/opt/podman/bin/podman");
}

TEST(locate_trusts_orbstack_in_the_home_folder)
{
    static const struct entry mac[] = {
        MAC_BASE,
        DIR_OF("/Users/me/.orbstack", 0755, ME, STAFF),
        DIR_OF("/Users/me/.orbstack/bin", 0755, ME, STAFF),
        LINK_OF("/Users/me/.orbstack/bin/docker", ME, STAFF,
                "/Applications/OrbStack.app/Contents/MacOS/xbin/docker"),
        DIR_OF("/Applications/OrbStack.app", 0755, ME, STAFF),
        DIR_OF("/Applications/OrbStack.app/Contents", 0755, ME, STAFF),
        DIR_OF("/Applications/OrbStack.app/Contents/MacOS", 0755, ME, STAFF),
        DIR_OF("/Applications/OrbStack.app/Contents/MacOS/xbin", 0755, ME, STAFF),
        FILE_OF("/Applications/OrbStack.app/Contents/MacOS/xbin/docker", 0755, ME, STAFF),
    };
    struct locate_where w = where_of(true, mac, countof(mac));

    expect_path(&w, ENGINE_DOCKER, "/Applications/OrbStack.app/Contents/MacOS/xbin/docker");
    w.home = "";
    expect_missing(&w, ENGINE_DOCKER);
    w.home = "Users/me"; /* not absolute: no home */
    expect_missing(&w, ENGINE_DOCKER);
}

/* /usr/local/bin/podman on Linux, with one entry of its chain changed. */
static struct locate_where linux_with(struct entry entries[6], size_t at, mode_t mode, uid_t uid,
                                      gid_t gid)
{
    static const struct entry good[] = {
        DIR_OF("/", 0755, 0, 0),
        DIR_OF("/usr", 0755, 0, 0),
        DIR_OF("/usr/local", 0755, 0, 0),
        DIR_OF("/usr/local/bin", 0755, 0, 0),
        FILE_OF("/usr/local/bin/podman", 0755, 0, 0),
        DIR_OF("/usr/bin", 0755, 0, 0),
    };

    memcpy(entries, good, sizeof good);
    entries[at].mode = (entries[at].mode & S_IFMT) | mode;
    entries[at].uid = uid;
    entries[at].gid = gid;
    return where_of(false, entries, countof(good));
}

TEST(locate_checks_the_file_and_every_folder_above_it)
{
    struct entry e[6];

    for (size_t at = 0; at < 5; at++) {
        char sentence[256];
        struct locate_where w = linux_with(e, at, 0777, 0, 0);

        snprintf(sentence, sizeof sentence, "%s is writable by others", e[at].path);
        expect_denied(&w, ENGINE_PODMAN, sentence);
        w = linux_with(e, at, 01777, 0, 0); /* the sticky bit does not help */
        expect_denied(&w, ENGINE_PODMAN, sentence);
        w = linux_with(e, at, 0775, 0, 1000);
        snprintf(sentence, sizeof sentence, "%s is writable by group 1000", e[at].path);
        expect_denied(&w, ENGINE_PODMAN, sentence);
        w = linux_with(e, at, 0775, 0, ADMIN);
        snprintf(sentence, sizeof sentence, "%s is writable by group 80", e[at].path);
        expect_denied(&w, ENGINE_PODMAN, sentence);
        w = linux_with(e, at, 0755, 1000, 1000);
        snprintf(sentence, sizeof sentence, "%s belongs to another user", e[at].path);
        expect_denied(&w, ENGINE_PODMAN, sentence);
        w = linux_with(e, at, 0775, ME, 0); /* ours, and group root may write */
        expect_path(&w, ENGINE_PODMAN, "/usr/local/bin/podman");
    }
}

TEST(locate_on_a_mac_accepts_admin_and_no_other_group)
{
    struct entry e[6];
    struct locate_where w = linux_with(e, 3, 0775, 0, ADMIN);

    w.mac = true;
    expect_path(&w, ENGINE_PODMAN, "/usr/local/bin/podman");
    w = linux_with(e, 3, 0775, ME, STAFF);
    w.mac = true;
    expect_denied(&w, ENGINE_PODMAN, "/usr/local/bin is writable by group 20");
    w = linux_with(e, 3, 0777, 0, ADMIN);
    w.mac = true;
    expect_denied(&w, ENGINE_PODMAN, "/usr/local/bin is writable by others");
}

TEST(locate_distrusts_no_folder_that_has_no_executable)
{
    static const struct entry home[] = {
        DIR_OF("/", 0755, 0, 0),
        DIR_OF("/home", 0777, 0, 0),
        DIR_OF("/home/me", 0775, ME, STAFF),
        DIR_OF("/home/me/.docker", 0755, ME, STAFF),
        DIR_OF("/home/me/.docker/bin", 0755, ME, STAFF),
        FILE_OF("/home/me/.docker/bin/docker", 0755, ME, STAFF),
    };
    struct locate_where w = where_of(false, home, countof(home) - 1);

    expect_missing(&w, ENGINE_DOCKER);
    w = where_of(false, home, countof(home));
    expect_denied(&w, ENGINE_DOCKER, "/home is writable by others");
}

TEST(locate_wants_an_executable_file)
{
    struct entry e[6];
    struct locate_where w = linux_with(e, 4, 0644, 0, 0);

    expect_denied(&w, ENGINE_PODMAN, "/usr/local/bin/podman is not executable");
    e[4].mode = S_IFDIR | 0755;
    expect_denied(&w, ENGINE_PODMAN, "/usr/local/bin/podman is not a file");
    e[4].mode = S_IFIFO | 0755;
    expect_denied(&w, ENGINE_PODMAN, "/usr/local/bin/podman is not a file");
}

TEST(locate_takes_the_first_and_does_not_skip_an_untrusted_one)
{
    static const struct entry linux[] = {
        DIR_OF("/", 0755, 0, 0),
        DIR_OF("/usr", 0755, 0, 0),
        DIR_OF("/usr/local", 0755, 0, 0),
        DIR_OF("/usr/local/bin", 0755, 0, 0),
        FILE_OF("/usr/local/bin/docker", 0757, 0, 0),
        DIR_OF("/usr/bin", 0755, 0, 0),
        FILE_OF("/usr/bin/docker", 0755, 0, 0),
        FILE_OF("/usr/bin/podman", 0755, 0, 0),
    };
    struct locate_where w = where_of(false, linux, countof(linux));

    expect_denied(&w, ENGINE_DOCKER, "/usr/local/bin/docker is writable by others");
    expect_path(&w, ENGINE_PODMAN, "/usr/bin/podman");
}

TEST(locate_checks_where_a_link_leads)
{
    static const struct entry mac[] = {
        MAC_BASE,
        LINK_OF("/usr/local/bin/docker", 0, 0, "/tmp/docker"),
        FILE_OF("/tmp/docker", 0755, 0, 0),
        DIR_OF("/opt/podman", 0755, 0, 0),
        LINK_OF("/opt/podman/bin", 0, 0, "../../tmp/../tmp/bin"),
        DIR_OF("/tmp/bin", 0755, 0, 0),
        FILE_OF("/tmp/bin/podman", 0755, 0, 0),
        LINK_OF("/usr/local/bin/container", 1000, 0, "/usr/bin/container"),
        DIR_OF("/usr/bin", 0755, 0, 0),
        FILE_OF("/usr/bin/container", 0755, 0, 0),
    };
    struct locate_where w = where_of(true, mac, countof(mac));

    expect_denied(&w, ENGINE_DOCKER, "/tmp is writable by others");
    expect_denied(&w, ENGINE_PODMAN, "/tmp is writable by others");
    expect_denied(&w, ENGINE_APPLE, "/usr/local/bin/container belongs to another user");
}

TEST(locate_checks_the_folders_above_a_link_too)
{
    static const struct entry linux[] = {
        DIR_OF("/", 0755, 0, 0),
        DIR_OF("/usr", 0755, 0, 0),
        DIR_OF("/usr/local", 0755, 0, 0),
        DIR_OF("/usr/local/bin", 0777, 0, 0), /* anybody can change the link */
        LINK_OF("/usr/local/bin/podman", 0, 0, "/usr/bin/podman"),
        DIR_OF("/usr/bin", 0755, 0, 0),
        FILE_OF("/usr/bin/podman", 0755, 0, 0),
    };
    struct locate_where w = where_of(false, linux, countof(linux));

    expect_denied(&w, ENGINE_PODMAN, "/usr/local/bin is writable by others");
}

/* /usr/local/bin/podman is a link to `to`; more entries as given. */
static struct locate_where linked(struct entry entries[10], const char *to)
{
    static const struct entry base[] = {
        DIR_OF("/", 0755, 0, 0),
        DIR_OF("/usr", 0755, 0, 0),
        DIR_OF("/usr/local", 0755, 0, 0),
        DIR_OF("/usr/local/bin", 0755, 0, 0),
        LINK_OF("/usr/local/bin/podman", 0, 0, NULL),
        LINK_OF("/usr/local/ring", 0, 0, "other"),
        LINK_OF("/usr/local/other", 0, 0, "/usr/local/ring"),
        DIR_OF("/usr/lib", 0755, 0, 0),
        FILE_OF("/usr/lib/podman", 0755, 0, 0),
        LINK_OF("/usr/dir", 0, 0, "lib"),
    };

    memcpy(entries, base, sizeof base);
    entries[4].link = to;
    return where_of(false, entries, countof(base));
}

TEST(locate_walks_links_as_the_kernel_does)
{
    static const char *const good[] = {"/usr/lib/podman",        "../../lib/podman",
                                       "../../dir/podman",       "/usr/dir/podman",
                                       "//usr//lib//podman",     "/usr/./lib/././podman",
                                       "/../../usr/lib/podman",  "../../../../../../usr/lib/podman",
                                       "/usr/dir/../lib/podman", "/usr/local/../lib/podman"};
    struct entry e[10];

    for (size_t i = 0; i < countof(good); i++) {
        struct locate_where w = linked(e, good[i]);

        expect_path(&w, ENGINE_PODMAN, "/usr/lib/podman");
    }
}

TEST(locate_takes_a_link_to_nothing_as_nothing)
{
    static const char *const nothing[] = {"/usr/lib/none", "none", "/none/podman",
                                          "/usr/lib/podman/podman", "/usr/lib/podman/"};
    struct entry e[10];

    for (size_t i = 0; i < countof(nothing); i++) {
        struct locate_where w = linked(e, nothing[i]);

        expect_missing(&w, ENGINE_PODMAN);
    }
}

TEST(locate_ends_on_rings_of_links)
{
    static const char *const rings[] = {"podman", "/usr/local/bin/podman", "/usr/local/ring",
                                        "../ring/podman"};
    struct entry e[10];

    for (size_t i = 0; i < countof(rings); i++) {
        struct locate_where w = linked(e, rings[i]);
        struct program prog;
        struct fault why = {0};

        assert_int_equal(locate_program(&w, ENGINE_PODMAN, &prog, &why), RC_DENIED);
        assert_non_null(strstr(why.text, "ring of links"));
    }
}

TEST(locate_never_ends_on_a_folder)
{
    static const char *const folders[] = {"/",    "//",       ".",          "..",         "../..",
                                          "/usr", "/usr/dir", "/usr/lib/.", "/usr/lib/.."};
    struct entry e[10];

    for (size_t i = 0; i < countof(folders); i++) {
        struct locate_where w = linked(e, folders[i]);
        struct program prog;
        struct fault why = {0};

        assert_int_equal(locate_program(&w, ENGINE_PODMAN, &prog, &why), RC_DENIED);
        assert_non_null(strstr(why.text, "is not a file"));
    }
}

TEST(locate_survives_paths_that_are_too_long)
{
    static char text[2 * SYS_PATH_MAX];
    struct entry e[10];
    struct locate_where w;
    struct program prog;
    struct fault why = {0};

    memset(text, 'x', sizeof text - 1);
    text[0] = '/';
    w = linked(e, text);
    assert_int_equal(locate_program(&w, ENGINE_PODMAN, &prog, &why), RC_DENIED);
    text[SYS_PATH_MAX - 1] = '\0'; /* fits as a link, but is no name that can exist */
    w = linked(e, text);
    expect_missing(&w, ENGINE_PODMAN);
    w.home = text;
    expect_missing(&w, ENGINE_DOCKER);
}

TEST(locate_takes_the_bundled_sidecar_first)
{
    static const struct entry mac[] = {
        MAC_BASE,
        FILE_OF("/usr/local/bin/container", 0755, 0, 0),
        DIR_OF("/Applications/X.app", 0755, ME, ADMIN),
        DIR_OF("/Applications/X.app/c", 0755, ME, ADMIN),
        DIR_OF("/Applications/X.app/c/bin", 0755, ME, ADMIN),
        FILE_OF("/Applications/X.app/c/bin/container", 0755, ME, ADMIN),
    };
    struct locate_where w = where_of(true, mac, countof(mac));

    w.bundle = "/Applications/X.app/c";
    expect_path(&w, ENGINE_APPLE, "/Applications/X.app/c/bin/container");
    w.bundle = "/Applications/Y.app/c"; /* not there: the next one */
    expect_path(&w, ENGINE_APPLE, "/usr/local/bin/container");
}

TEST(locate_says_that_apple_needs_apple_silicon)
{
    static const struct entry mac[] = {MAC_BASE, FILE_OF("/usr/local/bin/container", 0755, 0, 0)};
    struct locate_where w = where_of(true, mac, countof(mac));
    struct program prog;
    struct fault why = {0};

    w.apple_silicon = false;
    assert_int_equal(locate_program(&w, ENGINE_APPLE, &prog, &why), RC_MISSING);
    assert_string_equal(why.text, "Apple container needs Apple silicon");
    w.mac = false; /* on Linux the stand-in runs on any processor */
    expect_path(&w, ENGINE_APPLE, "/usr/local/bin/container");
}

TEST(locate_lists_its_candidates_in_order)
{
    static const char *const mac_docker[] = {
        "/usr/local/bin/docker",        "/opt/homebrew/bin/docker",
        "/Users/me/.docker/bin/docker", "/Users/me/.orbstack/bin/docker",
        "/Users/me/.rd/bin/docker",     "/Applications/Docker.app/Contents/Resources/bin/docker"};
    static const char *const linux_docker[] = {
        "/usr/local/bin/docker", "/usr/bin/docker", "/home/me/.docker/bin/docker",
        "/home/me/.orbstack/bin/docker", "/home/me/.rd/bin/docker"};
    char out[8][SYS_PATH_MAX];
    struct locate_where w = where_of(true, NULL, 0);

    assert_int_equal(locate_candidates(&w, ENGINE_DOCKER, out, countof(out)), 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(out[i], mac_docker[i]);
    assert_int_equal(locate_candidates(&w, ENGINE_DOCKER, out, 2), 2);
    assert_int_equal(locate_candidates(&w, ENGINE_PODMAN, out, countof(out)), 3);
    assert_string_equal(out[0], "/opt/podman/bin/podman");
    w.bundle = "/b";
    assert_int_equal(locate_candidates(&w, ENGINE_APPLE, out, countof(out)), 3);
    assert_string_equal(out[0], "/b/bin/container");
    w = where_of(false, NULL, 0);
    assert_int_equal(locate_candidates(&w, ENGINE_DOCKER, out, countof(out)), 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(out[i], linux_docker[i]);
    assert_int_equal(locate_candidates(&w, ENGINE_APPLE, out, countof(out)), 1);
}

TEST(locate_says_where_it_looked)
{
    struct locate_where w = where_of(false, NULL, 0);
    struct program prog;
    struct fault why = {0};

    assert_int_equal(locate_program(&w, ENGINE_PODMAN, &prog, &why), RC_MISSING);
    assert_non_null(strstr(why.text, "Podman was not found"));
    assert_non_null(strstr(why.text, "/usr/bin/podman"));
}

TEST(locate_looks_at_the_real_file_system)
{
    char folder[] = "/tmp/locate-XXXXXX", bin[64], file[96];
    struct locate_where w;
    struct program prog;
    struct fault why = {0};
    FILE *f = NULL;

    assert_non_null(mkdtemp(folder));
    snprintf(bin, sizeof bin, "%s/bin", folder);
    snprintf(file, sizeof file, "%s/container", bin);
    assert_int_equal(mkdir(bin, 0755), 0);
    f = fopen(file, "w");
    assert_non_null(f);
    assert_int_equal(fclose(f), 0);
    locate_here(&w);
    assert_null(w.fs);
    assert_int_equal(w.uid, geteuid());
    w.bundle = folder;
    w.apple_silicon = true;
    assert_int_equal(locate_program(&w, ENGINE_APPLE, &prog, &why), RC_DENIED);
    assert_non_null(strstr(why.text, "tmp is writable by others"));
    assert_int_equal(unlink(file), 0);
    assert_int_equal(rmdir(bin), 0);
    assert_int_equal(rmdir(folder), 0);
}

TEST(locate_root_path_trusts_nobody_but_root)
{
    static const char path[] = "/usr/local/bin/podman";
    char out[SYS_PATH_MAX];
    struct entry e[6];

    for (size_t at = 0; at < 5; at++) {
        struct locate_where w = linux_with(e, at, 0755, 0, 0);

        assert_int_equal(locate_root_path(&w, path, out, NULL), RC_OK);
        assert_string_equal(out, path);
        w = linux_with(e, at, 0755, ME, 0);
        assert_int_equal(locate_root_path(&w, path, out, NULL), RC_DENIED);
        assert_string_equal(out, "");
        w = linux_with(e, at, 0775, 0, 0); /* not even root's own group */
        assert_int_equal(locate_root_path(&w, path, out, NULL), RC_DENIED);
    }
}

SUITE(locate, T(locate_root_path_trusts_nobody_but_root),
      T(locate_distrusts_no_folder_that_has_no_executable),
      T(locate_trusts_homebrew_and_follows_its_link),
      T(locate_trusts_docker_desktop_through_its_link),
      T(locate_finds_docker_desktop_without_its_link), T(locate_trusts_the_installer_packages),
      T(locate_trusts_orbstack_in_the_home_folder),
      T(locate_checks_the_file_and_every_folder_above_it),
      T(locate_on_a_mac_accepts_admin_and_no_other_group), T(locate_wants_an_executable_file),
      T(locate_takes_the_first_and_does_not_skip_an_untrusted_one),
      T(locate_checks_where_a_link_leads), T(locate_checks_the_folders_above_a_link_too),
      T(locate_walks_links_as_the_kernel_does), T(locate_takes_a_link_to_nothing_as_nothing),
      T(locate_ends_on_rings_of_links), T(locate_never_ends_on_a_folder),
      T(locate_survives_paths_that_are_too_long), T(locate_takes_the_bundled_sidecar_first),
      T(locate_says_that_apple_needs_apple_silicon), T(locate_lists_its_candidates_in_order),
      T(locate_says_where_it_looked), T(locate_looks_at_the_real_file_system))
