/* certclerk: the clerk's desk. */
#include "kiosk/base/secret.h"
#include "kiosk/desk_app.h"

int main(int argc, char **argv)
{
    secret_harden_process(false);
    return (int)desk_app_run(argc, argv);
}
