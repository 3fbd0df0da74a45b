/* certkiosk: the applicant's full-screen program. */
#include "kiosk/app.h"
#include "kiosk/base/secret.h"

int main(int argc, char **argv)
{
    secret_harden_process(false);
    return (int)app_run(argc, argv);
}
