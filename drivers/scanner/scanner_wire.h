/* Scanner wire: the messages between the scanner client and the SANE service in the driver host.
 *
 * A scan is answered by progress messages, first one with the page's measures, then its rows in pieces, and
 * one reply with the status. Pieces end anywhere, not at rows. Pitfall: both ends are ours, but the helper
 * has loaded a vendor's code; the client believes nothing it says.
 */
#ifndef DRIVERS_SCANNER_SCANNER_WIRE_H
#define DRIVERS_SCANNER_SCANNER_WIRE_H

enum {
    SCANNER_WIRE_CHUNK_BYTES = 512 * 1024, /* of rows in one progress message */
    SCANNER_WIRE_HEIGHT_MAX = 100 * 1000
};

/* Requests; numbered from HOST_FIRST_REQUEST. */
enum scanner_wire_request { SCANNER_WIRE_LIST = 16, SCANNER_WIRE_LOOK = 17, SCANNER_WIRE_SCAN = 18 };

/* Field tags. */
enum scanner_wire_tag {
    SCANNER_WIRE_ID = 1,      /* text: the device; once per device in a list */
    SCANNER_WIRE_NAME = 2,    /* text: maker and model; as often as ID */
    SCANNER_WIRE_STATE = 3,   /* enum device_state, in replies to LOOK and to failed scans */
    SCANNER_WIRE_DPI = 4,     /* asked for, and really used */
    SCANNER_WIRE_IS_GRAY = 5, /* 1 for gray */
    SCANNER_WIRE_SOURCE = 6,  /* enum scanner_source */
    SCANNER_WIRE_WIDTH_MM = 7,
    SCANNER_WIRE_HEIGHT_MM = 8,
    SCANNER_WIRE_WIDTH_PX = 9,
    SCANNER_WIRE_HEIGHT_PX = 10, /* 0 while unknown */
    SCANNER_WIRE_CHANNELS = 11,
    SCANNER_WIRE_ROWS = 12 /* bytes of rows, in order */
};

#endif
