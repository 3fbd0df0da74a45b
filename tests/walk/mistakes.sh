# The walk with mistakes: each must turn red, and the same order must be good after it. Sourced by tests/walk/walk.
#
# At the machine: a form of another order is scanned; the clerk sends the order back; nobody pays; and the errors of
# faults.sh on the way. Before the judge: a CA of the same name with another key; a certificate of the same CA for
# another key. Pitfall: a mistake that goes red for another reason proves nothing, so each names the line it must
# appear in.

codes_every 5 # seconds; three messages are waited for in vain

# mistake WHAT PATTERN COMMAND...: the command must fail and say PATTERN.
mistake() {
    local what=$1 pattern=$2
    shift 2
    if "$@" >"$OUT/mistake.log" 2>&1; then
        sed 's/^/    /' "$OUT/mistake.log"
        echo "NOT NOTICED: $what"
        return 1
    fi
    grep -h 'FAILED\|RED' "$OUT/mistake.log" | sed 's/^/    /'
    if ! grep -q -- "$pattern" "$OUT/mistake.log"; then
        echo "NOTICED ONLY BY ACCIDENT: $what (nothing says \"$pattern\")"
        return 1
    fi
    echo "noticed: $what"
}

# Another person's order at the same terminal, up to the signed form; then the terminal loses its current.
other_form() {
    local pid=${HALL_PID[kiosk]}
    mkdir -p "$OUT/other"
    sed 's/"phone": "[0-9]*"/"phone": "13700000000"/' "$here/applicant.json" >"$OUT/other/applicant.json"
    WALK_APPLICANT=$OUT/other/applicant.json drive --out "$OUT/other" --to papers
    kill -KILL "$pid"
    wait "$pid" 2>/dev/null || true
    rm -f "$OUT/terminal.widgets"
    hall_start_and_wait kiosk
}

# The certificate on the copied key is replaced by one the same CA's key signed for another key.
swap_certificate() {
    local id key=$OUT/key-swapped
    cp -r "$OUT/judge-key" "$key"
    rm -f "$key/softhsm2.conf"
    openssl req -new -newkey rsa:2048 -nodes -keyout "$OUT/swapped.key" -subj /CN=swapped -out "$OUT/swapped.csr"
    openssl x509 -req -in "$OUT/swapped.csr" -CA "$HALL/state/ca/issuing.pem" -CAkey "$HALL/state/ca/issuing.key" \
        -CAcreateserial -CAserial "$OUT/swapped.serial" -days 300 -outform DER -out "$OUT/swapped.der"
    id=$(sed -n '/^Certificate Object/,$s/^ *ID: *//p' "$OUT/judge-objects.txt" | head -n 1)
    export WALK_PIN SIM_KEY_DIR=$key
    WALK_PIN=$(sed -n 's/.*"pin":"\([0-9]*\)".*/\1/p' "$OUT/walk.json")
    pkcs11-tool --module "$BUILD/sim-key.so" --login --pin env:WALK_PIN --delete-object --type cert --id "$id"
    pkcs11-tool --module "$BUILD/sim-key.so" --login --pin env:WALK_PIN --write-object "$OUT/swapped.der" --type cert --id "$id"
    unset SIM_KEY_DIR
}

mistakes_walk() {
    other_form
    drive --to service
    faults_of_messages
    drive --from agreement --to form
    faults_of_printing
    drive --only papers
    faults_of_scanning
    mistake "a form of another order is scanned" "FAILED.*application.*$(words service.foreign-code)" \
        drive --from scan --to scan --form-picture "$OUT/other/scan-application.jpg"
    drive --only scan_again
    drive --only submit
    faults_of_identity
    drive --from sign_in --to look
    cut_the_line
    drive --only undo
    drive --only reject
    see '2 项要修改'
    drive --only mend
    hall_insert_key
    drive --from identify --to approve
    faults_of_keys_and_line
    faults_of_paying
    mistake "nobody pays" "nobody paid; the terminal shows pay" drive --from pay --to pay --no-pay 4
    drive --from evidence --to evidence
    collect
    mistake "an unpaid order is judged" "RED  480.00 were paid" judge --name unpaid
    grep -q "RED  pkcs11-tool lists private key" "$OUT/mistake.log"
    faults_of_making
    drive --from issue
    collect
    judge
    "$BUILD/certca" init --dir "$OUT/other-ca" --name 东方中讯演示
    mistake "the chain ends in a CA of the same name with another key" "RED  openssl accepts chain" \
        judge --name wrong-ca --root "$OUT/other-ca/root.pem"
    swap_certificate >"$OUT/swap.log" 2>&1
    mistake "the certificate on the key was swapped" "RED  it belongs to the key" \
        judge --name swapped --key "$OUT/key-swapped"
    grep -q "RED  a fresh challenge" "$OUT/mistake.log"
    grep -q "ok   pkcs11-tool lists private key" "$OUT/mistake.log"
    grep -q "ok   openssl accepts chain" "$OUT/mistake.log"
    echo "every mistake was noticed"
}

# What the program says for a key of its words, as far as the first place to be filled in.
words() {
    sed -n "s/^$1 = \([^{。，]*\).*/\1/p" "$SOURCE/assets/text/zh.txt"
}
