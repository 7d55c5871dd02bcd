/* test_archive.c - archive.h on real files: what is made, with which modes, and what is left
 * behind.
 *
 * Which archives are refused is asked in tests/update/archives.py, one case after the other. */
#include "core/base/cancel.h"
#include "core/base/tree.h"
#include "tests/unit/archive_rig.h"
#include "tests/unit/unit.h"
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define TAR_SIZE ((size_t)1 << 20)
#define BIG 200000

struct world {
    char folder[32], file[64];
    int staging;
    struct buf tar;
};

static void world_init(struct world *w)
{
    snprintf(w->folder, sizeof w->folder, "/tmp/ck-archive.XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    snprintf(w->file, sizeof w->file, "%s.tar.gz", w->folder);
    w->staging = open(w->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(w->staging >= 0);
    buf_init(&w->tar, TAR_SIZE);
}

/* Nothing else may have been left in the folder. */
static void world_release(struct world *w)
{
    close(w->staging);
    (void)!unlink(w->file);
    assert_int_equal(rmdir(w->folder), 0);
    buf_release(&w->tar);
}

static void add(struct world *w, char kind, const char *name, unsigned mode, const char *link,
                size_t size)
{
    char block[TAR_BLOCK] = {0};
    unsigned sum = 0;

    snprintf(block, 100, "%s", name);
    snprintf(block + 100, 8, "%07o", mode);
    snprintf(block + 124, 12, "%011zo", size);
    memset(block + 148, ' ', 8);
    block[156] = kind;
    snprintf(block + 157, 100, "%s", link);
    memcpy(block + 257, "ustar\00000", 8);
    for (size_t i = 0; i < sizeof block; i++)
        sum += (unsigned char)block[i];
    snprintf(block + 148, 8, "%06o", sum);
    assert_int_equal(buf_add(&w->tar, block, sizeof block), RC_OK);
    memset(block, 'b', sizeof block);
    for (size_t at = 0; at < size; at += TAR_BLOCK)
        assert_int_equal(buf_add(&w->tar, block, sizeof block), RC_OK);
}

/* A small app with one of each. */
static void add_app(struct world *w)
{
    add(w, '5', "My.app/", 0500, "", 0);
    add(w, '2', "My.app/link", 0777, "in/big", 0);
    add(w, '0', "My.app/run", 0100, "", 5);
    add(w, '0', "My.app/read", 0666, "", 0);
    add(w, '5', "My.app/in", 0, "", 0);
    add(w, '0', "My.app/in/big", 0077, "", BIG);
}

/* Writes the archive with its end to the world's file and proves it. */
static struct signed_file *prove(struct world *w)
{
    char end[2 * TAR_BLOCK] = {0};
    struct buf bytes;
    struct refusal why = {0};
    struct signed_file *proof = NULL;
    int fd = open(w->file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(buf_add(&w->tar, end, sizeof end), RC_OK);
    buf_init(&bytes, 2 * TAR_SIZE);
    rig_gzip(w->tar.data, w->tar.len, &bytes);
    rig_write(fd, bytes.data, bytes.len);
    buf_release(&bytes);
    proof = proof_of(fd, &why);
    assert_non_null(proof);
    return proof;
}

/* Takes the proof. */
static enum refusal_class unpacked(struct world *w, struct signed_file *proof,
                                   const struct cancel *stop)
{
    char app[ARCHIVE_PART_MAX + 1] = "";
    struct refusal why = {0};
    enum rc rc = archive_unpack(proof, w->staging, 0, stop, app, &why);

    assert_true((rc == RC_OK) == (why.class == REFUSAL_NONE));
    assert_string_equal(app, rc == RC_OK ? "My.app" : "");
    signed_file_free(proof);
    return why.class;
}

static void remove_app(struct world *w)
{
    assert_int_equal(faccessat(w->staging, "My.app", F_OK, AT_SYMLINK_NOFOLLOW), 0);
    assert_int_equal(tree_remove(w->staging, "My.app", NULL), RC_OK);
}

static unsigned mode_of(const struct world *w, const char *path)
{
    struct stat st;

    assert_int_equal(fstatat(w->staging, path, &st, AT_SYMLINK_NOFOLLOW), 0);
    return (unsigned)st.st_mode;
}

TEST(archive_gives_the_same_modes_whatever_it_says_and_whatever_the_umask)
{
    static const mode_t masks[] = {0, 022, 077};

    for (size_t i = 0; i < countof(masks); i++) {
        struct world w = {0};
        mode_t before;

        world_init(&w);
        add_app(&w);
        before = umask(masks[i]);
        assert_int_equal(unpacked(&w, prove(&w), NULL), REFUSAL_NONE);
        umask(before);
        assert_int_equal(mode_of(&w, "My.app"), S_IFDIR | 0755);
        assert_int_equal(mode_of(&w, "My.app/in"), S_IFDIR | 0755);
        assert_int_equal(mode_of(&w, "My.app/run"), S_IFREG | 0755);
        assert_int_equal(mode_of(&w, "My.app/read"), S_IFREG | 0644);
        assert_int_equal(mode_of(&w, "My.app/in/big"),
                         S_IFREG | 0644); /* others' bits do not count */
        remove_app(&w);
        world_release(&w);
    }
}

TEST(archive_makes_files_and_links_as_they_are)
{
    struct world w = {0};
    struct stat st;
    char target[16] = "", *bytes = mem_new(BIG);
    int fd = -1;

    world_init(&w);
    add_app(&w);
    assert_int_equal(unpacked(&w, prove(&w), NULL), REFUSAL_NONE);
    assert_int_equal(readlinkat(w.staging, "My.app/link", target, sizeof target), 6);
    assert_memory_equal(target, "in/big", 6);
    fd = openat(w.staging, "My.app/link", O_RDONLY | O_CLOEXEC);
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(st.st_size, BIG);
    assert_int_equal(read(fd, bytes, BIG), BIG);
    for (size_t i = 0; i < BIG; i++)
        assert_int_equal(bytes[i], 'b');
    close(fd);
    mem_free(bytes);
    remove_app(&w);
    world_release(&w);
}

TEST(archive_leaves_nothing_behind_when_it_is_refused)
{
    struct world w = {0};

    world_init(&w);
    add_app(&w);
    add(&w, '1', "My.app/hard", 0644, "My.app/run", 0);
    assert_int_equal(unpacked(&w, prove(&w), NULL), REFUSAL_KIND);
    world_release(&w);
}

/* What lay there before is not written over, and not removed either. */
TEST(archive_keeps_off_what_is_not_its_own)
{
    struct world w = {0};

    world_init(&w);
    add_app(&w);
    assert_int_equal(mkdirat(w.staging, "My.app", 0700), 0);
    assert_int_equal(unpacked(&w, prove(&w), NULL), REFUSAL_WRITE);
    assert_int_equal(mode_of(&w, "My.app"), S_IFDIR | 0700);
    assert_int_equal(unlinkat(w.staging, "My.app", AT_REMOVEDIR), 0);
    assert_int_equal(symlinkat(".", w.staging, "My.app"), 0);
    assert_int_equal(unpacked(&w, prove(&w), NULL), REFUSAL_WRITE);
    assert_int_equal(unlinkat(w.staging, "My.app", 0), 0);
    world_release(&w);
}

/* Another file under the name of the one that was proved: the proof's own is unpacked. */
TEST(archive_does_not_look_at_the_path_again)
{
    struct world w = {0};
    struct signed_file *proof = NULL;
    int fd = -1;

    world_init(&w);
    add_app(&w);
    proof = prove(&w);
    assert_int_equal(unlink(w.file), 0);
    fd = open(w.file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    rig_write(fd, "evil", 4);
    close(fd);
    assert_int_equal(unpacked(&w, proof, NULL), REFUSAL_NONE);
    remove_app(&w);
    world_release(&w);
}

/* The file itself is written over between check and use, with another archive of the same length:
 * only its bytes tell. */
TEST(archive_notices_a_file_that_was_changed_after_its_proof)
{
    struct world w = {0};
    struct signed_file *proof = NULL;

    world_init(&w);
    add_app(&w);
    add(&w, '0', "My.app/one", 0644, "", 0);
    proof = prove(&w);
    buf_clear(&w.tar);
    add_app(&w);
    add(&w, '0', "My.app/two", 0644, "", 0);
    signed_file_free(prove(&w));
    assert_int_equal(unpacked(&w, proof, NULL), REFUSAL_SIGNATURE);
    world_release(&w);
}

TEST(archive_notices_a_file_that_became_shorter)
{
    struct world w = {0};
    struct signed_file *proof = NULL;

    world_init(&w);
    add_app(&w);
    proof = prove(&w);
    assert_int_equal(truncate(w.file, BIG / 2), 0);
    assert_int_equal(unpacked(&w, proof, NULL), REFUSAL_SIGNATURE);
    world_release(&w);
}

TEST(archive_is_stopped)
{
    struct world w = {0};
    struct cancel *stop = cancel_new();

    world_init(&w);
    add_app(&w);
    cancel_trigger(stop);
    assert_int_equal(unpacked(&w, prove(&w), stop), REFUSAL_STOPPED);
    cancel_free(stop);
    world_release(&w);
}

/* Full in the middle of a file; a limit of this process stands for the disk. */
TEST(archive_leaves_nothing_behind_on_a_full_disk)
{
    struct rlimit before, low;
    struct world w = {0};
    struct signed_file *proof = NULL;
    void (*old)(int) = signal(SIGXFSZ, SIG_IGN);

    world_init(&w);
    add_app(&w);
    proof = prove(&w);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    low = before;
    low.rlim_cur = BIG / 2;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    assert_int_equal(unpacked(&w, proof, NULL), REFUSAL_WRITE);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, old);
    world_release(&w);
}

SUITE(archive, T(archive_gives_the_same_modes_whatever_it_says_and_whatever_the_umask),
      T(archive_makes_files_and_links_as_they_are),
      T(archive_leaves_nothing_behind_when_it_is_refused), T(archive_keeps_off_what_is_not_its_own),
      T(archive_does_not_look_at_the_path_again),
      T(archive_notices_a_file_that_was_changed_after_its_proof),
      T(archive_notices_a_file_that_became_shorter), T(archive_is_stopped),
      T(archive_leaves_nothing_behind_on_a_full_disk))
