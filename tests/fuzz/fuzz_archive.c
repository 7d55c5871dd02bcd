/* fuzz_archive.c - an update out of any bytes, unpacked into a real folder.
 *
 * The first byte picks: a tar archive that is compressed here, with the checksums of its headers
 * made right, so that what is behind them is reached; the same as it is; or a compressed file.
 * Beside not crashing: a refusal has a class and a sentence and leaves nothing in the folder; an
 * app that was unpacked is a folder of the mode that it should have, can be hashed and can be
 * removed. */
#include "core/base/tree.h"
#include "core/update/bundle.h"
#include "core/update/plist.h"
#include "core/update/tree_hash.h"
#include "tests/unit/archive_rig.h"
#include <sys/stat.h>

#define SIZE_MAX_HERE ((size_t)1 << 20)
#define CHECKSUM 148

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In memory where there is a folder for that: a disk takes its time to confirm. */
static const char *parent_folder(void)
{
    return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

/* Its name is gone when it is open, so that nothing stays. */
static int open_file(void)
{
    char path[64];
    int fd = -1;

    (void)snprintf(path, sizeof path, "%s/ck-fuzz-archive.XXXXXX", parent_folder());
    fd = mkstemp(path);
    MUST(fd >= 0 && unlink(path) == 0);
    return fd;
}

static void repair(unsigned char *tar, size_t len)
{
    for (size_t at = 0; at + TAR_BLOCK <= len; at += TAR_BLOCK) {
        unsigned char *block = tar + at;
        unsigned sum = 0;

        if (memcmp(block + 257, "ustar", 5) != 0)
            continue;
        memset(block + CHECKSUM, ' ', 8);
        for (size_t i = 0; i < TAR_BLOCK; i++)
            sum += block[i];
        (void)snprintf((char *)block + CHECKSUM, 8, "%06o", sum);
    }
}

static struct signed_file *prove(const uint8_t *data, size_t size)
{
    int fd = open_file();
    unsigned char *tar = NULL;
    struct buf bytes;

    if (data[0] % 3 == 2) {
        rig_write(fd, data + 1, size - 1);
        return proof_of(fd, NULL);
    }
    tar = mem_new(size - 1 + (size_t)2 * TAR_BLOCK);
    memcpy(tar, data + 1, size - 1);
    if (data[0] % 3 == 0)
        repair(tar, size - 1);
    buf_init(&bytes, 2 * SIZE_MAX_HERE);
    rig_gzip(tar, (size - 1) / TAR_BLOCK * TAR_BLOCK + (size_t)2 * TAR_BLOCK, &bytes);
    rig_write(fd, bytes.data, bytes.len);
    buf_release(&bytes);
    mem_free(tar);
    return proof_of(fd, NULL);
}

static void check_app(int staging, const char *folder, const char *app)
{
    struct semver version;
    const struct bundle_wanted want = {"a", &version, NULL, "linux-x86_64"};
    unsigned char hash[TREE_HASH_SIZE];
    char path[ARCHIVE_PART_MAX + 72];
    struct stat st;

    MUST(strchr(app, '/') == NULL && app[0] != '.' && strlen(app) > 4);
    (void)snprintf(path, sizeof path, "%s/%s", folder, app);
    MUST(lstat(path, &st) == 0 && st.st_mode == (S_IFDIR | 0755));
    MUST(tree_hash(staging, app, NULL, hash, NULL) == RC_OK);
    MUST(semver_read("1.0.0", 5, &version, NULL) == RC_OK);
    (void)!bundle_check(staging, app, &want, NULL);
    MUST(tree_remove(staging, app, NULL) == RC_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char folder[64], app[ARCHIVE_PART_MAX + 1] = "";
    struct plist_text text = {.key = "a"};
    struct signed_file *proof = NULL;
    struct refusal why = {0};
    int staging = -1;
    enum rc rc = RC_OK;

    if (size == 0 || size > SIZE_MAX_HERE)
        return 0;
    (void)!plist_read((const char *)data, size, &text, 1, NULL);
    (void)snprintf(folder, sizeof folder, "%s/ck-fuzz-staging.XXXXXX", parent_folder());
    MUST(mkdtemp(folder) != NULL);
    staging = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    proof = prove(data, size);
    MUST(proof != NULL && staging >= 0);
    rc = archive_unpack(proof, staging, 0, NULL, app, &why);
    MUST((rc == RC_OK) == (why.class == REFUSAL_NONE));
    MUST((rc == RC_OK) == (why.fault.text[0] == '\0'));
    MUST((rc == RC_OK) == (app[0] != '\0'));
    if (rc == RC_OK)
        check_app(staging, folder, app);
    signed_file_free(proof);
    close(staging);
    MUST(rmdir(folder) == 0); /* so nothing else was left */
    return 0;
}
