/* sidecar_world.h - what the suites of the bundled engine share: a bundle's Resources on the disk,
 * with a small distribution and its list, and a data folder. All of it is static. */
#ifndef TESTS_UNIT_SIDECAR_WORLD_H
#define TESTS_UNIT_SIDECAR_WORLD_H
#include "core/base/file.h"
#include "core/base/sys.h"
#include "core/base/tree.h"
#include "core/engine/sidecar.h"
#include "core/engine/sidecar_tree.h"
#include "tests/unit/unit.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 256
#define TEXT_SIZE 512       /* of a path in the world with a name behind it */
#define LIBRARY_SIZE 300000 /* more than is read at once */

/* A bundle's Resources with a small distribution, and a data folder. */
struct world {
    char root[32], tree[64], data[64];
    char *library;
};

static const char *at(const char *folder, const char *name)
{
    static _Thread_local char path[TEXT_SIZE];

    assert_true(snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path);
    return path;
}

static inline void put(const char *path, const char *bytes, size_t len, mode_t mode)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), len);
    assert_int_equal(fchmod(fd, mode), 0);
    close(fd);
}

static inline void make_folder(const char *path, mode_t mode)
{
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static inline void add_file(struct buf *list, const char *path, const char *bytes, size_t len,
                            const char *mode)
{
    unsigned char hash[SIDECAR_HASH_SIZE];
    char hex[2 * SIDECAR_HASH_SIZE + 1];

    crypto_hash_sha256(hash, (const unsigned char *)bytes, len);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    assert_int_equal(buf_print(list, "%s\tf\t%s\t%s\n", mode, hex, path), RC_OK);
}

static const char program[] = "#!/bin/sh\necho one\n";

/* The list of the tree as world_init() makes it, of a version. */
static inline void put_list(struct world *w, const char *version)
{
    char path[PATH_SIZE + 8];
    struct buf b;

    buf_init(&b, SIDECAR_LIST_MAX);
    assert_int_equal(buf_print(&b,
                               "container-sidecar 1\nversion %s\nteam ABCDE12345\n"
                               "0755\td\t-\t.\n0755\td\t-\tbin\n",
                               version),
                     RC_OK);
    add_file(&b, "bin/container", program, sizeof program - 1, "0755");
    add_file(&b, "bin/read me", "", 0, "0644");
    assert_int_equal(buf_text_add(&b, "0555\td\t-\tlib\n"), RC_OK);
    add_file(&b, "lib/big", w->library, LIBRARY_SIZE, "0444");
    assert_int_equal(buf_text_add(&b, "-\tl\t../bin/container\tlib/latest\n"), RC_OK);
    snprintf(path, sizeof path, "%s.sha256", w->tree);
    put(path, b.data, b.len, 0644);
    buf_release(&b);
}

static inline void world_init(struct world *w)
{
    snprintf(w->root, sizeof w->root, "/tmp/ck-side.XXXXXX");
    assert_non_null(mkdtemp(w->root));
    snprintf(w->tree, sizeof w->tree, "%s/container", w->root);
    snprintf(w->data, sizeof w->data, "%s/data", w->root);
    w->library = malloc(LIBRARY_SIZE);
    assert_non_null(w->library);
    for (int i = 0; i < LIBRARY_SIZE; i++)
        w->library[i] = (char)(i * 31 + i / 251);
    make_folder(w->tree, 0755);
    make_folder(at(w->tree, "bin"), 0755);
    make_folder(at(w->tree, "lib"), 0755);
    put(at(w->tree, "bin/container"), program, sizeof program - 1, 0755);
    put(at(w->tree, "bin/read me"), "", 0, 0644);
    put(at(w->tree, "lib/big"), w->library, LIBRARY_SIZE, 0444);
    assert_int_equal(symlink("../bin/container", at(w->tree, "lib/latest")), 0);
    assert_int_equal(chmod(at(w->tree, "lib"), 0555), 0);
    put_list(w, "1.2.2");
}

static inline void world_release(struct world *w)
{
    assert_int_equal(tree_remove(AT_FDCWD, w->root, NULL), RC_OK);
    free(w->library);
}

static inline struct sidecar *open_sidecar(const struct world *w)
{
    return sidecar_new(w->tree, w->data);
}

static inline void expect_ready(struct sidecar *s)
{
    struct fault why = {0};

    if (sidecar_ready(s, &why) != RC_OK)
        fail_msg("%s", why.text);
}

static inline void expect_fault(struct sidecar *s, enum rc rc, const char *sentence)
{
    struct fault why = {0};

    assert_int_equal(sidecar_ready(s, &why), rc);
    assert_int_equal(why.rc, rc);
    if (strstr(why.text, sentence) == NULL)
        fail_msg("\"%s\" instead of \"%s\"", why.text, sentence);
}

static inline bool is_there(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0;
}

/* Names in <data>/engine but the lock. */
static inline size_t copies(const struct world *w)
{
    DIR *dir = opendir(at(w->data, "engine"));
    struct dirent *e;
    size_t count = 0;

    while (dir != NULL && (e = readdir(dir)) != NULL)
        count += e->d_name[0] != '.' && strcmp(e->d_name, "lock") != 0;
    if (dir != NULL)
        closedir(dir);
    return count;
}

static inline mode_t mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

#endif
