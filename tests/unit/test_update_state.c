/* test_update_state.c - state.json: what survives, what does not, and what moves the marks. */
#include "core/base/file.h"
#include "tests/unit/update_rig.h"
#include <sys/stat.h>

static void put(const struct rig *r, const char *text)
{
    char path[64];

    (void)snprintf(path, sizeof path, "%s/state.json", r->folder);
    assert_int_equal(file_replace(path, text, strlen(text), NULL), RC_OK);
}

static void read_state(const struct rig *r, struct update_state *s)
{
    (void)update_state_read(r->folder, &r->config.floor, r->now_s, s);
}

TEST(update_state_begins_at_the_floor)
{
    struct rig r;
    struct update_state s, other;

    rig_init(&r);
    read_state(&r, &s);
    assert_int_equal(s.last_check, 0);
    assert_int_equal(s.last_ok, RIG_T0);
    assert_string_equal(s.max_version_seen.text, "1.1.0");
    assert_int_equal(s.last_manifest_timestamp, RIG_T0 - 1000);
    assert_int_equal(strlen(s.rollout_id), UPDATE_ROLLOUT_ID);
    read_state(&r, &other);
    assert_string_not_equal(s.rollout_id, other.rollout_id);
    rig_release(&r);
}

TEST(update_state_comes_back_as_it_was)
{
    struct rig r;
    struct update_state s, back;
    struct stat st;
    char path[64];

    rig_init(&r);
    read_state(&r, &s);
    s.last_check = RIG_T0;
    s.failures = 3;
    assert_int_equal(semver_read("2.0.0-rc.1+b", 12, &s.max_version_seen, NULL), RC_OK);
    s.last_manifest_timestamp = RIG_T0 + 7;
    (void)snprintf(s.skipped, sizeof s.skipped, "1.2.0");
    (void)snprintf(s.blocked, sizeof s.blocked, "1.3.0");
    assert_int_equal(update_state_write(r.folder, &s, NULL), RC_OK);
    read_state(&r, &back);
    assert_int_equal(back.last_check, s.last_check);
    assert_int_equal(back.last_ok, s.last_ok);
    assert_int_equal(back.failures, 3);
    assert_string_equal(back.max_version_seen.text, "2.0.0-rc.1+b");
    assert_int_equal(back.last_manifest_timestamp, RIG_T0 + 7);
    assert_string_equal(back.rollout_id, s.rollout_id);
    assert_string_equal(back.skipped, "1.2.0");
    assert_string_equal(back.blocked, "1.3.0");
    (void)snprintf(path, sizeof path, "%s/state.json", r.folder);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    rig_release(&r);
}

