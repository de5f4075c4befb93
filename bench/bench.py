"""Runs the measurements and prints the tables; see README.md. Started by ./run, which prepares what this needs."""
import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

import start
import tables
from servers import CLIENT_CORE, HTTP, HTTPS, TARGET, Nginx, Sluice

LOAD = str(TARGET / "load")
# a JVM compiles what is called often: many viewers warm it up sooner
WARM_UP_VIEWERS = 500
# it is warm when its compiler takes less than this of a core; a broadcast lasts an evening, the first minutes are not what it costs
COMPILER_RESTS = 0.015
WARM_UP_PIECE_SECONDS = 20
WARM_UP_SECONDS_AT_MOST = 300
JOINS_PER_SECOND = 400
# where the slope of memory is taken
MEMORY_FROM_VIEWERS = 1000


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


class Publisher:
    """The stream, for as long as a `with` runs."""

    def __init__(self, server, protocol):
        self.url = server.publish_url("bench-" + protocol, protocol != "rtmp")

    def __enter__(self):
        # it shares a core with the client, which may be busy: a late frame would be the bench's fault
        self.process = subprocess.Popen(["taskset", "-c", CLIENT_CORE, *(["nice", "-n", "-10"] if os.getuid() == 0 else []), LOAD, "publish", self.url,
                                         str(TARGET / "clip.flv")])
        time.sleep(1.5)
        self.check()
        return self

    def check(self):
        if self.process.poll() is not None:
            raise SystemExit(f"bench: {self.url} cannot be published; the server's log is in {TARGET}")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def watch_url(server, protocol):
    if protocol == "rtmp":
        return server.publish_url("bench-rtmp", False)
    scheme, port = ("http", HTTP) if protocol == "hls" else ("https", HTTPS)
    return f"{scheme}://127.0.0.1:{port}" + server.hls_path("bench-" + protocol)


def watch(server, protocol, viewers, warm_up, window, memory):
    """One run of the client; its report, with the server's memory at its end."""
    command = ["taskset", "-c", CLIENT_CORE, LOAD, "watch", watch_url(server, protocol), "-n", str(viewers), "-r", str(JOINS_PER_SECOND), "-w", str(warm_up),
               "-d", str(window), "-p", ",".join(map(str, server.pids())), *(["-h"] if memory else [])]
    compiling = server.jit_seconds()
    client = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    report = json.loads(client.stdout.readline() or "null")
    if report is None:
        raise SystemExit(f"bench: the client could not watch {watch_url(server, protocol)}")
    report["jit_s_since_start"] = round(server.jit_seconds() - compiling, 2)
    report["rss_kib"] = server.rss_kib()
    if memory:
        report["memory_kib"] = server.memory_kib()
    client.stdin.close()
    client.wait()
    return report


def warm_up(server, protocol, viewers):
    """Until the compiler rests. @return the seconds that took"""
    seconds = 0
    while seconds < WARM_UP_SECONDS_AT_MOST:
        before = server.jit_seconds()
        watch(server, protocol, viewers, 1, WARM_UP_PIECE_SECONDS, False)
        seconds += WARM_UP_PIECE_SECONDS
        if server.jit_seconds() - before < COMPILER_RESTS * WARM_UP_PIECE_SECONDS:
            break
    return seconds


def measure(server, protocol, plan, record):
    with Publisher(server, protocol) as publisher:
        if protocol != "rtmp":
            time.sleep(5) # until there are segments to begin with
        watch(server, protocol, WARM_UP_VIEWERS, 1, plan.warm_up if server.warms_up else plan.settle, False)
        idle = server.memory_kib() if plan.memory else None, server.rss_kib()
        for viewers in plan.viewers:
            warmed = 0 if plan.quick or not server.warms_up else warm_up(server, protocol, viewers)
            results = []
            for n in range(plan.runs):
                result = watch(server, protocol, viewers, plan.settle, plan.window, plan.memory and viewers >= MEMORY_FROM_VIEWERS and n == plan.runs - 1)
                result |= {"server": server.name, "protocol": protocol, "run": n + 1, "idle_memory_kib": idle[0], "idle_rss_kib": idle[1],
                           "warmed_s": warmed, "load": os.getloadavg()[0], "at": datetime.datetime.now().isoformat(timespec="seconds")}
                publisher.check()
                record(result)
                results.append(result)
            if not tables.carried(results):
                say(f"{server.name} does not carry {viewers} {protocol} viewers: no more are tried")
                break


