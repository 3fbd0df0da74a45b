# The walk with kills: certkiosk and certclerk themselves die by -9 at planned points of the visit. Sourced by
# tests/walk/walk.
#
# Each time the applicant resumes (number, code, order) at the terminal started again, or the clerk signs in anew, and
# the visit goes on. A plan says where the process kills itself (tests/kill/kill_points.h): before a commit, after
# one, or between an act in the world and its result. At the end the judge finds one payment and one certificate.
# Pitfall: codes are asked for more often than a person may, so the hall's settings and the SMS service allow that.

export KIOSK_PROGRAM=$BUILD/certkiosk-killable CLERK_PROGRAM=$BUILD/certclerk-killable
codes_every 5 # seconds, RESEND_S of walk_resume.c
FIRST_KIOSK_PLAN=self:before:order/form-completed/printing#1
FIRST_CLERK_PLAN=self:before:decision/identify/collecting+decision/sign/pending#1

# killed PART WHAT STEPS...: the steps are walked until the part has died of its plan.
killed() {
    local part=$1 what=$2 tries code=0
    local pid=${HALL_PID[$part]}
    shift 2
    drive "$@" >"$OUT/killed.log" 2>&1 || true
    { # without what bash says about killed children
        for ((tries = 0; tries < 200; tries++)); do
            kill -0 "$pid" || break
            sleep 0.05
        done
        if kill -0 "$pid"; then
            code=alive
        else
            wait "$pid" || code=$?
        fi
    } 2>/dev/null
    if [ $code = alive ]; then
        sed 's/^/    /' "$OUT/killed.log"
        echo "NOT KILLED: $part, $what"
        return 1
    fi
    if [ $code != 137 ]; then
        tail -n 20 "$HALL/log/$part.log"
        echo "NOT KILLED BUT ENDED with $code: $part, $what"
        return 1
    fi
    hall_say "killed: $part, $what"
}

# The terminal runs again, with another plan or none, and the applicant has come back to the order.
resume() {
    rm -f "$OUT/terminal.widgets"
    KILL_PLAN=${1:-} hall_start_and_wait kiosk
    drive --only resume
}

# The desk runs again and the clerk has signed in.
sign_in() {
    rm -f "$OUT/desk.widgets"
    KILL_PLAN=${1:-} hall_start_and_wait clerk
    drive --only sign_in
}

kills_walk() {
    killed kiosk "before the completed form is stored" --to form
    resume self:after:printer_print#1
    drive --only form_again
    killed kiosk "between printing and its result" --only print
    resume self:after:page/put#2
    drive --only print_again
    drive --only papers
    killed kiosk "after the second page is stored" --only scan
    resume self:after:payment_create#1
    drive --only scan_again
    drive --from submit --to sign_in
    killed clerk "before the identity's decision is stored" --only identify
    sign_in self:after:decision/approve/collecting+decision/sign/pending#1
    drive --from identify --to look
    killed clerk "after the approval is stored" --only approve
    sign_in
    killed kiosk "between the payment's making and its result" --only approve_again
    resume self:before:payment/paid/paid+order/paid/issuing+invoice/open/requested+intention/take-payment/done#1
    drive --only approve_again
    killed kiosk "before the payment is stored" --only pay
    resume self:after:token_generate#1
    killed kiosk "between the key's making and its result" --only pay_again
    resume self:after:token_write_certificate#1
    killed kiosk "between the certificate's writing and its result" --only pay_again
    resume self:after:token_set_pin#1
    drive --only pay_again
    drive --only issue
    killed kiosk "between the PIN's setting and its result" --only pin
    resume
    drive --from pin
    collect
    judge
}
