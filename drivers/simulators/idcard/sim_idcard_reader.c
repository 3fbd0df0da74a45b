/* A SAM_V reader: questions as frames, answers by what lies on it and what it was told to do wrong. */
#include <stdlib.h>
#include <string.h>

#include "drivers/simulators/idcard/sim_idcard.h"

enum {
    HEAD = 5,
    LONGEST_QUESTION = 64,
    SW3_GOOD = 0x90,
    SW3_FOUND = 0x9F,
    SW3_NONE = 0x80,
    SW3_UNSELECTED = 0x81
};
enum { SW3_UNREAD = 0x41, SW3_CHECKSUM = 0x10, SW3_UNKNOWN = 0x21, SW3_ABSENT = 0x91 };
static const uint8_t head[HEAD] = {0xAA, 0xAA, 0xAA, 0x96, 0x69};

static uint8_t check_of(const uint8_t *bytes, size_t length)
{
    unsigned check = 0;
    while (length-- > 0)
        check ^= *bytes++;
    return (uint8_t)check;
}

static void answer(struct sim_idcard_answer *out, int sw3, const uint8_t *data, size_t length)
{
    size_t said = 3 + length + 1;
    uint8_t *at = out->bytes;
    (void)memcpy(at, head, HEAD);
    at[HEAD] = (uint8_t)(said >> 8);
    at[HEAD + 1] = (uint8_t)(said & 0xFF);
    at[HEAD + 2] = at[HEAD + 3] = 0;
    at[HEAD + 4] = (uint8_t)sw3;
    if (length > 0)
        (void)memcpy(at + HEAD + 5, data, length);
    at[HEAD + 5 + length] = check_of(at + HEAD, 5 + length);
    out->length = HEAD + 2 + said;
}

static void find(struct sim_idcard *sim, struct sim_idcard_answer *out)
{
    static const uint8_t nothing[4];
    sim->is_found = sim->has_card && !(sim->once && sim->was_read);
    sim->is_selected = false;
    if (sim->is_found)
        answer(out, SW3_FOUND, nothing, sizeof(nothing));
    else
        answer(out, SW3_NONE, NULL, 0);
}

static void choose(struct sim_idcard *sim, struct sim_idcard_answer *out)
{
    static const uint8_t nothing[8];
    sim->is_selected = sim->has_card && sim->is_found;
    if (sim->is_selected)
        answer(out, SW3_GOOD, nothing, sizeof(nothing));
    else
        answer(out, SW3_UNSELECTED, NULL, 0);
}

static void read_card(struct sim_idcard *sim, struct sim_idcard_answer *out)
{
    uint8_t data[4 + SIM_IDCARD_BLOCK_BYTES + SIM_IDCARD_PHOTO_BYTES] = {0x01, 0x00, 0x04, 0x00};
    bool is_read = sim->has_card && sim->is_selected && sim_idcard_block(&sim->card, data + 4);
    sim->is_found = sim->is_selected = false;
    if (!is_read) {
        answer(out, SW3_UNREAD, NULL, 0);
        return;
    }
    for (size_t i = 4 + SIM_IDCARD_BLOCK_BYTES; i < sizeof(data); i++) /* no photo is this even */
        data[i] = (uint8_t)(i * 7);
    sim->was_read = true;
    sim->reads++;
    answer(out, SW3_GOOD, data, sizeof(data));
}

static const char *carry_out(struct sim_idcard *sim, int command, int parameter,
                             struct sim_idcard_answer *out)
{
    static const uint8_t number[16] = {5, 0, 3, 0, 0x11, 0x32, 0x65, 0, 1, 0, 0, 0, 0x55, 0xAA, 0, 1};
    switch (command << 8 | parameter) {
    case 0x10FF:
    case 0x11FF:
        answer(out, SW3_GOOD, NULL, 0);
        return "status";
    case 0x12FF:
        answer(out, SW3_GOOD, number, sizeof(number));
        return "number";
    case 0x2001:
        find(sim, out);
        return "find";
    case 0x2002:
        choose(sim, out);
        return "select";
    case 0x3001:
        read_card(sim, out);
        return "read";
    case 0x3003:
        answer(out, SW3_ABSENT, NULL, 0);
        return "address";
    default:
        answer(out, SW3_UNKNOWN, NULL, 0);
        return "unknown";
    }
}

