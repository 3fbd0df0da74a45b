/* Touch client: fingers for an X server whose input driver is inputtest, as a touch panel would send them.
 *
 * Several fingers at once, which XTEST cannot do. Every call returns after the server has handled the event.
 * Pitfall: the driver listens only when its device is enabled, so the first try may come too early.
 */
#ifndef TESTS_WALK_TOUCH_CLIENT_H
#define TESTS_WALK_TOUCH_CLIENT_H

#include <stdbool.h>

struct touch_client;

/* The driver at this socket answers. Units: width and height of the screen in px. Returns: NULL when it does
 * not. Owns: the caller closes it. Time: tries for up to 5 s. */
struct touch_client *touch_client_open(const char *socket_path, int width, int height);
/* The socket is closed; NULL is allowed. */
void touch_client_close(struct touch_client *client);

enum touch_client_act { TOUCH_CLIENT_BEGIN = 18, TOUCH_CLIENT_MOVE = 19, TOUCH_CLIENT_END = 20 };

/* The finger does this there. Units: px. Returns: false when the driver is gone. */
bool touch_client_send(struct touch_client *client, enum touch_client_act act, unsigned finger, int x, int y);

#endif
