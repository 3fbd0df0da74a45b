#include "drivers/printer/printer_reasons.h"

#include <string.h>

#include "kiosk/base/text.h"

/* Worst first. */
static const struct {
    const char *prefix;
    enum device_state state;
} meanings[] = {
    {"offline", DEVICE_OFFLINE},
    {"shutdown", DEVICE_OFFLINE},
    {"connecting-to-device", DEVICE_OFFLINE},
    {"timed-out", DEVICE_OFFLINE},
    {"cover-open", DEVICE_COVER_OPEN},
    {"door-open", DEVICE_COVER_OPEN},
    {"interlock-open", DEVICE_COVER_OPEN},
    {"media-jam", DEVICE_JAMMED},
    {"media-empty", DEVICE_PAPER_OUT},
    {"media-needed", DEVICE_PAPER_OUT},
    {"input-tray-missing", DEVICE_PAPER_OUT},
    {"output-area-full", DEVICE_FAULTY},
    {"output-tray-missing", DEVICE_FAULTY},
    {"toner-empty", DEVICE_FAULTY},
    {"marker-supply-empty", DEVICE_FAULTY},
    {"marker-supply-missing", DEVICE_FAULTY},
    {"marker-waste-full", DEVICE_FAULTY},
    {"developer-empty", DEVICE_FAULTY},
    {"opc-life-over", DEVICE_FAULTY},
    {"fuser-", DEVICE_FAULTY},
    {"paused", DEVICE_FAULTY},
    {"moving-to-paused", DEVICE_FAULTY},
    {"stopped-partly", DEVICE_FAULTY},
    {"stopping", DEVICE_FAULTY},
    {"other-error", DEVICE_FAULTY},
    {"toner-low", DEVICE_SUPPLY_LOW},
    {"marker-supply-low", DEVICE_SUPPLY_LOW},
    {"marker-waste-almost-full", DEVICE_SUPPLY_LOW},
    {"media-low", DEVICE_SUPPLY_LOW},
    {"developer-low", DEVICE_SUPPLY_LOW},
    {"opc-near-eol", DEVICE_SUPPLY_LOW},
};

/* Counted from 1, 0 for a word that stops nothing. */
static size_t rank_of(const char *word)
{
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (text_has_prefix(word, meanings[i].prefix))
            return i + 1;
    return 0;
}

/* A word that no longer fits is left out of the log line, not of the judgement. */
static void keep_word(struct printer_reasons *reasons, const char *word)
{
    size_t length = strlen(word);
    size_t comma = reasons->length > 0;
    if (length >= sizeof reasons->words - reasons->length - comma)
        return;
    if (comma)
        reasons->words[reasons->length] = ',';
    memcpy(reasons->words + reasons->length + comma, word, length + 1);
    reasons->length += comma + length;
}

void printer_reasons_add(struct printer_reasons *reasons, const char *word)
{
    if (!text_is_printable(word))
        return;
    size_t rank = rank_of(word);
    if (rank > 0 && (reasons->rank == 0 || rank < reasons->rank))
        reasons->rank = rank;
    if (rank > 0 && meanings[rank - 1].state == DEVICE_SUPPLY_LOW)
        reasons->supply_low = true;
    keep_word(reasons, word);
}

enum device_state printer_reasons_state(const struct printer_reasons *reasons)
{
    return reasons->rank == 0 ? DEVICE_READY : meanings[reasons->rank - 1].state;
}
