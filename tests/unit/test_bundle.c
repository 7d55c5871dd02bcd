/* test_bundle.c - bundle.h on an app made here. What is refused in its files is asked in
 * tests/update/archives.py; here is what no archive can bring, and what the probe does not ask. */
#include "core/base/tree.h"
#include "core/update/bundle.h"
#include "tests/unit/unit.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char plist[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<plist version=\"1.0\"><dict>\n"
                            "<key>CFBundleIdentifier</key><string>a.b</string>\n"
                            "<key>CFBundleShortVersionString</key><string>1.2.0</string>\n"
                            "<key>CFBundleExecutable</key><string>run</string>\n"
                            "</dict></plist>\n";
static const char release[] = "{\"app_id\": \"a.b\", \"version\": \"1.2.0\", "
                              "\"targets\": [\"darwin-aarch64\", \"linux-x86_64\"]}";
static const unsigned char elf[64] = {0x7f, 'E', 'L', 'F', 2, 1, 1, [18] = 62};

struct world {
    char folder[32];
    int fd;
};

static void put(const struct world *w, const char *path, const void *bytes, size_t len)
{
    int fd = openat(w->fd, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (ssize_t)len);
    close(fd);
}

static void world_init(struct world *w)
{
    static const char *const folders[] = {"A.app", "A.app/Contents", "A.app/Contents/MacOS",
                                          "A.app/Contents/Resources"};

    snprintf(w->folder, sizeof w->folder, "/tmp/ck-bundle.XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    w->fd = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (size_t i = 0; i < countof(folders); i++)
        assert_int_equal(mkdirat(w->fd, folders[i], 0755), 0);
    put(w, "A.app/Contents/Info.plist", plist, sizeof plist - 1);
    put(w, "A.app/Contents/Resources/release.json", release, sizeof release - 1);
    put(w, "A.app/Contents/MacOS/run", elf, sizeof elf);
}

static void world_release(struct world *w)
{
    close(w->fd);
    assert_int_equal(tree_remove(AT_FDCWD, w->folder, NULL), RC_OK);
}

static enum refusal_class judged(const struct world *w, const char *version, const char *current)
{
    struct semver offered, runs;
    const struct bundle_wanted want = {"a.b", &offered, current != NULL ? &runs : NULL,
                                       "linux-x86_64"};
    struct refusal why = {0};
    enum rc rc = RC_OK;

    assert_int_equal(semver_read(version, strlen(version), &offered, NULL), RC_OK);
    if (current != NULL)
        assert_int_equal(semver_read(current, strlen(current), &runs, NULL), RC_OK);
    rc = bundle_check(w->fd, "A.app", &want, &why);
    assert_true((rc == RC_OK) == (why.class == REFUSAL_NONE));
    return why.class;
}

TEST(bundle_is_newer_than_what_runs)
{
    struct world w = {0};

    world_init(&w);
    assert_int_equal(judged(&w, "1.2.0", NULL), REFUSAL_NONE);
    assert_int_equal(judged(&w, "1.2.0", "1.1.9"), REFUSAL_NONE);
    assert_int_equal(judged(&w, "1.2.0", "1.2.0-rc.1"), REFUSAL_NONE);
    assert_int_equal(judged(&w, "1.2.0", "1.2.0"), REFUSAL_VERSION);
    assert_int_equal(judged(&w, "1.2.0", "1.2.0+1"), REFUSAL_VERSION);
    assert_int_equal(judged(&w, "1.2.0", "1.10.0"), REFUSAL_VERSION);
    assert_int_equal(judged(&w, "1.2.1", "1.1.9"), REFUSAL_VERSION); /* not the one offered */
    world_release(&w);
}

/* Each of its files and folders in turn is a link to the same thing elsewhere. */
TEST(bundle_is_not_read_through_links)
{
    static const char *const paths[] = {
        "A.app",
        "A.app/Contents",
        "A.app/Contents/MacOS",
        "A.app/Contents/Resources",
        "A.app/Contents/Info.plist",
        "A.app/Contents/Resources/release.json",
        "A.app/Contents/MacOS/run",
    };

    for (size_t i = 0; i < countof(paths); i++) {
        struct world w = {0};
        char target[64];

        world_init(&w);
        snprintf(target, sizeof target, "%s/aside", w.folder);
        assert_int_equal(renameat(w.fd, paths[i], w.fd, "aside"), 0);
        assert_int_equal(symlinkat(target, w.fd, paths[i]), 0);
        assert_int_equal(faccessat(w.fd, "A.app/Contents/MacOS/run", X_OK, 0), 0);
        assert_int_equal(judged(&w, "1.2.0", NULL), REFUSAL_BUNDLE);
        world_release(&w);
    }
}

TEST(bundle_files_are_files)
{
    static const char *const paths[] = {
        "A.app/Contents/Info.plist",
        "A.app/Contents/Resources/release.json",
        "A.app/Contents/MacOS/run",
    };

    for (size_t i = 0; i < countof(paths); i++) {
        struct world w = {0};

        world_init(&w);
        assert_int_equal(unlinkat(w.fd, paths[i], 0), 0);
        assert_int_equal(mkfifoat(w.fd, paths[i], 0755),
                         0); /* and nobody waits for its other end */
        assert_int_equal(judged(&w, "1.2.0", NULL), REFUSAL_BUNDLE);
        assert_int_equal(unlinkat(w.fd, paths[i], 0), 0);
        assert_int_equal(mkdirat(w.fd, paths[i], 0755), 0);
        assert_int_equal(judged(&w, "1.2.0", NULL), REFUSAL_BUNDLE);
        world_release(&w);
    }
}

TEST(bundle_signature_is_asked_for_by_names_of_their_form)
{
    struct refusal why = {0};

    assert_int_equal(bundle_signed("/x", "ABCDE12345", "a.b\" or true", &why), RC_DENIED);
    assert_int_equal(why.class, REFUSAL_CODE);
    assert_int_equal(bundle_signed("/x", "team", "a.b", &why), RC_DENIED);
}

TEST(bundle_tells_version_and_program_of_an_installed_app)
{
    struct semver version;
    char app[64], program[FILE_PATH_MAX], want[96];
    struct world w = {0};

    world_init(&w);
    snprintf(app, sizeof app, "%s/A.app", w.folder);
    snprintf(want, sizeof want, "%s/Contents/MacOS/run", app);
    assert_true(bundle_version(app, "a.b", &version));
    assert_string_equal(version.text, "1.2.0");
    assert_false(bundle_version(app, "a.c", &version));
    assert_true(bundle_program(app, program));
    assert_string_equal(program, want);
    put(&w, "A.app/Contents/Resources/release.json", "{}", 2);
    assert_false(bundle_version(app, "a.b", &version));
    put(&w, "A.app/Contents/Info.plist", plist, sizeof plist - 10);
    assert_false(bundle_program(app, program));
    assert_false(bundle_version("/nowhere/A.app", "a.b", &version));
    assert_false(bundle_program("/nowhere/A.app", program));
    world_release(&w);
}

SUITE(bundle, T(bundle_is_newer_than_what_runs), T(bundle_is_not_read_through_links),
      T(bundle_files_are_files), T(bundle_signature_is_asked_for_by_names_of_their_form),
      T(bundle_tells_version_and_program_of_an_installed_app))
