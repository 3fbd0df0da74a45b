"""What the measuring programs share: the build, virtual displays, a hall, processes, figures and where they go.

Nothing here decides whether a figure is good: it stands beside its target, for a person to read.
"""
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = os.environ.get("BENCH_SOURCE") or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.environ.get("BENCH_OUT") or os.path.join(SOURCE, "build", "bench")
HERE = os.path.join(SOURCE, "tests", "bench")
PROGRAMS = ("certkiosk certclerk certctl certhost certca sim-alipay sim-wechat sim-sms sim-scanner sim-printer sim-avahi "
            "sim-page sim-key sim-ca bench-probe walk-driver").split()
CHROMIUM = ["chromium", "--kiosk", "--no-sandbox", "--no-first-run", "--disable-gpu", "--disable-translate",
            "--disable-features=Translate", "--window-size=1920,1080", "--window-position=0,0",
            "--password-store=basic", "--noerrdialogs"]
TICK_S = 1.0 / os.sysconf("SC_CLK_TCK")


# --- build and words ---------------------------------------------------------------------------------------

def take_option(arguments, name, has_value=False):
    """The option is taken out of the arguments. Returns: whether it was there, or its value."""
    if name not in arguments:
        return None if has_value else False
    at = arguments.index(name)
    if not has_value:
        del arguments[at]
        return True
    value = arguments[at + 1]
    del arguments[at:at + 2]
    return value


