# How a demonstration hall is made, started, watched and stopped. Sourced by kiosk/run and by tests/walk/walk.
#
# The caller sets SOURCE (the checkout), BUILD (where the programs are) and HALL (the hall's own directory):
#   HALL/state  store, keys, certificates: what survives     HALL/key   the simulated keys (SIM_KEY_DIR)
#   HALL/papers pictures (*.jpg, *.png) the control window offers for the scanner's glass
#   HALL/run    sockets, port files, SANE's configuration    HALL/log   one log per part
# Every part is a child of this shell, ends with it whatever ends it (PDEATHSIG), listens on 127.0.0.1 only and
# carries CERTKIOSK_HALL in its environment, by which a forgotten one would be found.
# KIOSK_PROGRAM and CLERK_PROGRAM name other builds of the two programs, for tests that kill them; SMS_ARGUMENTS is an
# array of further arguments, as are KIOSK_ARGUMENTS, CLERK_ARGUMENTS and CONTROL_ARGUMENTS.
# Pitfall: ports are chosen by the system at the first start and kept for restarts, since settings name them.

HALL_SIMULATORS=(sms alipay wechat scanner printer idcard identity)
declare -A HALL_PID=()     # part -> process
declare -A HALL_PART=()    # process -> part
declare -A HALL_SINCE=()   # part -> when it was started
declare -A HALL_BACKOFF=() # part -> seconds before the next restart
HALL_ORDER=()              # parts in the order of their start
HALL_ENDING=no

hall_say() {
    printf '%s %s\n' "$(date +%H:%M:%S)" "$*"
}

# What config/profiles/demo.yaml asks for; addresses are added by hall_export_addresses.
hall_export() {
    export CERTKIOSK_HALL="$HALL#$$"
    export STATE=$HALL/state RUN=$HALL/run SHARE=$SOURCE ASSETS=$BUILD/assets
    export HOST_PROGRAM=$BUILD/certhost
    export TOKEN_MODULE=$BUILD/sim-key.so TOKEN_ENV="SIM_KEY_DIR=$HALL/key"
    export SANE_DIR=$HALL/run/sane IDCARD_LINE=$HALL/run/idcard.line
    # SDL would look for a session bus, and a library would start one where dbus-launch is installed.
    export DBUS_SESSION_BUS_ADDRESS=disabled:
    HALL_CONFIG=${HALL_CONFIG:-$SOURCE/config/profiles/demo.yaml}
}

hall_port() {
    cat "$HALL/run/$1.port"
}

hall_export_addresses() {
    export PRINTER_URI ALIPAY_URL WECHAT_URL SMS_URL IDENTITY_URL
    PRINTER_URI=ipp://localhost:$(hall_port printer)/ipp/print
    ALIPAY_URL=http://127.0.0.1:$(hall_port alipay)/gateway.do
    WECHAT_URL=http://127.0.0.1:$(hall_port wechat)
    SMS_URL=http://127.0.0.1:$(hall_port sms)
    IDENTITY_URL=http://127.0.0.1:$(hall_port identity)
}

# --- making ------------------------------------------------------------------------------------------------

