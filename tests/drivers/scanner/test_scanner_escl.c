/* What a network scanner says of itself, and where it is asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/net/http_fake.h"
#include "drivers/scanner/scanner_escl.h"
#include "drivers/scanner/scanner_setup.h"
#include "kiosk/base/file.h"

#define STATUS_TEXT(inner)                                                                                   \
    "<?xml version=\"1.0\"?>\n<s:ScannerStatus xmlns:s=\"x\">" inner "</s:ScannerStatus>"
#define STATE_TEXT(word) "<p:State>" word "</p:State>"
#define FEEDER_TEXT(word) "<s:AdfState>" word "</s:AdfState>"
#define REASON_TEXT(word) "<p:StateReasons><p:StateReason>" word "</p:StateReason></p:StateReasons>"

static enum status read_text(const char *text, enum device_state *out)
{
    return scanner_escl_read(text, strlen(text), out);
}

static void test_scanner_escl__states_have_names(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum device_state state;
    } rows[] = {
        {STATUS_TEXT(STATE_TEXT("Idle")), DEVICE_READY},
        {STATUS_TEXT(STATE_TEXT(" Idle\n") FEEDER_TEXT("ScannerAdfEmpty")), DEVICE_READY},
        {STATUS_TEXT(STATE_TEXT("Processing")), DEVICE_WORKING},
        {STATUS_TEXT(STATE_TEXT("Testing")), DEVICE_WORKING},
        {STATUS_TEXT(STATE_TEXT("Stopped")), DEVICE_FAULTY},
        {STATUS_TEXT(STATE_TEXT("Down")), DEVICE_FAULTY},
        {STATUS_TEXT(STATE_TEXT("Stopped") FEEDER_TEXT("ScannerAdfJam")), DEVICE_JAMMED},
        {STATUS_TEXT(FEEDER_TEXT("ScannerAdfJam") STATE_TEXT("Idle")), DEVICE_JAMMED},
        {STATUS_TEXT(STATE_TEXT("Idle") FEEDER_TEXT("ScannerAdfMispick")), DEVICE_JAMMED},
        {STATUS_TEXT(STATE_TEXT("Idle") FEEDER_TEXT("ScannerAdfMultipickDetected")), DEVICE_JAMMED},
        {STATUS_TEXT(STATE_TEXT("Stopped") FEEDER_TEXT("ScannerAdfHatchOpen")), DEVICE_COVER_OPEN},
        {STATUS_TEXT(STATE_TEXT("Stopped") REASON_TEXT("MediaJam")), DEVICE_JAMMED},
        {STATUS_TEXT(STATE_TEXT("Stopped") REASON_TEXT("CoverOpen")), DEVICE_COVER_OPEN},
        {"<ScannerStatus>" STATE_TEXT("Idle") "<AdfState/><!-- <AdfState>ScannerAdfJam --></ScannerStatus>",
         DEVICE_READY},
        /* a job of an hour ago is no state */
        {STATUS_TEXT(STATE_TEXT("Idle") "<s:Jobs><s:JobInfo><p:State>Stopped</p:State><p:JobStateReasons>"
                                        "<p:JobStateReason>MediaJam</p:JobStateReason></p:JobStateReasons>"
                                        "<s:AdfState>ScannerAdfJam</s:AdfState></s:JobInfo></s:Jobs>"),
         DEVICE_READY},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        enum device_state told = DEVICE_STATE_COUNT_;
        assert_int_equal(read_text(rows[i].text, &told), STATUS_OK);
        assert_int_equal(told, rows[i].state);
    }
}

static void test_scanner_escl__what_is_no_whole_status_says_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "Idle",
        "<html><State>Idle</State></html>",
        STATUS_TEXT(""),
        STATUS_TEXT(STATE_TEXT("")),
        "<ScannerStatus><State>Stopped</State><AdfState>ScannerAdfJam</AdfState>",
        "<ScannerStatus><State>Stopped</AdfState></ScannerStatus>",
        "<ScannerStatus><State>Idle",
        "<ScannerStatus><State>Idle</State></ScannerStatus",
        "<ScannerStatus/>",
        "</ScannerStatus>",
        "<>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><ScannerStatus><State>Idle</State></ScannerStatus>",
        "<!-- <ScannerStatus><State>Idle</State></ScannerStatus>",
        "<ScannerStatus><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        enum device_state told = DEVICE_STATE_COUNT_;
        assert_int_equal(read_text(texts[i], &told), STATUS_MALFORMED);
        assert_int_equal(told, DEVICE_STATE_COUNT_);
    }
}

static void test_scanner_escl__longer_text_than_a_status_is_not_read(void **state)
{
    (void)state;
    enum device_state told = DEVICE_STATE_COUNT_;
    size_t length = SCANNER_ESCL_STATUS_BYTES + 1;
    char *text = malloc(length);
    assert_non_null(text);
    memset(text, ' ', length);
    memcpy(text, STATUS_TEXT(STATE_TEXT("Idle")), strlen(STATUS_TEXT(STATE_TEXT("Idle"))));
    assert_int_equal(scanner_escl_read(text, length - 1, &told), STATUS_OK);
    assert_int_equal(scanner_escl_read(text, length, &told), STATUS_FULL);
    free(text);
}