def build(arguments, targets):
    """Returns: the directory of optimised programs."""
    built = take_option(arguments, "--built", True)
    if built:
        return os.path.abspath(built)
    directory = os.path.join(OUT, "build")
    command = ["cmake", "-S", SOURCE, "-B", directory, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo"]
    if shutil.which("ccache"):
        command.append("-DCMAKE_C_COMPILER_LAUNCHER=ccache")
    for step in (command, ["ninja", "-C", directory] + list(targets)):
        done = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            sys.stdout.buffer.write(done.stdout[-4000:])
            sys.exit(1)
    return directory


def has_peer(arguments):
    """Whether Chromium is there to be measured beside us; it is installed when it is missing."""
    if take_option(arguments, "--no-peer"):
        return False
    if shutil.which("chromium"):
        return True
    print("installing chromium, to be measured beside us (--no-peer leaves it out)", flush=True)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    done = subprocess.run(["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"], env=environment,
                          stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, check=False)
    return done.returncode == 0 and shutil.which("chromium") is not None


class Report:
    """Lines that are printed and kept in OUT/name.txt."""

    def __init__(self, name):
        self.path = os.path.join(OUT, name + ".txt")
        os.makedirs(OUT, exist_ok=True)
        self.lines = []
        self.say("%s, %s, load %.1f" % (name, time.strftime("%Y-%m-%d %H:%M", time.gmtime()) + " UTC", os.getloadavg()[0]))

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("\n".join(self.lines) + "\n")

    def row(self, name, value, target="", peer=""):
        self.say("%-44s %16s   %-22s %s" % (name, value, target, peer))


def median(values):
    return statistics.median(values) if values else float("nan")


def part(values, share):
    """The value below which this share of all lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


# --- processes ---------------------------------------------------------------------------------------------

def tree_of(pid):
    """The process and all that descend from it."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, encoding="utf-8", errors="replace") as file:
                    parent = int(file.read().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
            children.setdefault(parent, []).append(int(name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting.extend(children.get(one, []))
    return found


def pss_kib(pid):
    """Proportional set size of one process (smaps_rollup)."""
    try:
        with open("/proc/%d/smaps_rollup" % pid, encoding="utf-8") as file:
            for line in file:
                if line.startswith("Pss:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return 0


def cpu_s(pid):
    """Processor time of one process so far."""
    try:
        with open("/proc/%d/stat" % pid, encoding="utf-8", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * TICK_S
    except OSError:
        return 0.0


def end(process):
    """A process started in a session of its own, and all of that session, has ended."""
    if process is None or process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def end_session(pid):
    """The same for a process that the probe started."""
    for number, patience_s in ((signal.SIGTERM, 3), (signal.SIGKILL, 2)):
        try:
            os.killpg(pid, number)
        except ProcessLookupError:
            return
        until = time.monotonic() + patience_s
        while time.monotonic() < until and os.path.exists("/proc/%d" % pid):
            time.sleep(0.05)


class Display:
    """An X server of our own."""

    def __init__(self, size="1920x1080"):
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size + "x24", "-nolisten", "tcp",
                                         "-noreset"], pass_fds=[write], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(write)
        with os.fdopen(read) as file:
            self.name = ":" + file.readline().strip()

    def close(self):
        end(self.process)


class Hall:
    """A demonstration hall without windows."""

    def __init__(self, directory):
        """What runs in it is asked to end when we are asked to."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        self.directory = tempfile.mkdtemp(prefix="ck-bench-", dir="/tmp")
        self.build = directory
        self.environment = {}
        self.process = subprocess.Popen([os.path.join(HERE, "bench_hall"), directory, self.directory],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
        for line in self.process.stdout:
            name, _, value = line.strip().partition("=")
            if name == "ready":
                return
            self.environment[name] = value
        self.close()
        sys.exit("the hall does not start; what it said stands above")

    def port(self, simulator):
        with open(os.path.join(self.directory, "run", simulator + ".port"), encoding="utf-8") as file:
            return int(file.read())

    def command(self, *more):
        return [os.path.join(self.build, "certkiosk"), "--config", self.environment["CONFIG"], "--geometry",
                "1920x1080+0+0", *more]

    def variables(self, display):
        return dict(os.environ, **self.environment, DISPLAY=display.name)

    def start_kiosk(self, display, dump):
        """certkiosk runs and its first page is in the dump."""
        return self.start(self.command("--dump", dump), display, dump)

    def start_clerk(self, display, dump):
        """The same for certclerk, the desk."""
        return self.start([os.path.join(self.build, "certclerk"), "--config", self.environment["CONFIG"], "--geometry",
                           "1600x900+0+0", "--dump", dump], display, dump)

    def start(self, command, display, dump):
        process = subprocess.Popen(command, env=self.variables(display), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)
        until = time.monotonic() + 20
        while not os.path.exists(dump):
            if process.poll() is not None or time.monotonic() > until:
                sys.exit(os.path.basename(command[0]) + " does not start")
            time.sleep(0.05)
        time.sleep(1)
        return process

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            end(self.process)
        shutil.rmtree(self.directory, ignore_errors=True)


# --- pages -------------------------------------------------------------------------------------------------

def read_dump(path):
    """The widget dump, {} when there is none yet."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def find(dump, name):
    """The widget with this id, None when there is none."""
    for widget in dump.get("widgets", []):
        if widget.get("id") == name:
            return widget
    return None


def write_equal_page(dump, path, clock=False):
    """The same page for a browser: every widget at its place, as a box with its words; buttons change when pressed.
    Drawings and icons are left out, which is in the browser's favour."""
    boxes = []
    for widget in dump.get("widgets", []):
        rect = widget["rect"]
        is_target = "target" in widget.get("state", [])
        words = "" if widget["kind"] in ("panel", "line", "scrim") else widget.get("label", "")
        looks = "left:%dpx;top:%dpx;width:%dpx;height:%dpx;font-size:%dpx" % (
            rect["x"], rect["y"], rect["w"], rect["h"], min(32, max(12, rect["h"] // 2)))
        words = words.replace("&", "&amp;").replace("<", "&lt;")
        boxes.append('<div class="%s" style="%s">%s</div>' % ("target" if is_target else widget["kind"], looks, words))
    script = ("setInterval(()=>{document.title=document.getElementById('c').textContent=new Date().toLocaleTimeString()},1000)"
              if clock else "")
    with open(path, "w", encoding="utf-8") as file:
        file.write('<!doctype html><meta charset="utf-8"><style>body{margin:0;background:#f2f5f8;overflow:hidden;user-select:none;'
                   'font-family:"Noto Sans CJK SC"}div{position:absolute;overflow:hidden;white-space:nowrap;'
                   'box-sizing:border-box;color:#12202f}.panel{background:#fff;border:1px solid #dce4ec;border-radius:20px;'
                   'box-shadow:0 2px 8px #12202f22}.target{background:#124a80;color:#fff;border-radius:16px;'
                   'text-align:center}.target:active,.pressed{background:#0b2b4c}</style><body>%s<div id="c" '
                   'style="left:1700px;top:20px;width:200px;height:40px"></div><script>%s;document.querySelectorAll(".target")'
                   '.forEach(t=>{t.onpointerdown=()=>t.classList.add("pressed");onpointerup=()=>document.querySelectorAll('
                   '".pressed").forEach(p=>p.classList.remove("pressed"))})</script>' % ("".join(boxes), script))


def start_chromium(display, page, profile):
    return subprocess.Popen(CHROMIUM + ["--user-data-dir=" + profile, "file://" + page],
                            env=dict(os.environ, DISPLAY=display.name), stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, start_new_session=True)