def options():
    p = argparse.ArgumentParser(prog="bench/run", description="Measures Sluice beside nginx with its rtmp module and prints tables in Markdown.")
    p.add_argument("--quick", action="store_true", help="RTMP and HLS at 100 and 500 viewers, one run: under two minutes")
    p.add_argument("--viewers", help="how many, increasing (default: 100,500,1000,3000,5000)")
    p.add_argument("--protocols", help="of rtmp,hls,https (default: all)")
    p.add_argument("--servers", default="nginx,sluice", help="of nginx,sluice (default: both)")
    p.add_argument("--runs", type=int, help="of which the tables show the median (default: 3)")
    p.add_argument("--window", type=int, help="seconds that are measured; whole segments of 2 s (default: 6)")
    p.add_argument("--low-latency", action="store_true", help="Sluice sends each frame at once (mergeMillis 0)")
    p.add_argument("--start", action="store_true", help="measure how fast Sluice starts and what it holds when nobody is there, nothing else")
    p.add_argument("--tables", nargs="+", type=pathlib.Path, metavar="FILE", help="measure nothing: tables of raw results that are there")
    plan = p.parse_args()
    quick = plan.quick
    plan.viewers = [int(v) for v in (plan.viewers or ("100,500" if quick else "100,500,1000,3000,5000")).split(",")]
    plan.protocols = (plan.protocols or ("rtmp,hls" if quick else "rtmp,hls,https")).split(",")
    plan.runs = plan.runs or (1 if quick else 3)
    plan.window = plan.window or (4 if quick else 6)
    plan.warm_up = 6 if quick else 40
    plan.settle = 1.5 if quick else 3
    plan.memory = not quick
    return plan


def main():
    plan = options()
    if plan.tables:
        raw = [json.loads(line) for file in plan.tables for line in file.read_text().splitlines()]
        print(tables.all_of([p for p in tables.TITLES if any(r["protocol"] == p for r in raw)], raw))
        return
    if plan.start:
        print(start.report())
        return
    results = []
    raw = TARGET / "results" / f"{datetime.datetime.now():%Y-%m-%dT%H%M%S}.jsonl"
    versions = {}

    def record(result):
        results.append(result)
        with raw.open("a") as f:
            f.write(json.dumps(result) + "\n")
        latency = (result["video_ms"] or result["segment_ms"] or {}).get("p95", "-")
        say(f"{result['server']:7}{result['protocol']:6}{result['viewers']:5} viewers: {result['cpu_s_per_gib']:.3f} CPU-s/GiB, p95 {latency} ms, "
            f"{result['stalled']} stalled, server {result['server_cores']:.2f} and client {result['client_cores']:.2f} cores, load {result['load']:.1f}")

    begun = time.monotonic()
    # a machine that others use too is not the same an hour later: what is compared is measured within minutes
    for protocol in plan.protocols:
        for kind in [s for s in (Nginx, Sluice) if s.name in plan.servers.split(",")]:
            with kind(plan.low_latency) as server:
                versions[server.name] = server.version()
                measure(server, protocol, plan, record)
    processor = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=TARGET, capture_output=True, text=True).stdout.strip()
    print(tables.heading(versions, processor, commit, plan, results))
    print(tables.all_of(plan.protocols, results))
    say(f"{time.monotonic() - begun:.0f} s; raw results in {raw}")


if __name__ == "__main__":
    main()