/* --- asking --------------------------------------------------------------------------------------------- */

static enum status ask(const char *url, enum status sent, int code, const char *body, enum device_state *told)
{
    struct http *http = NULL;
    struct http_fake *fake = NULL;
    assert_int_equal(http_fake_new(&http, &fake), STATUS_OK);
    assert_int_equal(http_fake_push(fake, sent, code, body, strlen(body)), STATUS_OK);
    enum status status = scanner_escl_ask(http, url, told, NULL);
    assert_int_equal(http_fake_count(fake), 1);
    assert_string_equal(http_fake_last_url(fake), "http://10.0.0.7/eSCL/ScannerStatus");
    http_free(http);
    return status;
}

static void test_scanner_escl__scanner_is_asked_once_at_its_status_page(void **state)
{
    (void)state;
    static const char jam[] = STATUS_TEXT(STATE_TEXT("Stopped") FEEDER_TEXT("ScannerAdfJam"));
    enum device_state told = DEVICE_STATE_COUNT_;
    assert_int_equal(ask("http://10.0.0.7/eSCL/", STATUS_OK, 200, jam, &told), STATUS_OK);
    assert_int_equal(told, DEVICE_JAMMED);
    told = DEVICE_STATE_COUNT_;
    assert_int_equal(ask("http://10.0.0.7/eSCL", STATUS_OK, 302, jam, &told), STATUS_REFUSED);
    assert_int_equal(ask("http://10.0.0.7/eSCL/", STATUS_OK, 500, jam, &told), STATUS_REFUSED);
    assert_int_equal(ask("http://10.0.0.7/eSCL/", STATUS_OK, 200, "<html>", &told), STATUS_MALFORMED);
    assert_int_equal(ask("http://10.0.0.7/eSCL/", STATUS_TIMED_OUT, 0, "", &told), STATUS_TIMED_OUT);
    assert_int_equal(told, DEVICE_STATE_COUNT_);
}

/* --- the address ---------------------------------------------------------------------------------------- */

static void write_conf(const char *folder, const char *text)
{
    char path[128];
    (void)snprintf(path, sizeof(path), "%s/airscan.conf", folder);
    assert_int_equal(file_replace(path, text, strlen(text), 0644, NULL), STATUS_OK);
}

static void assert_url(const char *folders, const char *id, const char *wanted)
{
    char url[64] = "";
    assert_int_equal(scanner_setup_find_escl(folders, id, url, sizeof(url)), wanted[0] != 0);
    assert_string_equal(url, wanted);
}

static void test_scanner_setup__address_is_found_by_the_name_sane_uses(void **state)
{
    (void)state;
    char folder[] = "/tmp/scanner-escl-XXXXXX", path[128], both[64];
    assert_non_null(mkdtemp(folder));
    assert_int_equal(scanner_setup_escl(folder, "Counter Scanner", "http://127.0.0.1:8900/eSCL/", NULL),
                     STATUS_OK);
    assert_url(folder, "airscan:e0:Counter Scanner", "http://127.0.0.1:8900/eSCL/");
    (void)snprintf(both, sizeof(both), "/nowhere:%s", folder);
    assert_url(both, "airscan:e0:Counter Scanner", "http://127.0.0.1:8900/eSCL/");
    assert_url(folder, "airscan:e0:Counter", "");
    assert_url(folder, "airscan:w0:Counter Scanner", "");
    assert_url(folder, "epson2:libusb:001:004", "");
    assert_url("/nowhere", "airscan:e0:Counter Scanner", "");
    write_conf(folder,
               "[devices]\n# \"A\" = http://no/\n  \"B\"=https://b/eSCL # here\nC = http://c/eSCL , eSCL\n"
               "\"D\" = http://d/wsd, WSD\n\"E\" = disable\n");
    assert_url(folder, "airscan:e0:A", "");
    assert_url(folder, "airscan:e0:B", "https://b/eSCL");
    assert_url(folder, "airscan:e1:C", "http://c/eSCL");
    assert_url(folder, "airscan:e0:D", "");
    assert_url(folder, "airscan:e0:E", "");
    assert_url(folder, "airscan:e0:", "");
    write_conf(folder, "\"B\" = http://a.name.longer.than.the.place.it.is.read.into.example.cn/eSCL/\n");
    assert_url(folder, "airscan:e0:B", "");
    (void)snprintf(path, sizeof(path), "%s/airscan.conf", folder);
    (void)unlink(path);
    (void)snprintf(path, sizeof(path), "%s/dll.conf", folder);
    (void)unlink(path);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scanner_escl__states_have_names),
        cmocka_unit_test(test_scanner_escl__what_is_no_whole_status_says_nothing),
        cmocka_unit_test(test_scanner_escl__longer_text_than_a_status_is_not_read),
        cmocka_unit_test(test_scanner_escl__scanner_is_asked_once_at_its_status_page),
        cmocka_unit_test(test_scanner_setup__address_is_found_by_the_name_sane_uses),
    };
    return cmocka_run_group_tests_name("scanner eSCL", tests, NULL, NULL);
}
