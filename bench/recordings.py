"""Recordings by the server's own pushes beside as many ffmpeg of the same streams; see README.md. Started by ./recordings, which prepares what this needs."""
import argparse
import datetime
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from installed import TARGET, Installed, distribution, machine, processor, say

HOME = TARGET / "recordings-home"
HTTP, RTMP, ADMIN = 24080, 24935, 24042
PACKET, PICTURE_TICKS = 188, 3000


def measured(seconds, server, others):
    before, jit, beside, at = server.seconds(), server.compiling(), processor(others), time.monotonic()
    time.sleep(seconds)
    took = time.monotonic() - at
    result = {"server": (server.seconds() - before) / took, "jit": (server.compiling() - jit) / took, "others": (processor(others) - beside) / took}
    say(str(result))
    return result


def pictures(file):
    """How many there are of the first PID of pictures, and how many are missing between them, by their times."""
    data = file.read_bytes()
    count, missing, last = 0, 0, None
    for at in range(0, len(data) - PACKET + 1, PACKET):
        if data[at + 1] & 0x5f != 0x41 or data[at + 2] != 0:
            continue
        pes = at + 4 + (1 + data[at + 4] if data[at + 3] & 0x20 else 0)
        if data[pes + 3] & 0xf0 != 0xe0:
            continue
        stamp = pes + (14 if data[pes + 7] & 0x40 else 9)
        dts = (data[stamp] >> 1 & 7) << 30 | data[stamp + 1] << 22 | data[stamp + 2] >> 1 << 15 | data[stamp + 3] << 7 | data[stamp + 4] >> 1
        if last is not None:
            missing += max(0, round((dts - last) / PICTURE_TICKS) - 1)
        count, last = count + 1, dts
    return count, missing


ENTRY = HOME / "conf/io.sluice.pushes.push~bench.cfg.json"
FILES = HOME / "data/recordings"


def record(streams, sync):
    """One entry for all, as a person would write it."""
    ENTRY.write_text(json.dumps({"stream": "bench+", "target": f"$wildcard.ts?sync={sync}", "rule": ""}))
    await_that("all are recorded", lambda: sum(f.stat().st_size > 0 for f in FILES.glob("*.ts")) == streams)


def stop():
    ENTRY.unlink()
    sizes = []

    def settled():
        sizes.append(sum(f.stat().st_size for f in FILES.glob("*.ts")))
        time.sleep(0.5)
        return len(sizes) > 4 and len(set(sizes[-4:])) == 1
    await_that("recordings have ended", settled)


def await_that(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"bench: {what}: not within {seconds} s; see {TARGET}/recordings.log")
        time.sleep(0.1)


def run(streams, seconds, sync):
    shutil.rmtree(HOME, ignore_errors=True)
    (HOME / "conf").mkdir(parents=True)
    for file in Path(distribution(), "conf").iterdir():
        if file.is_file():
            shutil.copy(file, HOME / "conf")
    running = []
    server = Installed("recordings", HTTP, RTMP, ADMIN, SLUICE_OPEN="true")
    try:
        server.start(lambda: server.ask("sluice:streams") and socket.create_connection(("127.0.0.1", RTMP)).close())
        # a publisher that is asked to wait would send what nobody can decode: this one says its configuration once
        time.sleep(5)
        for i in range(streams):
            running.append(subprocess.Popen([str(TARGET / "load"), "publish", f"rtmp://127.0.0.1:{RTMP}/live/bench+{i}", str(TARGET / "clip.flv")],
                                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            time.sleep(0.02)
        say("warming up …")
        time.sleep(8)
        record(streams, sync)
        time.sleep(15)
        stop()
        for file in FILES.glob("*.ts"):
            file.unlink()
        without = measured(seconds, server, [])
        record(streams, sync)
        time.sleep(3)
        own = measured(seconds, server, [])
        stop()
        files = [pictures(FILES / f"{i}.ts") for i in range(streams)]
        (TARGET / "recordings-ffmpeg").mkdir(exist_ok=True)
        recorders = [subprocess.Popen(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", f"rtmp://127.0.0.1:{RTMP}/live/bench+{i}", "-c", "copy", "-f", "mpegts",
                                       str(TARGET / f"recordings-ffmpeg/bench{i}.ts")], stdin=subprocess.DEVNULL) for i in range(streams)]
        running += recorders
        time.sleep(10)
        theirs = measured(seconds, server, [r.pid for r in recorders])
        for r in recorders:
            r.send_signal(signal.SIGINT)
            r.wait(20)
        others = [pictures(TARGET / f"recordings-ffmpeg/bench{i}.ts") for i in range(streams)]
        return without, own, files, theirs, others
    finally:
        for process in running:
            process.kill()
        server.close()
        shutil.rmtree(TARGET / "recordings-ffmpeg", ignore_errors=True)
        shutil.rmtree(HOME / "data/recordings", ignore_errors=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--streams", type=int, default=100, help="each published and recorded once (100)")
    arguments.add_argument("--seconds", type=int, default=20, help="of each measurement (20)")
    arguments.add_argument("--sync", default="1", help="seconds between the server's syncs of each file (1)")
    a = arguments.parse_args()
    load = os.getloadavg()[0]
    without, own, files, theirs, others = run(a.streams, a.seconds, a.sync)
    print(f"## {datetime.date.today()}, recordings\n\n{machine()}, load average {load:.1f} before. {a.streams} streams of 4.4 Mbit/s, a sync each {a.sync} s.\n")
    print("| | server, cores | of these JIT | recorders, cores | cost of the recordings, cores | pictures | missing |\n|---|--:|--:|--:|--:|--:|--:|")
    print(f"| no recording | {without['server']:.3f} | {without['jit']:.3f} | | | | |")
    mine = own["server"] - own["jit"] - without["server"] + without["jit"]
    print(f"| recorded by the server | {own['server']:.3f} | {own['jit']:.3f} | | {mine:.3f} | {sum(f[0] for f in files):,} | {sum(f[1] for f in files)} |")
    more = theirs["server"] - theirs["jit"] - without["server"] + without["jit"]
    print(f"| by ffmpeg -c copy | {theirs['server']:.3f} | {theirs['jit']:.3f} | {theirs['others']:.3f} | {theirs['others'] + more:.3f} | {sum(f[0] for f in others):,} | {sum(f[1] for f in others)} |")
    print(f"\nThe server's recordings cost {mine / theirs['others']:.2f} of what ffmpeg's processes do, {mine / (theirs['others'] + more):.2f} with what the server does for these.")


if __name__ == "__main__":
    main()
