/* test_file.c - file.h: on real files in a folder of the test's own. */
#include "core/base/file.h"
#include "core/base/sys.h"
#include "tests/unit/unit.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct place {
    char folder[64];
    char path[128]; /* of the name last asked for */
};

static const char *in(struct place *p, const char *name)
{
    int len = snprintf(p->path, sizeof p->path, "%s/%s", p->folder, name);

    assert_true(len > 0 && len < (int)sizeof p->path);
    return p->path;
}

static void place_init(struct place *p)
{
    snprintf(p->folder, sizeof p->folder, "%s", "/tmp/ck-file-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
}

/* Removes what the test left; two levels are enough here. */
static void remove_all(const char *folder)
{
    DIR *d = opendir(folder);
    struct dirent *e = NULL;
    char path[512];

    assert_non_null(d);
    while ((e = readdir(d)) != NULL) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        assert_true(snprintf(path, sizeof path, "%s/%s", folder, e->d_name) < (int)sizeof path);
        if (unlink(path) < 0)
            remove_all(path);
    }
    closedir(d);
    assert_int_equal(rmdir(folder), 0);
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

static mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

TEST(file_reads_back_what_it_replaced)
{
    struct place p = {0};
    struct buf b;
    char bytes[20000];

    place_init(&p);
    buf_init(&b, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    assert_int_equal(file_replace(in(&p, "a"), bytes, sizeof bytes, NULL), RC_OK);
    assert_int_equal(file_read(p.path, &b, NULL), RC_OK);
    assert_int_equal(b.len, sizeof bytes);
    assert_memory_equal(b.data, bytes, sizeof bytes);
    assert_int_equal(file_replace(p.path, "", 0, NULL), RC_OK);
    assert_int_equal(file_read(p.path, &b, NULL), RC_OK);
    assert_string_equal(buf_text(&b), "");
    assert_int_equal(entries(p.folder), 1);
    buf_release(&b);
    remove_all(p.folder);
}

TEST(file_replace_makes_it_private_whatever_was_there)
{
    struct place p = {0};
    mode_t before = umask(0);

    place_init(&p);
    assert_int_equal(file_replace(in(&p, "a"), "x", 1, NULL), RC_OK);
    assert_int_equal(mode_of(p.path), 0600);
    assert_int_equal(chmod(p.path, 0666), 0);
    assert_int_equal(file_replace(p.path, "y", 1, NULL), RC_OK);
    assert_int_equal(mode_of(p.path), 0600);
    umask(before);
    remove_all(p.folder);
}

TEST(file_replace_replaces_a_link_and_not_its_target)
{
    struct place p = {0};
    struct buf b;

    place_init(&p);
    buf_init(&b, 10);
    assert_int_equal(file_replace(in(&p, "target"), "old", 3, NULL), RC_OK);
    assert_int_equal(symlink("target", in(&p, "link")), 0);
    assert_int_equal(file_replace(p.path, "new", 3, NULL), RC_OK);
    assert_int_equal(file_read(p.path, &b, NULL), RC_OK);
    assert_string_equal(buf_text(&b), "new");
    assert_int_equal(file_read(in(&p, "target"), &b, NULL), RC_OK);
    assert_string_equal(buf_text(&b), "old");
    buf_release(&b);
    remove_all(p.folder);
}

TEST(file_replace_that_fails_leaves_nothing_behind)
{
    struct place p = {0};
    struct fault why;

    place_init(&p);
    assert_int_equal(file_replace(in(&p, "no/such"), "x", 1, &why), RC_IO);
    assert_int_equal(why.sys, ENOENT);
    assert_int_equal(mkdir(in(&p, "folder"), 0700), 0);
    assert_int_equal(mkdir(in(&p, "folder/in"), 0700), 0);
    assert_int_equal(file_replace(in(&p, "folder"), "x", 1, &why), RC_IO);
    assert_true(why.sys == EISDIR || why.sys == ENOTEMPTY || why.sys == EEXIST);
    assert_int_equal(entries(p.folder), 1);
    remove_all(p.folder);
}

static void *write_many(void *arg)
{
    char bytes[5000];
    const char *path = ((const char **)arg)[0];
    int fill = ((const char **)arg)[1][0];

    memset(bytes, fill, sizeof bytes);
    for (int i = 0; i < 50; i++)
        if (file_replace(path, bytes, sizeof bytes, NULL) != RC_OK)
            return arg;
    return NULL;
}

TEST(file_replace_by_two_threads_is_never_mixed)
{
    struct place p = {0};
    struct buf b;
    pthread_t one, two;
    void *failed = NULL;
    const char *a[2], *z[2];

    place_init(&p);
    a[0] = z[0] = in(&p, "shared");
    a[1] = "a";
    z[1] = "z";
    buf_init(&b, 10000);
    assert_int_equal(file_replace(p.path, "", 0, NULL), RC_OK);
    assert_int_equal(pthread_create(&one, NULL, write_many, a), 0);
    assert_int_equal(pthread_create(&two, NULL, write_many, z), 0);
    for (int i = 0; i < 200; i++) {
        assert_int_equal(file_read(p.path, &b, NULL), RC_OK);
        assert_true(b.len == 0 || b.len == 5000);
        for (size_t k = 1; k < b.len; k++)
            assert_int_equal(b.data[k], b.data[0]);
    }
    assert_int_equal(pthread_join(one, &failed), 0);
    assert_null(failed);
    assert_int_equal(pthread_join(two, &failed), 0);
    assert_null(failed);
    assert_int_equal(entries(p.folder), 1);
    buf_release(&b);
    remove_all(p.folder);
}

TEST(file_read_keeps_the_cap)
{
    struct place p = {0};
    struct buf b;
    struct fault why;

    place_init(&p);
    assert_int_equal(file_replace(in(&p, "a"), "12345", 5, NULL), RC_OK);
    buf_init(&b, 4);
    assert_int_equal(file_read(p.path, &b, &why), RC_TOO_BIG);
    assert_string_equal(buf_text(&b), "");
    buf_init(&b, 5);
    assert_int_equal(file_read(p.path, &b, &why), RC_OK);
    assert_int_equal(file_read(p.path, &b, &why), RC_OK); /* not added to what was there */
    assert_string_equal(buf_text(&b), "12345");
    buf_release(&b);
    remove_all(p.folder);
}

TEST(file_read_refuses_what_is_no_regular_file)
{
    struct place p = {0};
    struct buf b;
    struct fault why;

    place_init(&p);
    buf_init(&b, 100);
    assert_int_equal(file_read(in(&p, "missing"), &b, &why), RC_MISSING);
    assert_int_equal(file_read(p.folder, &b, &why), RC_DENIED);
    assert_int_equal(mkfifo(in(&p, "fifo"), 0600), 0);
    assert_int_equal(file_read(p.path, &b, &why), RC_DENIED); /* and does not wait for a writer */
    assert_int_equal(symlink("/etc/passwd", in(&p, "link")), 0);
    assert_int_equal(file_read(p.path, &b, &why), RC_DENIED);
    assert_int_equal(file_read("/dev/zero", &b, &why), RC_DENIED);
    buf_release(&b);
    remove_all(p.folder);
}

TEST(file_read_of_a_dash_is_standard_input)
{
    struct place p = {0};
    struct buf b;
    int before = dup(STDIN_FILENO), fd = -1;

    place_init(&p);
    buf_init(&b, 100);
    assert_int_equal(file_replace(in(&p, "a"), "from stdin", 10, NULL), RC_OK);
    fd = open(p.path, O_RDONLY);
    assert_true(fd >= 0 && dup2(fd, STDIN_FILENO) == STDIN_FILENO);
    assert_int_equal(file_read("-", &b, NULL), RC_OK);
    assert_string_equal(buf_text(&b), "from stdin");
    if (before >= 0)
        dup2(before, STDIN_FILENO);
    close(before);
    close(fd);
    buf_release(&b);
    remove_all(p.folder);
}

TEST(file_make_folder_makes_private_parents_and_keeps_what_is_there)
{
    struct place p = {0};

    place_init(&p);
    assert_int_equal(mkdir(in(&p, "a"), 0755), 0);
    assert_int_equal(chmod(p.path, 0755), 0);
    assert_int_equal(file_make_folder(in(&p, "a/b//c/"), NULL), RC_OK);
    assert_int_equal(mode_of(in(&p, "a")), 0755);
    assert_int_equal(mode_of(in(&p, "a/b")), 0700);
    assert_int_equal(mode_of(in(&p, "a/b/c")), 0700);
    assert_int_equal(file_make_folder(p.path, NULL), RC_OK);
    assert_int_equal(file_make_folder("/", NULL), RC_OK);
    remove_all(p.folder);
}

TEST(file_make_folder_refuses_files_links_and_nothing)
{
    struct place p = {0};
    struct fault why;
    char longer[2 * FILE_PATH_MAX];

    place_init(&p);
    assert_int_equal(file_replace(in(&p, "file"), "", 0, NULL), RC_OK);
    assert_int_equal(file_make_folder(p.path, &why), RC_DENIED);
    assert_int_equal(file_make_folder(in(&p, "file/x"), &why), RC_DENIED);
    assert_int_equal(symlink(".", in(&p, "link")), 0);
    assert_int_equal(file_make_folder(p.path, &why), RC_DENIED);
    assert_int_equal(file_make_folder(in(&p, "link/x"), &why), RC_OK);
    assert_int_equal(mode_of(in(&p, "x")), 0700);
    assert_int_equal(file_make_folder("", &why), RC_DENIED);
    memset(longer, 'a', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(file_make_folder(longer, &why), RC_TOO_BIG);
    remove_all(p.folder);
}

/* In a child of its own: does another process get the lock? */
static enum rc lock_elsewhere(const char *path)
{
    int status = 0, fd = -1;
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0)
        _exit((int)file_lock(path, &fd, NULL));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return (enum rc)WEXITSTATUS(status);
}

TEST(file_lock_lets_one_process_in)
{
    struct place p = {0};
    struct fault why;
    int fd = -1, other = -1;

    place_init(&p);
    assert_int_equal(file_lock(in(&p, "lock"), &fd, &why), RC_OK);
    assert_true(fd >= 0);
    assert_true((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
    assert_int_equal(mode_of(p.path), 0600);
    assert_int_equal(lock_elsewhere(p.path), RC_DENIED);
    assert_int_equal(file_lock(p.path, &other, &why), RC_DENIED);
    assert_int_equal(other, -1);
    close(fd);
    assert_int_equal(lock_elsewhere(p.path), RC_OK); /* which ended with that process */
    assert_int_equal(file_lock(p.path, &fd, &why), RC_OK);
    close(fd);
    assert_int_equal(symlink("lock", in(&p, "link")), 0);
    assert_int_equal(file_lock(p.path, &fd, &why), RC_DENIED);
    assert_int_equal(file_lock(in(&p, "no/lock"), &fd, &why), RC_MISSING);
    remove_all(p.folder);
}

/* Sets or removes a variable and gives its former value for putting it back. */
static char *swap_env(const char *name, const char *value)
{
    const char *now = getenv(name);
    char *before = now != NULL ? strdup(now) : NULL;

    assert_int_equal(value != NULL ? setenv(name, value, 1) : unsetenv(name), 0);
    return before;
}

TEST(file_home_and_data_folder_follow_the_environment)
{
    char *home = swap_env("HOME", "/home/kit"), *data = swap_env("XDG_DATA_HOME", NULL);
    char path[FILE_PATH_MAX];

    assert_int_equal(file_home(path, NULL), RC_OK);
    assert_string_equal(path, "/home/kit");
    assert_int_equal(file_data_folder(path, NULL), RC_OK);
#ifdef __APPLE__
    assert_string_equal(path, "/home/kit/Library/Application Support/" CK_BUNDLE_ID);
#else
    assert_string_equal(path, "/home/kit/.local/share/container-kit");
    free(swap_env("XDG_DATA_HOME", "relative"));
    assert_int_equal(file_data_folder(path, NULL), RC_OK);
    assert_string_equal(path, "/home/kit/.local/share/container-kit");
    free(swap_env("XDG_DATA_HOME", "/data"));
    assert_int_equal(file_data_folder(path, NULL), RC_OK);
    assert_string_equal(path, "/data/container-kit");
#endif
    free(swap_env("HOME", "relative"));
    assert_int_equal(file_home(path, NULL), RC_OK);
    assert_int_equal(path[0], '/');
    free(swap_env("HOME", home));
    free(swap_env("XDG_DATA_HOME", data));
    free(home);
    free(data);
}

TEST(file_cache_folder_follows_the_environment)
{
    char *home = swap_env("HOME", "/home/kit"), *cache = swap_env("XDG_CACHE_HOME", NULL);
    char path[FILE_PATH_MAX];

    assert_int_equal(file_cache_folder(path, NULL), RC_OK);
#ifdef __APPLE__
    assert_string_equal(path, "/home/kit/Library/Caches/" CK_BUNDLE_ID);
#else
    assert_string_equal(path, "/home/kit/.cache/container-kit");
    free(swap_env("XDG_CACHE_HOME", "/cache"));
    assert_int_equal(file_cache_folder(path, NULL), RC_OK);
    assert_string_equal(path, "/cache/container-kit");
#endif
    free(swap_env("HOME", home));
    free(swap_env("XDG_CACHE_HOME", cache));
    free(home);
    free(cache);
}

TEST(file_home_too_long_is_refused)
{
    char longer[2 * FILE_PATH_MAX], path[FILE_PATH_MAX], *home = NULL, *data = NULL;

    memset(longer, '/', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    home = swap_env("HOME", longer);
    data = swap_env("XDG_DATA_HOME", longer);
    assert_int_equal(file_home(path, NULL), RC_TOO_BIG);
    assert_int_equal(file_data_folder(path, NULL), RC_TOO_BIG);
    free(swap_env("HOME", home));
    free(swap_env("XDG_DATA_HOME", data));
    free(home);
    free(data);
}

SUITE(file, T(file_reads_back_what_it_replaced),
      T(file_replace_makes_it_private_whatever_was_there),
      T(file_replace_replaces_a_link_and_not_its_target),
      T(file_replace_that_fails_leaves_nothing_behind),
      T(file_replace_by_two_threads_is_never_mixed), T(file_read_keeps_the_cap),
      T(file_read_refuses_what_is_no_regular_file), T(file_read_of_a_dash_is_standard_input),
      T(file_make_folder_makes_private_parents_and_keeps_what_is_there),
      T(file_make_folder_refuses_files_links_and_nothing), T(file_lock_lets_one_process_in),
      T(file_home_and_data_folder_follow_the_environment),
      T(file_cache_folder_follows_the_environment), T(file_home_too_long_is_refused))
