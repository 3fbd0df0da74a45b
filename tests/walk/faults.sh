# The errors a person meets (the table of the design), each made by a simulator outside of the terminal while the
# visit stands there, read on the screen, and mended again. Sourced by tests/walk/walk beside mistakes.sh.
#
# What a clerk sent back is read by the step reject.
#
# Pitfall: a fault is taken away before the visit goes on, or the next step meets it.

# control SIMULATOR PATH: the simulator does this.
control() {
    curl -gfsS -X POST "http://127.0.0.1:$(hall_port "$1")/control/$2" >/dev/null
}

# see WHAT [TAP]: these words, this widget or this screen stand on the terminal at last, once TAP was pressed.
see() {
    drive --only see --see "$1" ${2:+--tap "$2"}
    echo "seen: $1"
}

# printer_says LINE: the printer's state, empty for well.
printer_says() {
    printf '%s\n' "$1" >"$HALL/printer/control.fresh"
    mv "$HALL/printer/control.fresh" "$HALL/printer/control"
}

# writer_gets NAME LINE: this key is put in, and the line happens to it (drivers/simulators/key/key_state.h).
writer_gets() {
    (
        exec 9>"$HALL/key/lock"
        flock 9
        printf 'insert %s %s\n%s\n' "$1" "$(date +%s)" "$2" >"$HALL/key/control.fresh"
        mv "$HALL/key/control.fresh" "$HALL/key/control"
    )
}

# Nobody looks at the messages, as if none had come; the phone rings instead.
faults_of_messages() {
    drive --only unsent
    see '验证码没收到？'
    see 重新获取
    drive --only login_again
}

faults_of_printing() {
    printer_says paper-out
    see 打印机没纸了 bar.next
    printer_says ''
    see 再打印一张
    see scan bar.next
    drive --only print_again
}

# One paper is scanned before the jam, so that the page has something to say of what is kept.
faults_of_scanning() {
    control scanner "page?source=glass&path=$OUT/scan-legal-id.jpg"
    see bar.next paper.legal_id
    see scan.message bar.next
    see 扫描这一页 paper.agent_id
    control scanner 'state?state=jam'
    see 扫描仪卡纸了 bar.next
    see '前 1 项已经保存'
    control scanner 'state?state=ready'
    "$BUILD/sim-page" --empty --out "$OUT/empty.jpg"
    control scanner "page?source=glass&path=$OUT/empty.jpg"
    see 这一页看不清 error.retry
}

faults_of_identity() {
    control idcard 'fault?method=select&kind=sw&argument=81&count=-1'
    control idcard place
    see 没读到身份证 identity.way.reader
    control idcard lift
    control idcard clear
    see identity.code identity.way.phone
    control identity 'end?state=failed'
    see 没认出您
    see 人工核验 identity.desk
}

# The world falls silent while the clerk reviews (the gateway is asked once a minute): told once a key is there.
cut_the_line() {
    control alipay 'fault?method=*&kind=drop&count=-1'
    control wechat 'fault?method=*&kind=drop&count=-1'
    control ca-proxy 'fault?method=*&kind=lose-request&count=-1'
}

faults_of_keys_and_line() {
    see '本机 Key 已用完' keys.none
    hall_insert_key key-2
    see 网络断开了
    control alipay clear
    control wechat clear
    control ca-proxy clear
    see 等待支付
}

faults_of_paying() {
    control alipay 'fault?method=alipay.trade.query&kind=http-500&count=-1'
    see 正在确认缴费结果
    control alipay clear
    see 等待支付
    control alipay scan
    control alipay expire
    see 二维码过期了
    see pay.code bar.next
}

# Paid: the key is pulled while it is made, put back, and cannot be written; then comes the one the judge looks at.
faults_of_making() {
    writer_gets key-2 'pull-at C_GenerateKeyPair'
    drive --only pay
    see 'Key 被拔出了'
    writer_gets key-2 'fail C_GenerateKeyPair 0x30'
    see '这支 Key 写不进去'
    hall_insert_key
    see '没有插入 Key' error.other
    hall_insert_key key-1
    see pin
}
