"""The engine of pushes: what a change costs, and what a thousand entries cost while nothing changes; see README.md. Started by ./pushes, which prepares what this needs."""
import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from installed import HERE, TARGET, Installed, distribution

HOME = TARGET / "pushes-home"
PORTS = {"http": 22180, "rtmp": 22195, "admin": 22142}


def configure(entries, variables):
    shutil.rmtree(HOME, ignore_errors=True)
    shutil.copytree(Path(distribution()) / "conf", HOME / "conf")
    for i in range(variables):
        (HOME / "conf" / f"io.sluice.variables.variable~v{i}.cfg.json").write_text(json.dumps({"name": f"v{i}", "type": "static", "value": "0"}))
    for i in range(entries):
        rule = f"variable(name=v{i % 200}, is=true) and (variable(name=v{i * 7 % 200}, is=true) or not variable(name=v{i * 13 % 200}, is=true))"
        (HOME / "conf" / f"io.sluice.pushes.push~e{i}.cfg.json").write_text(json.dumps({"stream": f"cam{i}", "target": "/recordings/$stream.ts", "rule": rule}))


def idle(entries, seconds):
    configure(entries, 200)
    server = Installed("pushes", **PORTS)
    try:
        server.start(lambda: len(re.findall(r"(?m)^e\d+ ", server.ask("sluice:pushes"))) == entries)
        time.sleep(20)  # the JIT's work after the start
        before, engine = server.seconds(), server.threads("sluice-pushes")
        time.sleep(seconds)
        return {"entries": entries, "cores": round((server.seconds() - before) / seconds, 4), "engine_seconds": round(server.threads("sluice-pushes") - engine, 3)}
    finally:
        server.close()


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
