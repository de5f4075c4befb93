"""Variables at their limits: lateness, processor time, and what one expansion takes; see README.md. Started by ./variables, which prepares what this needs."""
import argparse
import asyncio
import datetime
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

from installed import HERE, TARGET, Installed, distribution, machine, say

HOME = TARGET / "variables-home"
HTTP, RTMP, ADMIN, WEB = 22080, 22935, 22042, 22090


class Web(asyncio.Protocol):
    """Answers each request on a kept connection with a small text that changes; counts how long the same path was not asked for."""

    last, gaps = {}, []

    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""

    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            path, now = head.split(b" ", 2)[1], time.monotonic()
            if path == b"/gaps":
                body = json.dumps(sorted(Web.gaps)).encode()
                Web.gaps.clear()
            else:
                if path in Web.last:
                    Web.gaps.append(round((now - Web.last[path]) * 1000, 1))
                Web.last[path] = now
                body = b"listeners: %d\n" % int(now)
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))


async def serve():
    server = await asyncio.get_running_loop().create_server(Web, "127.0.0.1", WEB, backlog=2000)
    await server.serve_forever()


def define(name, kind, interval=1000, **attributes):
    pid = "io.sluice.variables.variable"
    (HOME / "conf" / f"{pid}~{name}.cfg.json").write_text(json.dumps({"name": name, "type": kind, "intervalMillis": interval, **attributes}))


def calendar(number):
    """A day's twelve programmes of two hours, every day, in local time with a zone of its own."""
    events = "".join(f"BEGIN:VEVENT\r\nUID:{number}-{hour}@bench\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T{hour:02}0000Z\r\nDURATION:PT1H30M\r\nRRULE:FREQ=DAILY\r\n"
                     f"SUMMARY:programme {hour}\r\nEND:VEVENT\r\n" for hour in range(0, 24, 2))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\n{events}END:VCALENDAR\r\n"


def configure(mix):
    shutil.rmtree(HOME, ignore_errors=True)
    files = HOME / "files"
    for folder in (HOME / "conf", files):
        folder.mkdir(parents=True)
    shipped = Path(distribution()) / "conf"
    for file in shipped.iterdir():
        if file.is_file():
            shutil.copy(file, HOME / "conf")
    (HOME / "conf" / "io.sluice.variable.url.cfg.json").write_text(json.dumps({"allowed": ["127.0.0.1/32"]}))
    for i in range(mix["static"]):
        define(f"static{i}", "static", value=f"value {i}")
    for i in range(mix["file"]):
        (files / f"{i}.txt").write_text(f"value {i}\n")
        define(f"file{i}", "file", target=f"{i}.txt")
    for i in range(min(mix["calendar"], 100)):
        (files / f"{i}.ics").write_text(calendar(i))
    for i in range(mix["calendar"]):
        define(f"calendar{i}", "calendar", target=f"{i % 100}.ics", parameters=[f"match=programme {i % 12 * 2}"])
    for i in range(mix["url"]):
        define(f"url{i}", "url", target=f"http://127.0.0.1:{WEB}/{i}")
    for i in range(mix["command"]):
        define(f"command{i}", "command", target="/bin/date +%s")


def web_gaps():
    with socket.create_connection(("127.0.0.1", WEB)) as s:
        s.sendall(b"GET /gaps HTTP/1.1\r\n\r\n")
        answer = b""
        while b"\r\n\r\n" not in answer or len(answer.split(b"\r\n\r\n", 1)[1]) < int(re.search(rb"Content-Length: (\d+)", answer)[1]):
            answer += s.recv(1 << 20)
    return json.loads(answer.split(b"\r\n\r\n", 1)[1])


def minute(server):
    """The line of the last full minute, once it is a new one."""
    found = re.search(r"last full minute: (\d+) readings, late by ([\d.E-]+) ms \(median\), ([\d.E-]+) ms \(99 of 100\), ([\d.E-]+) ms \(most\)", server.ask("sluice:punctuality"))
    return found and tuple(float(x) for x in found.groups())


