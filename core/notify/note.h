/* note.h - one notification as plain data: what notify.h decides and app/service/notifier.h shows.
 *
 * A value without pointers, so it is copied from thread to thread. Its texts are safe to show and
 * cut to a length. Its key stays the same as long as it means the same thing: a note takes the
 * place of the one with its key that is still shown, and is taken back by it. */
#ifndef CORE_NOTIFY_NOTE_H
#define CORE_NOTIFY_NOTE_H
#include "core/exec/cmd.h"

#define NOTE_KEY_MAX (VALID_ID_MAX + 32)
#define NOTE_TITLE_MAX 512
#define NOTE_BODY_MAX 2560

enum note_kind {
    NOTE_EXIT,      /* a container ended with an error */
    NOTE_UNHEALTHY, /* its health check fails */
    NOTE_LOOP,      /* it ends again and again */
    NOTE_ENGINE,    /* an engine went down, or came back */
    NOTE_FAILURE,   /* an action of the user's failed */
    NOTE_SUMMARY,   /* many of these at once, or while the user was away */
    NOTE_KIND_COUNT
};

/* Bits of `buttons`. */
enum note_button { NOTE_RESTART = 1, NOTE_LOGS = 2 };
/* All of them, in the order in which they are shown, ends with 0. */
extern const enum note_button note_buttons[];
/* "restart", "logs": travels to the notification service and back. Static. */
const char *note_button_word(enum note_button button);
/* False if `text` names no button. */
bool note_button_from_word(const char *text, enum note_button *out);
/* What it says: "Restart". Static. */
const char *note_button_label(enum note_button button);

struct note {
    enum note_kind kind;
    bool withdrawn; /* to be taken back: nothing but `key` counts */
    char key[NOTE_KEY_MAX];
    enum engine_kind engine;
    struct valid_id id; /* text "" if it is not about one container; no buttons then */
    char title[NOTE_TITLE_MAX];
    char body[NOTE_BODY_MAX]; /* lines; may be "" */
    unsigned buttons;
};

#endif
