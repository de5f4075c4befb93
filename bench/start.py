"""How fast Sluice starts, on all processors and as it is installed, and what it holds in memory when nobody has come."""
import http.client
import shutil
import socket
import statistics
import time

from servers import HTTP, RTMP, TARGET, Sluice

STARTS = 5
IDLE_SECONDS = 60


class Installed(Sluice):
    """With its own configuration but for the ports, and no core of its own."""
    pinned = False
    home = TARGET / "start"

    def __init__(self):
        super().__init__(False)

    def prepare(self):
        pass # it makes its home itself

    def ready(self):
        return answers()


def answers():
    """Both media ports say the first byte of their protocols: an open port alone could still be waiting for them."""
    try:
        with socket.create_connection(("127.0.0.1", RTMP), 5) as s:
            s.settimeout(5)
            s.sendall(b"\x03" + bytes(1536))
            if s.recv(1) != b"\x03":
                return False
        page = http.client.HTTPConnection("127.0.0.1", HTTP, timeout=5)
        page.request("GET", "/hls/nobody/index.m3u8")
        return page.getresponse().status == 404
    except OSError:
        return False


def report():
    shutil.rmtree(Installed.home, ignore_errors=True)
    seconds = []
    for n in range(STARTS + 1):
        with Installed() as server:
            if n == 0:
                first = server.start_seconds # it also unpacks its bundles
            else:
                seconds.append(server.start_seconds)
            if n == STARTS:
                time.sleep(IDLE_SECONDS)
                idle = server.rss_kib() / 1024
    return (f"RTMP and HTTP answer {statistics.median(seconds):.2f} s after the start (median of {STARTS}: {', '.join(f'{s:.2f}' for s in seconds)}; "
            f"the very first time, which unpacks the bundles, {first:.2f} s). Resident after {IDLE_SECONDS} s with nobody there: {idle:.0f} MiB.")
