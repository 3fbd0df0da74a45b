/* Made-up people and how a card holds their texts: UTF-16LE, filled up with spaces. */
#include <string.h>

#include "drivers/simulators/idcard/sim_idcard.h"
#include "kiosk/base/text.h"

#define NUMBER_OFFICE "重庆市公安局渝北区分局"

static const struct {
    const char *name;
    struct sim_idcard_card card;
} presets[] = {
    {"agent",
     {' ', "张小丽", "", "01", "重庆市渝北区示例大道 100 号 6 楼", "500112199003070021", NUMBER_OFFICE,
      "20200101", "20400101"}},
    {"legal",
     {' ', "李大有", "", "01", "重庆市渝北区示例大道 200 号", "500112197001010018", NUMBER_OFFICE, "20180601",
      "长期"}},
    {"other",
     {' ', "王小小", "", "08", "重庆市江北区示例路 1 号", "110101199003070097", NUMBER_OFFICE, "20210301",
      "20410301"}},
    {"expired",
     {' ', "张小丽", "", "01", "重庆市渝北区示例大道 100 号 6 楼", "500112199003070021", NUMBER_OFFICE,
      "20040101", "20140101"}},
    {"endless",
     {' ', "张小丽", "", "01", "重庆市渝北区示例大道 100 号 6 楼", "500112199003070021", NUMBER_OFFICE,
      "20200101", "长期"}},
    {"foreign",
     {'I', "", "SAMPLE, ANNA MARIA", "DEU", "", "DEU310090010100", "3100", "20200101", "20300101"}},
    {"residence",
     {'J', "陈示例", "", "", "重庆市渝北区示例大道 300 号", "810000199001010019", NUMBER_OFFICE, "20220101",
      "20270101"}},
};

bool sim_idcard_preset(const char *name, struct sim_idcard_card *out)
{
    for (size_t i = 0; i < sizeof(presets) / sizeof(presets[0]); i++) {
        if (strcmp(presets[i].name, name) == 0) {
            *out = presets[i].card;
            return true;
        }
    }
    return false;
}

static void put(uint8_t *block, size_t *at, uint32_t unit)
{
    block[(*at)++] = (uint8_t)(unit & 0xFF);
    block[(*at)++] = (uint8_t)(unit >> 8);
}

/* The text from this offset on, no longer than its place. */
static bool write_text(uint8_t *block, size_t offset, size_t length, const char *text)
{
    size_t at = offset;
    for (uint32_t c = text_next(&text); c != 0; c = text_next(&text)) {
        if (at + (c > 0xFFFF ? 4U : 2U) > offset + length)
            return false;
        if (c > 0xFFFF) {
            put(block, &at, 0xD800 + ((c - 0x10000) >> 10));
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put(block, &at, c);
    }
    return true;
}

/* Of a resident's number: digits 7 to 14 are the birthday, the 17th is odd for men. */
static void birthday(const struct sim_idcard_card *card, char out[9])
{
    (void)memset(out, 0, 9);
    if (card->mark == 'I')
        (void)memcpy(out, "19900101", 8);
    else if (strlen(card->number) >= 14)
        (void)memcpy(out, card->number + 6, 8);
}

static const char *sex_of(const struct sim_idcard_card *card)
{
    return strlen(card->number) == 18 && (card->number[16] - '0') % 2 == 1 ? "1" : "2";
}

bool sim_idcard_block(const struct sim_idcard_card *card, uint8_t out[SIM_IDCARD_BLOCK_BYTES])
{
    char birth[9];
    const char mark[2] = {card->mark, 0};
    birthday(card, birth);
    for (size_t at = 0; at < SIM_IDCARD_BLOCK_BYTES;)
        put(out, &at, ' ');
    bool is_common = write_text(out, 188, 16, card->from) && write_text(out, 204, 16, card->to) &&
                     write_text(out, 248, 2, mark);
    if (card->mark == 'I')
        return is_common && write_text(out, 0, 120, card->latin) && write_text(out, 120, 2, sex_of(card)) &&
               write_text(out, 122, 30, card->number) && write_text(out, 152, 6, card->nation) &&
               write_text(out, 158, 30, card->name) && write_text(out, 220, 16, birth) &&
               write_text(out, 236, 4, "01") && write_text(out, 240, 8, card->issuer);
    bool is_residence = card->mark == 'J';
    return is_common && write_text(out, 0, 30, card->name) && write_text(out, 30, 2, sex_of(card)) &&
           (is_residence || write_text(out, 32, 4, card->nation)) && write_text(out, 36, 16, birth) &&
           write_text(out, 52, 70, card->address) && write_text(out, 122, 36, card->number) &&
           write_text(out, 158, 30, card->issuer);
}