def next_minute(server, last):
    end = time.monotonic() + 130
    while time.monotonic() < end:
        now = minute(server)
        if now and now != last:
            return now
        time.sleep(1)
    raise SystemExit("bench: no minute was measured; the server's log is in " + str(TARGET))


def run(mix, minutes):
    configure(mix)
    web = subprocess.Popen([sys.executable, __file__, "--serve"])
    server = Installed("variables", HTTP, RTMP, ADMIN)
    try:
        started = server.start(lambda: server.ask("sluice:punctuality"))
        last = next_minute(server, None)
        say(f"first minute, with the start in it: {last}")
        web_gaps()
        results = []
        for _ in range(minutes):
            before, children, at, jit = server.seconds(), server.children(), time.monotonic(), server.compiling()
            last = next_minute(server, last)
            seconds = time.monotonic() - at
            gaps = web_gaps()
            results.append({"readings": int(last[0]), "median": last[1], "p99": last[2], "most": last[3], "cores": round((server.seconds() - before) / seconds, 3),
                            "jit": round((server.compiling() - jit) / seconds, 3), "children": round((server.children() - children) / seconds, 3),
                            "gap99": gaps[len(gaps) * 99 // 100] if gaps else 0, "gap": gaps[-1] if gaps else 0})
            say(str(results[-1]))
        failing = [line for line in server.ask("sluice:variables").splitlines()[1:] if re.search(r"\(none yet\)", line)]
        return {"jdk": server.jdk(), "start": round(started, 1), "minutes": results, "failing": len(failing), "example": failing[:1]}
    finally:
        web.send_signal(signal.SIGTERM)
        server.close()
        web.wait(10)


def expansion():
    jars = ":".join(glob.glob(str(HERE.parent / "bundles/io.sluice.variables/target/io.sluice.variables-*.jar")) + glob.glob(str(HERE.parent / "bundles/io.sluice.api/target/io.sluice.api-*.jar")))
    return json.loads(subprocess.run(["java", "-cp", jars, str(HERE / "ExpanderBench.java")], capture_output=True, text=True, check=True).stdout)


def main():
    parser = argparse.ArgumentParser(prog="bench/variables", description="lateness and processor time of many variables, and what an expansion takes")
    parser.add_argument("--minutes", type=int, default=3, help="measured, after one of warm-up (3)")
    parser.add_argument("--mix", default="static=3334,file=3333,calendar=3333,url=1000,command=50", help="how many of each type, all every second")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve())
        return
    mix = {"static": 0, "file": 0, "calendar": 0, "url": 0, "command": 0, **{k: int(v) for k, v in (pair.split("=") for pair in options.mix.split(","))}}
    load = os.getloadavg()[0]
    nanos = expansion()
    result = run(mix, options.minutes)
    (TARGET / "results").mkdir(exist_ok=True)
    with open(TARGET / "results" / f"variables-{datetime.datetime.now():%Y%m%d-%H%M%S}.json", "w") as out:
        json.dump({"mix": mix, "load": load, "expansion": nanos, **result}, out)
    print(f"## {datetime.date.today()}, variables\n\n{machine()}. The server ran on {result['jdk']}, the expander on {nanos['jdk']}.\n")
    print(f"{', '.join(f'{n:,} {k}' for k, n in mix.items())}, each every second; load average before: {load:.1f}; start {result['start']} s\n")
    print("| minute | readings | late ms p50 / p99 / most | cores of the server (JIT) | cores of its children | same address asked again after ms, p99 / most |\n|--:|--:|--:|--:|--:|--:|")
    for i, m in enumerate(result["minutes"]):
        print(f"| {i + 2} | {m['readings']:,} | {m['median']} / {m['p99']} / {m['most']} | {m['cores']} ({m['jit']}) | {m['children']} | {m['gap99']:,} / {m['gap']:,} |")
    print(f"\nOne expansion: five names {nanos['five']:.0f} ns, one of them naming another {nanos['nested']:.0f} ns, with the date {nanos['time']:.0f} ns, without names {nanos['none']:.0f} ns.")
    if result["failing"]:
        print(f"\nNOT VALID: {result['failing']} variables have no value, such as: {result['example'][0]}")
        sys.exit(1)


if __name__ == "__main__":
    main()
