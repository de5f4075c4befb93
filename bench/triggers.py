"""Questions to a web hook: how many a second, how long an answer takes, and what one that hangs costs the others; see README.md. Started by ./triggers, which prepares what this needs."""
import argparse
import datetime
import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
import zipfile
from pathlib import Path

from installed import HERE, TARGET, Installed, distribution, machine, say

HOME = TARGET / "triggers-home"
HTTP, RTMP, ADMIN, HOOK, HANGING = 23080, 23935, 23042, 23090, 23091
MANIFEST = ("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: bench.asker\nBundle-Version: 1.0.0\nBundle-Activator: bench.asker.Asker\n"
            "Import-Package: org.osgi.framework,io.sluice.api.plugin,io.sluice.api.trigger\n")
NGINX = """daemon off; worker_processes 1; pid {t}/triggers-nginx.pid; error_log {t}/triggers-nginx.log; events {{ worker_connections 4096; }}
http {{ access_log off; keepalive_requests 100000000; client_body_temp_path {t}/nginx-body; proxy_temp_path {t}/nginx-body; fastcgi_temp_path {t}/nginx-body;
uwsgi_temp_path {t}/nginx-body; scgi_temp_path {t}/nginx-body; server {{ listen 127.0.0.1:{port}; location / {{ default_type text/plain; return 200 "1"; }} }} }}
"""


def trigger(name, **attributes):
    (HOME / "conf" / f"io.sluice.triggers.trigger~{name}.cfg.json").write_text(json.dumps({"type": "USER_NEW", "handler": "webhook", **attributes}))


def plugin():
    """The questioner, compiled against the distribution."""
    classes = TARGET / "asker"
    shutil.rmtree(classes, ignore_errors=True)
    jars = ":".join(glob.glob(distribution() + "/**/*.jar", recursive=True))
    subprocess.run(["javac", "--release", "17", "-d", str(classes), "-cp", jars, str(HERE / "asker/Asker.java")], check=True)
    jar = TARGET / "bench.asker-1.0.0.jar"
    with zipfile.ZipFile(jar, "w") as out:
        out.writestr("META-INF/MANIFEST.MF", MANIFEST)
        for file in classes.rglob("*.class"):
            out.write(file, file.relative_to(classes))
    return jar


def configure():
    shutil.rmtree(HOME, ignore_errors=True)
    (HOME / "conf").mkdir(parents=True)
    (HOME / "deploy").mkdir()
    for file in Path(distribution(), "conf").iterdir():
        if file.is_file():
            shutil.copy(file, HOME / "conf")
    trigger("quick", target=f"http://127.0.0.1:{HOOK}/hook", streams=["quick"], defaultAnswer="false")
    trigger("stuck", target=f"http://127.0.0.1:{HANGING}/hook", streams=["stuck"], defaultAnswer="false", timeoutMillis=3000)
    shutil.copy(plugin(), HOME / "deploy")


def hang():
    """Takes every connection and never answers."""
    server = socket.create_server(("127.0.0.1", HANGING), backlog=4096)
    taken = []

    def accept():
        while True:
            taken.append(server.accept()[0])
    threading.Thread(target=accept, daemon=True).start()


def measured(server, rate, seconds, stuck_rate):
    before, jit, at = server.seconds(), server.compiling(), time.monotonic()
    beside = {}
    other = threading.Thread(target=lambda: beside.update(json.loads(server.ask(f"bench:ask {stuck_rate} {seconds} stuck"))))
    if stuck_rate:
        other.start()
    result = json.loads(server.ask(f"bench:ask {rate} {seconds} quick"))
    result["cores"] = round((server.seconds() - before) / (time.monotonic() - at), 2)
    result["jit"] = round((server.compiling() - jit) / (time.monotonic() - at), 2)
    if stuck_rate:
        other.join()
        result["stuck"] = beside
    say(str(result))
    return result


def run(rate, seconds, stuck):
    configure()
    hang()
    (TARGET / "nginx-body").mkdir(exist_ok=True)
    config = TARGET / "triggers-nginx.conf"
    config.write_text(NGINX.format(t=TARGET, port=HOOK))
    nginx = subprocess.Popen(["nginx", "-c", str(config), "-p", str(TARGET)], stderr=subprocess.DEVNULL)
    server = Installed("triggers", HTTP, RTMP, ADMIN)
    try:
        server.start(lambda: server.ask("bench:ask 100 1 quick", 30))
        say("warming up …")
        measured(server, rate, 20, stuck)  # what happens to one that hangs is to be compiled, too
        alone = measured(server, rate, seconds, 0)
        both = measured(server, rate, seconds, stuck)
        return server.jdk(), alone, both, server.ask("sluice:triggers")
    finally:
        nginx.send_signal(signal.SIGTERM)
        server.close()
        nginx.wait(10)


def row(name, rate, r):
    return (f"| {name} | {rate:,} | {r['asked']:,} | {r['yes']:,} | {r['p50'] / 1000:.2f} / {r['p99'] / 1000:.2f} / {r['p999'] / 1000:.2f} | {r['max'] / 1000:.1f} "
            f"| {r['cores'] if 'cores' in r else ''} | {r['jit'] if 'jit' in r else ''} |")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=int, default=5000, help="questions a second (5000)")
    arguments.add_argument("--seconds", type=int, default=20, help="of each measurement (20)")
    arguments.add_argument("--stuck", type=int, default=50, help="questions a second to the web hook that hangs (50)")
    a = arguments.parse_args()
    load = os.getloadavg()[0]
    java, alone, both, table = run(a.rate, a.seconds, a.stuck)
    print(f"## {datetime.date.today()}, triggers\n\n{machine()}. The server ran on {java}; load average {load:.1f} before.\n")
    print("| questions to | a second | asked | answered yes | answer ms p50 / p99 / p99.9 | max ms | cores | of these JIT |\n|---|--:|--:|--:|--:|--:|--:|--:|")
    print(row("a web hook that answers", a.rate, alone))
    print(row("the same, beside one that hangs", a.rate, both))
    print(row("the one that hangs (3 s, then the default: no)", a.stuck, both["stuck"]))
    print("\n```\n" + table + "\n```")


if __name__ == "__main__":
    main()
