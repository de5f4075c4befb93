"""The two servers under test, each started alone on one core with the same stream, ports and certificate."""
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "target"
RTMP, HTTP, HTTPS, ADMIN = 21935, 21080, 21443, 21042
SERVER_CORE, CLIENT_CORE = "0", "1"
# both write segments of this length, and clients ask for them at the same pace
SEGMENT_SECONDS = 2


def accepts(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def await_that(what, condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"bench: {what}: not within {seconds} s")
        time.sleep(0.02)


class Server:
    """A server that runs from the beginning to the end of a `with`."""

    pinned = True

    def __enter__(self):
        self.prepare()
        self.log = open(TARGET / f"{self.name}.log", "wb")
        begun = time.monotonic()
        self.process = subprocess.Popen([*(["taskset", "-c", SERVER_CORE] if self.pinned else []), *self.command()], env=self.environment(), stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=subprocess.STDOUT)
        await_that(f"{self.name} is ready", self.ready)
        self.start_seconds = time.monotonic() - begun
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        self.log.close()

    def ready(self):
        return all(accepts(p) for p in (RTMP, HTTP, HTTPS))

    def environment(self):
        return os.environ

    def pids(self):
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return [self.process.pid, *map(int, children)]

    def rss_kib(self):
        return sum(int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{p}/status").read_text())[1]) for p in self.pids())

    def jit_seconds(self):
        """Processor time of the threads that compile."""
        ticks = 0
        for thread in Path(f"/proc/{self.process.pid}/task").iterdir():
            name, fields = re.match(r"\d+ \((.*)\) (.*)", (thread / "stat").read_text()).groups()
            if name.startswith(("C1 Compil", "C2 Compil")):
                ticks += int(fields.split()[11]) + int(fields.split()[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory_kib(self):
        """What is in use: all that is resident, where there is no garbage."""
        return self.rss_kib()


class Nginx(Server):
    name = "nginx"
    warms_up = False
    home = TARGET / "nginx"

    def __init__(self, low_latency):
        """Sends each frame at once in any case."""

    def prepare(self):
        shutil.rmtree(self.home, ignore_errors=True)
        (self.home / "hls").mkdir(parents=True)
        (self.home / "nginx.conf").write_text(f"""
load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
daemon off;
user {"root" if os.getuid() == 0 else os.getlogin()};
pid {self.home}/pid;
error_log {self.home}/error.log warn;
worker_processes 1;
worker_rlimit_nofile {os.sysconf("SC_OPEN_MAX")};
events {{ worker_connections {os.sysconf("SC_OPEN_MAX") - 100}; }}
rtmp {{
    server {{
        listen 127.0.0.1:{RTMP};
        application live {{ live on; }}
        application hls {{ live on; hls on; hls_path {self.home}/hls; hls_fragment {SEGMENT_SECONDS}s; hls_playlist_length {SEGMENT_SECONDS * 6}s; }}
    }}
}}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    types {{ application/vnd.apple.mpegurl m3u8; video/mp2t ts; }}
    client_body_temp_path {self.home}/body; proxy_temp_path {self.home}/proxy; fastcgi_temp_path {self.home}/fastcgi;
    uwsgi_temp_path {self.home}/uwsgi; scgi_temp_path {self.home}/scgi;
    server {{
        listen 127.0.0.1:{HTTP};
        listen 127.0.0.1:{HTTPS} ssl;
        ssl_certificate {TARGET}/certificate.pem;
        ssl_certificate_key {TARGET}/key.pem;
        ssl_protocols TLSv1.3;
        root {self.home};
    }}
}}
""")

    def command(self):
        return ["nginx", "-c", str(self.home / "nginx.conf"), "-e", str(self.home / "error.log")]

    def publish_url(self, stream, hls):
        return f"rtmp://127.0.0.1:{RTMP}/{'hls' if hls else 'live'}/{stream}"

    def hls_path(self, stream):
        return f"/hls/{stream}.m3u8"

    def version(self):
        return subprocess.run(["nginx", "-v"], capture_output=True, text=True).stderr.split()[-1] + " with its rtmp module"


class Sluice(Server):
    name = "sluice"
    warms_up = True
    home = TARGET / "home"

    def __init__(self, low_latency):
        self.low_latency = low_latency
        self.installation = next(HERE.parent.glob("distribution/target/sluice-*/"))

    def prepare(self):
        shutil.rmtree(self.home, ignore_errors=True)
        conf = self.home / "conf"
        shutil.copytree(self.installation / "conf", conf)
        stream = {"name": "*", "source": "push://", "segmentMillis": SEGMENT_SECONDS * 1000, **({"mergeMillis": 0} if self.low_latency else {})}
        (conf / "io.sluice.streams.stream~any.cfg.json").write_text(json.dumps(stream))
        (conf / "io.sluice.net.cfg.json").write_text(
            f'{{ "stopSeconds": "1", "certificateFile": "{TARGET}/certificate.pem", "keyFile": "{TARGET}/key.pem" }}\n')
        (conf / "io.sluice.net.listener~https.cfg.json").write_text(f'{{ "name": "https", "address": "127.0.0.1", "port": {HTTPS}, "tls": true, "protocols": ["http"] }}\n')

    def environment(self):
        return {**os.environ, "SLUICE_HOME": str(self.home), "SLUICE_RTMP_PORT": str(RTMP), "SLUICE_HTTP_PORT": str(HTTP), "SLUICE_ADMIN_PORT": str(ADMIN),
                "SLUICE_OPEN": "true"}

    def command(self):
        return [str(self.installation / "bin/sluice"), "run"]

    def publish_url(self, stream, hls):
        return f"rtmp://127.0.0.1:{RTMP}/live/{stream}"

    def hls_path(self, stream):
        return f"/hls/{stream}/index.m3u8"

    def ready(self):
        """Its ports accept before the protocols are there: they are asked once it says so."""
        return b" is ready." in (TARGET / "sluice.log").read_bytes() and super().ready()

    def java(self):
        return Path(f"/proc/{self.process.pid}/exe").resolve().parent

    def jcmd(self, *command):
        return subprocess.run(["taskset", "-c", CLIENT_CORE, str(self.java() / "jcmd"), str(self.process.pid), *command], capture_output=True, text=True).stdout

    def memory_kib(self):
        """Live heap, and all that is resident outside of the heap: direct buffers, code, threads."""
        self.jcmd("GC.run")
        heap = self.jcmd("GC.heap_info")
        bounds = [int(a, 16) for a in re.findall(r"0x[0-9a-f]{8,}", "".join(l for l in heap.splitlines() if "total" in l and "used" in l))]
        used = sum(int(k) for k in re.findall(r"total \d+K, used (\d+)K", heap))
        if not bounds or not used:
            return None
        low, high, resident, inside = min(bounds), max(bounds), 0, False
        for line in Path(f"/proc/{self.process.pid}/smaps").read_text().splitlines():
            if m := re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line):
                inside = low <= int(m[1], 16) < high
            elif inside and line.startswith("Rss:"):
                resident += int(line.split()[1])
        return used + self.rss_kib() - resident

    def version(self):
        release = (self.java().parent / "release").read_text()
        return "Sluice on JDK " + re.search(r'JAVA_VERSION="([^"]+)"', release)[1] + (" (" + m[1] + ")" if (m := re.search(r'IMPLEMENTOR="([^"]+)"', release)) else "")
