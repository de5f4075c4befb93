"""A server as it is installed, with a home and ports of its own, and what the kernel and its shell say of it. For benches that do not compare with another server."""
import glob
import os
import platform
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "target"
TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 120


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def distribution():
    return sorted(p for p in glob.glob(str(HERE.parent / "distribution/target/sluice-*")) if os.path.isdir(p))[0]


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    return f"{os.cpu_count()} × {model}, Linux {platform.release()}"


class Installed:
    """Runs while the block does. Its home and its log are in target/."""

    def __init__(self, name, http, rtmp, admin, **environment):
        self.home, self.log = TARGET / f"{name}-home", TARGET / f"{name}.log"
        self.environment = {**os.environ, "SLUICE_HOME": str(self.home), "SLUICE_HTTP_PORT": str(http), "SLUICE_RTMP_PORT": str(rtmp), "SLUICE_ADMIN_PORT": str(admin), **environment}
        self.process, self.pid = None, None

    def start(self, answers):
        """@param answers asks the server; what it raises but SystemExit is no answer yet"""
        begun = time.monotonic()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen([distribution() + "/bin/sluice"], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        while True:
            try:
                if answers() is not False:
                    break
            except (OSError, ValueError):
                pass
            if time.monotonic() - begun > START_SECONDS or self.process.poll() is not None:
                raise SystemExit(f"bench: the server does not start; see {self.log}")
            time.sleep(0.2)
        self.pid = java_pid(self.process.pid)
        return time.monotonic() - begun

    def close(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def ask(self, command, patience=200):
        """What a command of its shell prints; ValueError with that where it failed."""
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(patience)
            s.connect(str(self.home / "data/shell.sock"))
            s.sendall(command.encode() + b"\n")
            answer = b""
            while not re.search(rb"\0[01]\n$", answer):
                got = s.recv(65536)
                if not got:
                    raise OSError("the shell went away")
                answer += got
        if answer.endswith(b"1\n"):
            raise ValueError(answer.decode())
        return answer[:-3].decode()

    def jdk(self):
        """Version and vendor of the JVM, as its installation says."""
        release = dict(re.findall(r'^(\w+)="(.*)"$', Path(os.readlink(f"/proc/{self.pid}/exe")).parent.parent.joinpath("release").read_text(), re.M))
        return f"JDK {release['JAVA_VERSION']} ({release.get('IMPLEMENTOR', 'unknown')})"

    def seconds(self):
        """Processor seconds so far."""
        return processor([self.pid])

    def children(self):
        """Processor seconds of the children that it has waited for."""
        return sum(int(f) for f in stat(self.pid)[13:15]) / TICKS

    def compiling(self):
        """Processor seconds of the JIT."""
        return self.threads("C1 Compil", "C2 Compil")

    def threads(self, *names):
        """Processor seconds of the threads whose names begin so."""
        ticks = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                name, fields = re.match(r"\d+ \((.*)\) (.*)", (task / "stat").read_text(), re.DOTALL).groups()
            except (FileNotFoundError, ProcessLookupError):  # it has ended since
                continue
            if name.startswith(names):
                ticks += int(fields.split()[11]) + int(fields.split()[12])
        return ticks / TICKS


def stat(pid):
    """The fields after the name."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def processor(pids):
    """Processor seconds of these processes themselves."""
    return sum(int(f) for pid in pids for f in stat(pid)[11:13]) / TICKS


def java_pid(pid):
    """bin/sluice may run the JVM in its place or as its child."""
    while "java" not in Path(f"/proc/{pid}/comm").read_text():
        pid = int(subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True).stdout.split()[0])
    return pid