TEST(update_state_makes_its_folder)
{
    struct rig r;
    struct update_state s;
    char folder[64], path[96];

    rig_init(&r);
    read_state(&r, &s);
    (void)snprintf(folder, sizeof folder, "%s/update", r.folder);
    assert_int_equal(update_state_write(folder, &s, NULL), RC_OK);
    (void)snprintf(path, sizeof path, "%s/state.json", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    rig_release(&r);
}

#define GOOD                                                                                       \
    "\"last_ok\":5,\"max_version_seen\":\"9.0.0\",\"last_manifest_timestamp\":1900000000,"         \
    "\"rollout_id\":\"0123456789abcdef0123456789abcdef\",\"skipped\":\"\",\"blocked\":\"\""

TEST(update_state_of_which_a_field_is_odd_counts_for_nothing)
{
    static const char *const bad[] = {
        "",
        "garbage",
        "[]",
        "{" GOOD ",\"failures\":0}",                      /* one is missing */
        "{\"last_check\":-1," GOOD ",\"failures\":0}",    /* out of range */
        "{\"last_check\":1.5," GOOD ",\"failures\":0}",   /* no whole number */
        "{\"last_check\":\"1\"," GOOD ",\"failures\":0}", /* another type */
        "{\"last_check\":1," GOOD ",\"failures\":1001}",  /* over its cap */
        "{\"last_check\":1," GOOD ",\"failures\":0,\"failures\":0}",
        "{\"last_check\":1,\"last_ok\":5,\"max_version_seen\":\"9\",\"last_manifest_timestamp\":1,"
        "\"rollout_id\":\"0123456789abcdef0123456789abcdef\",\"skipped\":\"\",\"blocked\":\"\","
        "\"failures\":0}",
        "{\"last_check\":1,\"last_ok\":5,\"max_version_seen\":\"9.0.0\","
        "\"last_manifest_timestamp\":1,\"rollout_id\":\"0\",\"skipped\":\"\",\"blocked\":\"\","
        "\"failures\":0}",
    };
    struct rig r;
    struct update_state s;

    rig_init(&r);
    put(&r, "{\"last_check\":1," GOOD ",\"failures\":0,\"later\":1}");
    read_state(&r, &s);
    assert_string_equal(s.max_version_seen.text, "9.0.0"); /* so the others fail by what is odd */
    for (size_t i = 0; i < countof(bad); i++) {
        put(&r, bad[i]);
        read_state(&r, &s);
        assert_string_equal(s.max_version_seen.text, "1.1.0");
        assert_int_equal(s.last_manifest_timestamp, RIG_T0 - 1000);
        assert_int_equal(s.last_check, 0);
    }
    rig_release(&r);
}

TEST(update_state_never_says_less_than_what_is_compiled_in)
{
    struct rig r;
    struct update_state s;

    rig_init(&r);
    put(&r, "{\"last_check\":1,\"last_ok\":5,\"max_version_seen\":\"0.1.0\","
            "\"last_manifest_timestamp\":1,\"rollout_id\":\"0123456789abcdef0123456789abcdef\","
            "\"skipped\":\"\",\"blocked\":\"\",\"failures\":0}");
    read_state(&r, &s);
    assert_string_equal(s.max_version_seen.text, "1.1.0");
    assert_int_equal(s.last_manifest_timestamp, RIG_T0 - 1000);
    rig_release(&r);
}

TEST(update_state_takes_the_marks_of_what_was_proved)
{
    struct rig r;
    struct update_state s;
    struct manifest *m = NULL;
    struct manifest_marks marks;

    rig_init(&r);
    read_state(&r, &s);
    update_state_failed(&s, RIG_T0 + 1);
    update_state_failed(&s, RIG_T0 + 2);
    assert_int_equal(s.failures, 2);
    assert_int_equal(s.last_check, RIG_T0 + 2);
    assert_int_equal(s.last_ok, RIG_T0);
    marks = update_state_marks(&s);
    assert_int_equal(rig_open(&r.says, &marks, &m, NULL), RC_OK);
    update_state_proved(&s, m, RIG_T0 + 3);
    manifest_free(m);
    assert_int_equal(s.failures, 0);
    assert_int_equal(s.last_ok, RIG_T0 + 3);
    assert_string_equal(s.max_version_seen.text, "1.2.0");
    assert_int_equal(s.last_manifest_timestamp, RIG_T0 - 500);
    rig_release(&r);
}

TEST(update_state_spreads_rollouts_evenly)
{
    struct update_state s = {.rollout_id = "0123456789abcdef0123456789abcdef"};
    struct semver v;
    int counts[10] = {0};
    char text[SEMVER_MAX + 1];

    for (int i = 0; i < 1000; i++) {
        int bucket;

        (void)snprintf(text, sizeof text, "1.%d.0", i);
        assert_int_equal(semver_read(text, strlen(text), &v, NULL), RC_OK);
        bucket = update_state_bucket(&s, &v);
        assert_in_range(bucket, 0, 99);
        assert_int_equal(bucket, update_state_bucket(&s, &v));
        counts[bucket / 10]++;
    }
    for (size_t i = 0; i < countof(counts); i++)
        assert_in_range(counts[i], 60, 140);
}

TEST(update_state_row_35_wants_no_version_twice)
{
    static const struct {
        const char *skipped, *blocked;
        bool critical, by_user, want;
    } rows[] = {
        {"", "", false, false, true},        {"1.2.0", "", false, false, false},
        {"1.2.0", "", false, true, true},    {"1.2.0", "", true, false, true},
        {"1.1.9", "", false, false, true},   {"", "1.2.0", false, false, false},
        {"", "1.2.0", true, false, false},   {"", "1.2.0", false, true, true},
        {"", "1.2.0+b", false, false, true},
    };
    struct offer o = {.kind = OFFER_UPDATE};

    assert_int_equal(semver_read("1.2.0", 5, &o.version, NULL), RC_OK);
    for (size_t i = 0; i < countof(rows); i++) {
        struct update_state s = {0};

        (void)snprintf(s.skipped, sizeof s.skipped, "%s", rows[i].skipped);
        (void)snprintf(s.blocked, sizeof s.blocked, "%s", rows[i].blocked);
        o.critical = rows[i].critical;
        assert_int_equal(update_state_wants(&s, &o, rows[i].by_user), rows[i].want);
    }
}

SUITE(update_state, T(update_state_begins_at_the_floor), T(update_state_comes_back_as_it_was),
      T(update_state_makes_its_folder), T(update_state_of_which_a_field_is_odd_counts_for_nothing),
      T(update_state_never_says_less_than_what_is_compiled_in),
      T(update_state_takes_the_marks_of_what_was_proved), T(update_state_spreads_rollouts_evenly),
      T(update_state_row_35_wants_no_version_twice))
