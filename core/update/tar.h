/* tar.h - one header of a tar archive, and what the headers before it said about it.
 *
 * Knows the ustar format with the additions of pax and GNU tar that packers of today make, and no
 * more than a bundle needs: files, folders, symbolic links (updates.md 7). Decides nothing about
 * where a path may lead: archive_names.h. Reading blocks is the caller's work:
 *     tar_header()  of each block of TAR_BLOCK bytes where one is due
 *     tar_note()    if it only says something about the next one, with the bytes that follow it
 *     tar_entry()   else: the entry, with all that was noted
 * Pure. Threads: any. Memory: notes own copies; tar_notes_release(). */
#ifndef CORE_UPDATE_TAR_H
#define CORE_UPDATE_TAR_H
#include "core/update/refusal.h"

#define TAR_BLOCK 512
#define TAR_PAX_MAX ((size_t)1 << 20)
#define TAR_LONG_MAX ((size_t)64 << 10)
#define TAR_NAME_MAX 256 /* prefix, a slash and name of a header */
#define TAR_LINK_MAX 100

enum tar_kind {
    TAR_FILE,
    TAR_FOLDER,
    TAR_LINK,       /* symbolic */
    TAR_PAX,        /* about the next entry */
    TAR_PAX_GLOBAL, /* about all that follow */
    TAR_LONG_NAME,  /* path of the next entry */
    TAR_LONG_LINK   /* what the next entry, a link, names */
};

/* Bytes that need not end in a NUL and may hold one. */
struct tar_text {
    const char *bytes;
    size_t len;
};

struct tar_header {
    enum tar_kind kind;
    uint64_t size; /* of what follows, 0 for folders and links, capped for the last four kinds */
    unsigned mode;
    size_t name_len, link_len;
    char name[TAR_NAME_MAX];
    char link[TAR_LINK_MAX];
};

/* What was said about the next entry. Zeroed is nothing. */
struct tar_notes {
    char *pax, *long_name, *long_link; /* owned; NULL if there was none */
    size_t long_name_len, long_link_len;
    struct tar_text path, link; /* of the pax note; bytes is NULL if it has none */
    bool has_size;
    uint64_t size;
};

struct tar_entry {
    enum tar_kind kind; /* TAR_FILE, TAR_FOLDER or TAR_LINK */
    uint64_t size;
    unsigned mode;
    struct tar_text path, link; /* as they were written; they point into header and notes */
};

/* True for a block of zeros: the end of the archive. */
bool tar_is_end(const unsigned char block[TAR_BLOCK]);
/* REFUSAL_ARCHIVE, REFUSAL_KIND, REFUSAL_SIZE. */
NODISCARD enum rc tar_header(const unsigned char block[TAR_BLOCK], struct tar_header *out,
                             struct refusal *why);
/* Does this header only say something about the next ones? */
bool tar_is_note(const struct tar_header *h);
/* Takes in the bytes behind a note's header, of its size. REFUSAL_ARCHIVE; REFUSAL_KIND for a file
 * with holes. */
NODISCARD enum rc tar_note(struct tar_notes *notes, const struct tar_header *h, const char *bytes,
                           struct refusal *why);
/* The entry of a header that is no note. REFUSAL_ARCHIVE if the notes do not fit. */
NODISCARD enum rc tar_entry(const struct tar_header *h, const struct tar_notes *notes,
                            struct tar_entry *out, struct refusal *why);
/* True if nothing was noted that waits for its entry. */
bool tar_notes_empty(const struct tar_notes *notes);
void tar_notes_release(struct tar_notes *notes);

#endif
