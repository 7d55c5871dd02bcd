/* The sentences of notifications, and the words that travel with a button. */
#include "core/notify/notify_words.h"
#include "tests/unit/unit.h"

TEST(every_word_of_a_note_is_there)
{
    struct arena a = {0};
    enum note_button button;

    for (int s = 0; s < ENGINE_STATE_COUNT; s++)
        assert_string_not_equal(notify_engine_sentence(&a, ENGINE_DOCKER, (enum engine_state)s),
                                "");
    for (size_t i = 0; note_buttons[i] != 0; i++) {
        assert_true(note_button_from_word(note_button_word(note_buttons[i]), &button));
        assert_int_equal(button, note_buttons[i]);
        assert_string_not_equal(note_button_label(button), "");
    }
    assert_false(note_button_from_word("remove", &button));
    arena_release(&a);
}

SUITE(notify_words, T(every_word_of_a_note_is_there))
