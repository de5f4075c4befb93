"""The engine of pushes: what a change costs, and what a thousand entries cost while nothing changes; see README.md. Started by ./pushes, which prepares what this needs."""
import argparse
import glob
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "target"
HOME = TARGET / "pushes-home"
PORTS = {"SLUICE_HTTP_PORT": "22180", "SLUICE_RTMP_PORT": "22195", "SLUICE_ADMIN_PORT": "22142"}
TICKS = os.sysconf("SC_CLK_TCK")


def distribution():
    return sorted(p for p in glob.glob(str(HERE.parent / "distribution/target/sluice-*")) if os.path.isdir(p))[0]


def configure(entries, variables):
    shutil.rmtree(HOME, ignore_errors=True)
    shutil.copytree(Path(distribution()) / "conf", HOME / "conf")
    for i in range(variables):
        (HOME / "conf" / f"io.sluice.variables.variable~v{i}.cfg.json").write_text(json.dumps({"name": f"v{i}", "type": "static", "value": "0"}))
    for i in range(entries):
        rule = f"variable(name=v{i % 200}, is=true) and (variable(name=v{i * 7 % 200}, is=true) or not variable(name=v{i * 13 % 200}, is=true))"
        (HOME / "conf" / f"io.sluice.pushes.push~e{i}.cfg.json").write_text(json.dumps({"stream": f"cam{i}", "target": "/recordings/$stream.ts", "rule": rule}))


def ask(command):
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(60)
        s.connect(str(HOME / "data/shell.sock"))
        s.sendall(command.encode() + b"\n")
        answer = b""
        while not re.search(rb"\0\d\n$", answer):
            answer += s.recv(65536)
    return answer[:-3].decode()


def java_pid(pid):
    """bin/sluice may run the JVM in its place or as its child."""
    while "java" not in Path(f"/proc/{pid}/comm").read_text():
        pid = int(subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True).stdout.split()[0])
    return pid


def thread(pid, name):
    """Processor seconds of a thread."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        found, fields = re.match(r"\d+ \((.*)\) (.*)", (task / "stat").read_text(), re.DOTALL).groups()
        if found == name:
            return (int(fields.split()[11]) + int(fields.split()[12])) / TICKS
    return 0.0


def whole(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def idle(entries, seconds):
    configure(entries, 200)
    with open(TARGET / "pushes.log", "wb") as log:
        server = subprocess.Popen([distribution() + "/bin/sluice"], env={**os.environ, "SLUICE_HOME": str(HOME), **PORTS}, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + 120
            while True:
                try:
                    found = len(re.findall(r"(?m)^e\d+ ", ask("sluice:pushes")))
                    if found == entries:
                        break
                except (OSError, ValueError):
                    pass
                if time.monotonic() > until or server.poll() is not None:
                    raise SystemExit("bench: the server does not start; see " + str(TARGET / "pushes.log"))
                time.sleep(0.5)
            time.sleep(20)  # the JIT's work after the start
            pid = java_pid(server.pid)
            before, engine = whole(pid), thread(pid, "sluice-pushes")
            time.sleep(seconds)
            return {"entries": entries, "cores": round((whole(pid) - before) / seconds, 4), "engine_seconds": round(thread(pid, "sluice-pushes") - engine, 3)}
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def decide():
    jars = ":".join(j for b in ("pushes", "api") for j in glob.glob(str(HERE.parent / f"bundles/io.sluice.{b}/target/io.sluice.{b}-*.jar")))
    slf4j = glob.glob(os.path.expanduser("~/.m2/repository/org/slf4j/slf4j-api/*/*.jar"))[:1] + glob.glob(os.path.expanduser("~/.m2/repository/io/netty/netty-buffer/*/*.jar"))[:1]
    done = subprocess.run(["java", "-cp", ":".join([jars, *slf4j]), str(HERE / "PushesBench.java")], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(prog="bench/pushes", description="what a change costs the engine of pushes, and what entries cost while nothing changes")
    parser.add_argument("--seconds", type=int, default=60, help="of idleness (60)")
    parser.add_argument("--only-decide", action="store_true", help="no server")
    options = parser.parse_args()
    times = decide()
    print(f"1,000 entries over 200 variables, from the change until all is decided and started or stopped: {times['few']['median']} ms (median), {times['few']['p99']} ms (99 of 100); "
          f"where all 1,000 rules name the variable: {times['all']['median']} ms, {times['all']['p99']} ms")
    if not options.only_decide:
        none, many = idle(0, options.seconds), idle(1000, options.seconds)
        print(f"idle for {options.seconds} s: {none['cores']} cores without entries, {many['cores']} with 1,000; the engine's thread used {many['engine_seconds']} s")


if __name__ == "__main__":
    sys.exit(main())