# The hall's directories and its CA exist, a blank key is in the writer. A kept hall is left as it is.
hall_make() {
    case $HALL in
    *[[:space:]]*)
        echo "The path $HALL has a blank in it, which the PKCS#11 module's settings cannot carry." >&2
        return 1
        ;;
    esac
    if [ ${#HALL} -gt 80 ]; then
        echo "The path $HALL is too long for a socket below it." >&2
        return 1
    fi
    rm -rf "$HALL/run"
    (umask 077 && mkdir -p "$HALL/state" "$HALL/run/sane" "$HALL/key" "$HALL/log" "$HALL/printer" "$HALL/gateway" \
        "$HALL/papers")
    if [ ! -e "$HALL/state/ca/ca.json" ]; then
        "$BUILD/certca" init --dir "$HALL/state/ca" --name 东方中讯演示 --crl-url http://crl.example.com/demo.crl || return 1
    fi
    if [ ! -e "$HALL/key/control" ]; then
        hall_insert_key key-1
    fi
}

hall_certctl() {
    "$BUILD/certctl" --config "$HALL_CONFIG" "$@"
}

# The clerk lin exists. The password is printed once, when the clerk is made; HALL_CLERK_FILE gets "name password"
# when set.
hall_make_clerk() {
    local said
    if hall_certctl clerk list 2>/dev/null | grep -q '^lin '; then
        echo "The clerk lin of the desk is there already; a lost password: certctl clerk password lin"
        return 0
    fi
    said=$(hall_certctl clerk add lin --role supervisor) || return 1
    if [ -n "${HALL_CLERK_FILE:-}" ]; then
        (umask 077 && echo "lin ${said##* }" >"$HALL_CLERK_FILE")
    fi
    printf '\n%s\n  (the clerk of the desk; lost: certctl clerk password lin)\n\n' "$said"
}

# The hall key, the first clerk and the registers exist; addresses must be known, for certctl reads the whole
# settings. The mark is the last thing made: what broke off before is gone on with, what is there stays.
hall_make_people() {
    local register kind
    if [ -e "$HALL/state/people.made" ]; then
        return 0
    fi
    if [ ! -e "$HALL/state/hall.key" ]; then
        hall_certctl hall-key create >>"$HALL/log/certctl.log" || return 1
    fi
    hall_make_clerk || return 1
    for register in "$SOURCE"/config/profiles/registers/*.csv; do # fictitious, to compare forms with
        kind=$(basename "$register" .csv)
        if ! hall_certctl register show "$kind" >/dev/null 2>&1; then
            hall_certctl register import "$kind" "$register" >>"$HALL/log/certctl.log" || return 1
        fi
    done
    : >"$HALL/state/people.made"
}

# --- the simulated writer ----------------------------------------------------------------------------------

# The key NAME is in the writer; without a name the writer is empty. See drivers/simulators/key/key_state.h.
hall_insert_key() {
    (
        umask 077
        exec 9>"$HALL/key/lock"
        flock 9
        if [ -n "${1:-}" ]; then
            printf 'insert %s %s\n' "$1" "$(date +%s)"
        fi >"$HALL/key/control.fresh"
        mv "$HALL/key/control.fresh" "$HALL/key/control"
    )
}

# --- parts -------------------------------------------------------------------------------------------------

# Becomes the program; it is asked to end when this shell is gone.
hall_become() {
    exec setpriv --pdeathsig TERM -- "$@"
}

hall_simulator() {
    local part=$1 port=0
    shift
    if [ -s "$HALL/run/$part.port" ]; then
        port=$(hall_port "$part")
    fi
    hall_become "$BUILD/sim-$part" --port "$port" --port-file "$HALL/run/$part.port" "$@"
}

hall_part_sms() {
    hall_simulator sms --secret-file "$STATE/sms.secret" --access-key-id demo-key --sign-name 证书自助服务 \
        --log "$HALL/log/sms.calls" "${SMS_ARGUMENTS[@]}"
}

hall_part_alipay() {
    hall_simulator alipay --keys-dir "$STATE/alipay" --state-dir "$HALL/gateway" --log "$HALL/log/alipay.calls"
}

hall_part_wechat() {
    hall_simulator wechat --keys-dir "$STATE/wechat" --state-dir "$HALL/gateway" --log "$HALL/log/wechat.calls"
}

hall_part_scanner() {
    hall_simulator scanner --log "$HALL/log/scanner.calls"
}

hall_part_printer() {
    hall_simulator printer --state-dir "$HALL/printer"
}

hall_part_idcard() {
    hall_simulator idcard --line "$IDCARD_LINE" --log "$HALL/log/idcard.calls"
}

hall_part_identity() {
    hall_simulator identity --key-file "$STATE/identity.key" --key-id demo-key --log "$HALL/log/identity.calls"
}

hall_part_ca() {
    hall_become "$BUILD/certca" serve --dir "$STATE/ca" --socket "$RUN/certca.sock"
}

# The line between the product and the CA, which can be made slow or bad.
hall_part_ca-proxy() {
    hall_become "$BUILD/sim-ca" --listen "$RUN/ca.sock" --connect "$RUN/certca.sock" \
        --port-file "$RUN/ca-proxy.port" --log "$HALL/log/ca-proxy.calls"
}

hall_part_kiosk() {
    if [ -n "${KIOSK_DISPLAY:-}" ]; then
        export DISPLAY=$KIOSK_DISPLAY
    fi
    hall_become "${KIOSK_PROGRAM:-$BUILD/certkiosk}" --config "$HALL_CONFIG" "${KIOSK_ARGUMENTS[@]}"
}

hall_part_clerk() {
    if [ -n "${CLERK_DISPLAY:-}" ]; then
        export DISPLAY=$CLERK_DISPLAY
    fi
    hall_become "${CLERK_PROGRAM:-$BUILD/certclerk}" --config "$HALL_CONFIG" "${CLERK_ARGUMENTS[@]}"
}

hall_part_control() {
    if [ -n "${CONTROL_DISPLAY:-}" ]; then
        export DISPLAY=$CONTROL_DISPLAY
    fi
    hall_become "$BUILD/sim-hall" --hall "$HALL" --assets "$ASSETS" "${CONTROL_ARGUMENTS[@]}"
}

hall_start() {
    local part=$1
    "hall_part_$part" </dev/null >>"$HALL/log/$part.log" 2>&1 &
    HALL_PID[$part]=$!
    HALL_PART[$!]=$part
    HALL_SINCE[$part]=$SECONDS
    case " ${HALL_ORDER[*]} " in
    *" $part "*) ;;
    *) HALL_ORDER+=("$part") ;;
    esac
}

# Waits until the command says yes. Fails when the part ends before, or after 30 s, and shows its log; fails
# without a word when the hall is asked to end.
# Returns: 2 when the part ended because its configuration is wrong, else 1.
hall_wait_for() {
    local part=$1 tries code=0
    shift
    for ((tries = 0; tries < 600; tries++)); do
        if "$@"; then
            return 0
        fi
        [ $HALL_ENDING = no ] || return 1
        kill -0 "${HALL_PID[$part]}" 2>/dev/null || break
        sleep 0.05
    done
    echo "$part did not start; the end of $HALL/log/$part.log:" >&2
    tail -n 15 "$HALL/log/$part.log" >&2
    if ! kill -0 "${HALL_PID[$part]}" 2>/dev/null; then
        wait "${HALL_PID[$part]}" || code=$?
    fi
    if [ $code -eq 2 ]; then
        return 2
    fi
    return 1
}

hall_is_ready() {
    tail -n +"$((HALL_LINES + 1))" "$HALL/log/$1.log" 2>/dev/null | grep -q '^ready\|ca ready'
}

# A part that says "ready" on its output is running.
hall_start_and_wait() {
    HALL_LINES=$(cat "$HALL/log/$1.log" 2>/dev/null | wc -l)
    hall_start "$1"
    hall_wait_for "$1" hall_is_ready "$1"
}

# The simulators and the CA run, and the addresses are known.
hall_start_world() {
    local part
    for part in "${HALL_SIMULATORS[@]}"; do
        hall_start "$part"
    done
    for part in "${HALL_SIMULATORS[@]}"; do
        hall_wait_for "$part" test -s "$HALL/run/$part.port" || return
    done
    printf 'airscan\n' >"$SANE_DIR/dll.conf"
    printf '[devices]\n"Counter Scanner" = http://127.0.0.1:%s/eSCL/, eSCL\n\n[options]\ndiscovery = disable\n' \
        "$(hall_port scanner)" >"$SANE_DIR/airscan.conf"
    hall_export_addresses
    hall_start_and_wait ca && hall_start_and_wait ca-proxy
}

# --- watching ----------------------------------------------------------------------------------------------

hall_end() {
    HALL_ENDING=yes
}

# Every part is restarted when it falls, later each time it falls soon again; a wrong configuration is not.
# Returns: 0 when asked to end or a window was closed, 2 when a part's configuration is wrong.
hall_watch() {
    local pid code part
    while [ $HALL_ENDING = no ]; do
        pid=
        code=0
        { wait -n -p pid || code=$?; } 2>/dev/null # this says what bash says about killed children
        if [ -z "${pid:-}" ]; then
            continue # a signal ended the wait
        fi
        part=${HALL_PART[$pid]:-}
        unset "HALL_PART[$pid]"
        case $part in
        '') ;;
        restart:*) hall_start "${part#restart:}" ;;
        *) hall_fallen "$part" "$code" || return $? ;;
        esac
    done
}

hall_fallen() {
    local part=$1 code=$2 pause
    unset "HALL_PID[$part]"
    if [ $HALL_ENDING = yes ]; then
        return 0
    fi
    case $part:$code in
    kiosk:0 | clerk:0 | control:0)
        hall_say "$part was closed"
        hall_end
        return 0
        ;;
    *:2 | *:64)
        echo "$part will not run like this; the end of $HALL/log/$part.log:" >&2
        tail -n 15 "$HALL/log/$part.log" >&2
        return 2
        ;;
    esac
    pause=${HALL_BACKOFF[$part]:-1}
    if [ $((SECONDS - HALL_SINCE[$part])) -ge 30 ]; then
        pause=1
    fi
    HALL_BACKOFF[$part]=$((pause < 16 ? pause * 2 : 30))
    hall_say "$part ended with $code; it starts again in $pause s (log/$part.log)"
    sleep "$pause" &
    HALL_PART[$!]=restart:$part
}

# --- stopping ----------------------------------------------------------------------------------------------

hall_children() {
    local pid
    for pid in "${!HALL_PART[@]}"; do
        if kill -0 "$pid" 2>/dev/null; then
            echo "$pid"
        fi
    done
}

# Processes of this hall, whoever started them.
hall_strays() {
    local file
    exec 2>/dev/null # processes come and go while this looks
    for file in /proc/[0-9]*/environ; do
        if tr '\0' '\n' 2>/dev/null <"$file" | grep -qxF "CERTKIOSK_HALL=$CERTKIOSK_HALL"; then
            file=${file#/proc/}
            echo "${file%/environ}"
        fi
    done
}

# Everything has ended, windows first, the world after them. Returns: 1 when something had to be killed.
hall_stop() {
    local i tries part pid result=0
    HALL_ENDING=yes
    for pid in "${!HALL_PART[@]}"; do
        case ${HALL_PART[$pid]} in
        restart:*) kill "$pid" 2>/dev/null || true ;;
        esac
    done
    for ((i = ${#HALL_ORDER[@]} - 1; i >= 0; i--)); do
        part=${HALL_ORDER[i]}
        pid=${HALL_PID[$part]:-}
        if [ -n "$pid" ]; then
            kill -TERM "$pid" 2>/dev/null || true
            for ((tries = 0; tries < 100; tries++)); do
                kill -0 "$pid" 2>/dev/null || break
                sleep 0.05
            done
        fi
    done
    for pid in $(hall_children) $(hall_strays); do
        echo "process $pid ($(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)) had to be killed" >&2
        kill -KILL "$pid" 2>/dev/null || true
        result=1
    done
    wait
    return $result
}
