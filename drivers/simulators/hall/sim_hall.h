/* Sim hall: what the control window of the simulators knows and can do. How it is started stands in
 * sim_hall_main.c.
 *
 * The window's thread holds a view and shows it; a worker looks at the simulators and carries out what a
 * person asked for, over the same control interfaces that tests use. Pitfall: nothing here touches the
 * product: no store, no socket of its, no widget of its windows.
 */
#ifndef DRIVERS_SIMULATORS_HALL_SIM_HALL_H
#define DRIVERS_SIMULATORS_HALL_SIM_HALL_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/base/status.h"

enum {
    SIM_HALL_PATH_BYTES = 512,
    SIM_HALL_TEXT_BYTES = 192,
    SIM_HALL_MESSAGES = 3,
    SIM_HALL_TRADES = 3,
    SIM_HALL_KEYS = 6,
    SIM_HALL_SHEETS = 48 /* papers and printed sheets one can choose from */
};

enum sim_hall_section {
#define SIM_HALL_SECTION(code, title, port_file, silent) SIM_HALL_SECTION_##code,
#include "drivers/simulators/hall/sim_hall_sections.def"
#undef SIM_HALL_SECTION
    SIM_HALL_SECTION_COUNT
};

enum sim_hall_verb {
    SIM_HALL_VERB_POST,
    SIM_HALL_VERB_TRADE,
    SIM_HALL_VERB_REFUSE,
    SIM_HALL_VERB_FAULT,
    SIM_HALL_VERB_PAPER,
    SIM_HALL_VERB_LINE,
    SIM_HALL_VERB_NO_LINE,
    SIM_HALL_VERB_KEY_BLANK,
    SIM_HALL_VERB_KEY_SWAP,
    SIM_HALL_VERB_KEY_BACK,
    SIM_HALL_VERB_KEY_PULL,
    SIM_HALL_VERB_KEY_LINE
};

enum sim_hall_act_code {
#define SIM_HALL_ACT(code, id, label, section, verb, argument) SIM_HALL_ACT_##code,
#include "drivers/simulators/hall/sim_hall_acts.def"
#undef SIM_HALL_ACT
    SIM_HALL_ACT_COUNT
};

struct sim_hall_act {
    const char *id;
    const char *label;
    enum sim_hall_section section;
    enum sim_hall_verb verb;
    const char *argument;
};

/* The acts in the order of their list, SIM_HALL_ACT_COUNT of them. */
extern const struct sim_hall_act sim_hall_acts[];

/* Where the simulators are. Texts are borrowed for the program's life; an empty one means there is none. */
struct sim_hall_settings {
    char url[SIM_HALL_SECTION_COUNT][SIM_HALL_PATH_BYTES];       /* of the control interface */
    char port_file[SIM_HALL_SECTION_COUNT][SIM_HALL_PATH_BYTES]; /* read when there is no url */
    char wechat_url[SIM_HALL_PATH_BYTES];                        /* payments have a second simulator */
    char wechat_port_file[SIM_HALL_PATH_BYTES];
    char key_dir[SIM_HALL_PATH_BYTES];
    char printer_dir[SIM_HALL_PATH_BYTES];
    char tray_dir[SIM_HALL_PATH_BYTES];
    char papers_dir[SIM_HALL_PATH_BYTES]; /* pictures a person put there: *.jpg, *.png */
    char page_program[SIM_HALL_PATH_BYTES];
    char page_file[SIM_HALL_PATH_BYTES]; /* what sim-page writes */
    char unit[SIM_HALL_TEXT_BYTES];      /* on papers; from the printed form when empty */
    char person[SIM_HALL_TEXT_BYTES];    /* the same */
};

struct sim_hall_message {
    char time[16];
    char number[24];
    char code[16];
    char text[SIM_HALL_TEXT_BYTES];
};

struct sim_hall_trade {
    char number[72];
    char status[24]; /* the gateway's word */
    char subject[SIM_HALL_TEXT_BYTES];
    int64_t until_utc_s; /* how long its code lives: the newest first */
    int64_t amount_fen;
    int64_t paid_count;
    int64_t returned_fen;
};

/* What the simulators say now; compared byte by byte, so it is zeroed before it is filled. */
struct sim_hall_view {
    bool is_up[SIM_HALL_SECTION_COUNT];
    int faults[SIM_HALL_SECTION_COUNT]; /* still waiting to happen */
    int message_count;
    struct sim_hall_message messages[SIM_HALL_MESSAGES]; /* newest first */
    int trade_count;
    struct sim_hall_trade trades[SIM_HALL_TRADES]; /* newest first */
    char scanner_state[16];
    bool has_glass;
    int64_t scans;
    char session[SIM_HALL_TEXT_BYTES];   /* the newest at the identity service, in words; "" for none */
    char card_name[SIM_HALL_TEXT_BYTES]; /* on the reader; "" for none */
    char card_number[24];
    int64_t card_reads;
    char printer_control[SIM_HALL_TEXT_BYTES];
    int sheet_count;
    char sheets[SIM_HALL_SHEETS]
               [64];  /* what can be laid on the glass: papers by name, then prints, newest first */
    char printed[64]; /* the newest sheet in the tray; "" for none */
    char key[64];     /* in the writer; "" for none */
    char key_control[SIM_HALL_TEXT_BYTES];
    int key_count;
    char keys[SIM_HALL_KEYS][64]; /* every key there is */
};

/* The simulators were asked. A silent one is told as such, never an error.
 * Thread: the worker's. Time: up to 2 s per silent simulator. */
void sim_hall_look(const struct sim_hall_settings *settings, struct sim_hall_view *out);

/* The control interface of a section. Returns: NOT_FOUND when its simulator is not known yet. */
enum status sim_hall_port(const struct sim_hall_settings *settings, enum sim_hall_section section,
                          uint16_t *port);

/* The control interface of the second simulator of payments. Returns: as sim_hall_port. */
enum status sim_hall_wechat_port(const struct sim_hall_settings *settings, uint16_t *port);

/* The act is carried out and *said tells a person what became of it. `detail` is the chosen trade's number,
 * or the key's name.
 * Returns: REFUSED (the simulator said no), LOST (it does not answer), else of files and programs.
 * Thread: the worker's. Time: a paper takes a second or two, the rest up to 2 s. */
enum status sim_hall_act_run(const struct sim_hall_settings *settings, enum sim_hall_act_code act,
                             const char *detail, char said[SIM_HALL_TEXT_BYTES]);

/* The sheet of the view lies on the glass as it is, neither signed nor stamped.
 * Returns: NOT_FOUND (no such sheet), REFUSED (no picture), LOST. Thread: the worker's. Time: a second or
 * two. */
enum status sim_hall_sheet_lay(const struct sim_hall_settings *settings, const char *name);

/* This key is in the writer. Returns: IO. Thread: the worker's. */
enum status sim_hall_key_insert(const struct sim_hall_settings *settings, const char *name);

#endif