/* --- misfortunes ------------------------------------------------------------------------------------- */

static void put_junk_before(struct sim_idcard_answer *out)
{
    static const uint8_t junk[] = {0x00, 0xFF, 0xAA, 0xAA, 0x96, 0xAA, 0xAA, 0xAA, 0x13, 0x37, 0xAA};
    if (out->length + sizeof(junk) > sizeof(out->bytes))
        return;
    (void)memmove(out->bytes + sizeof(junk), out->bytes, out->length);
    (void)memcpy(out->bytes, junk, sizeof(junk));
    out->length += sizeof(junk);
}

static void lift(struct sim_idcard *sim)
{
    sim->has_card = sim->is_found = sim->is_selected = sim->was_read = false;
}

static void spoil(struct sim_idcard *sim, const char *method, struct sim_idcard_answer *out)
{
    struct sim_faults *faults = &sim->control.faults;
    struct sim_fault fault;
    if (sim_faults_take(faults, method, "sw", &fault))
        answer(out, (int)strtol(fault.argument, NULL, 16), NULL, 0);
    if (sim_faults_take(faults, method, "garbage", &fault) && out->length > HEAD + 40) {
        (void)memset(out->bytes + HEAD + 9, 0, 32); /* NUL is no letter */
        out->bytes[out->length - 1] = check_of(out->bytes + HEAD, out->length - HEAD - 1);
    }
    if (sim_faults_take(faults, method, "bad-checksum", &fault))
        out->bytes[out->length - 1] ^= 0x5A;
    if (sim_faults_take(faults, method, "short", &fault))
        out->length = out->length * 2 / 3;
    if (sim_faults_take(faults, method, "lift", &fault)) {
        out->length /= 2;
        lift(sim);
    }
    if (sim_faults_take(faults, method, "noise", &fault))
        put_junk_before(out);
    if (sim_faults_take(faults, method, "bytewise", &fault))
        out->piece = 1;
    if (sim_faults_take(faults, method, "chunks", &fault))
        out->piece = 61;
    if (sim_faults_take(faults, method, "slow", &fault))
        out->pause_ms = (int)strtol(fault.argument, NULL, 10);
    if (sim_faults_take(faults, method, "hang", &fault))
        out->length = 0;
}

static void write_log(struct sim_idcard *sim, const char *method, const struct sim_idcard_answer *out)
{
    struct json *line = json_new_object();
    json_set_text(line, "method", method);
    json_set_integer(line, "sw3", out->length > HEAD + 4 ? out->bytes[HEAD + 4] : -1);
    json_set_integer(line, "bytes", (int64_t)out->length);
    sim_log_take(&sim->control.log, line);
}

/* --- the line ---------------------------------------------------------------------------------------- */

bool sim_idcard_question(struct sim_idcard *sim, const uint8_t *bytes, size_t length, size_t *used,
                         struct sim_idcard_answer *out)
{
    size_t at = 0;
    *out = (struct sim_idcard_answer){0};
    while (at + HEAD <= length && memcmp(bytes + at, head, HEAD) != 0)
        at++;
    *used = at;
    if (length < at + HEAD + 2)
        return false;
    size_t said = (size_t)bytes[at + HEAD] << 8 | bytes[at + HEAD + 1];
    if (said < 3 || said > LONGEST_QUESTION) {
        *used = at + HEAD;
        return false;
    }
    if (length < at + HEAD + 2 + said)
        return false;
    *used = at + HEAD + 2 + said;
    if (check_of(bytes + at + HEAD, said + 1) != bytes[*used - 1]) {
        answer(out, SW3_CHECKSUM, NULL, 0);
        return true;
    }
    const char *method = carry_out(sim, bytes[at + HEAD + 2], bytes[at + HEAD + 3], out);
    spoil(sim, method, out);
    write_log(sim, method, out);
    return true;
}
