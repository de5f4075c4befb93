"""Markdown tables of the results: medians, both servers side by side."""
import datetime
import os
import platform
import statistics

TITLES = {"rtmp": "RTMP", "hls": "HLS", "https": "HLS over HTTPS"}
SERVERS = ("nginx", "sluice")
# a server that leaves more than this part of its viewers without media does not carry them
MOST_BAD = 0.01


def median(values):
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def number(value, digits=1):
    return "–" if value is None else f"{value:,.{digits}f}"


def percentiles(runs, key, *names, digits=1):
    return " / ".join(number(median(r[key] and r[key][n] for r in runs), digits) for n in names)


def memory_per_viewer(all_runs, viewers, key):
    """KiB for each viewer more than in the row before; the first row's begins at none."""
    runs = all_runs[viewers]
    now = median(r.get(key) for r in runs)
    fewer = [v for v in all_runs if v < viewers and any(r.get("memory_kib") for r in all_runs[v])]
    if not any(r.get("memory_kib") for r in runs):
        return None
    before = median(r.get(key) for r in all_runs[max(fewer)]) if fewer else median(r["idle_" + key] for r in runs)
    return None if now is None or before is None else (now - before) / (viewers - max(fewer, default=0))


def bad(run):
    """The part of the viewers that is without media."""
    return (run["stalled"] + run["failed"] + run["no_picture"]) / run["viewers"]


def carried(runs):
    """A server that is late sends in larger pieces, which cost less: only runs without stalls are compared."""
    return bool(runs) and median(map(bad, runs)) <= MOST_BAD


def table(protocol, results):
    latency, names = ("video ms p50 / p95 / p99", ("p50", "p95", "p99")) if protocol == "rtmp" else ("segment ms p50 / p95 / p99", ("p50", "p95", "p99"))
    extra = "audio ms p50 / p95" if protocol == "rtmp" else "live edge ms p50 / p95"
    lines = [f"### {TITLES[protocol]}", "",
             f"| viewers | server | CPU-s/GiB | × nginx | {latency} | {extra} | join ms p50 / p95 | KiB per added viewer, in use (RSS) | stalled | failed | cores: server, client |",
             "|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"]
    by = {s: {} for s in SERVERS}
    for r in results:
        if r["protocol"] == protocol:
            by[r["server"]].setdefault(r["viewers"], []).append(r)
    for viewers in sorted({v for s in SERVERS for v in by[s]}):
        cost = {s: median(r["cpu_s_per_gib"] for r in by[s].get(viewers, [])) for s in SERVERS}
        for s in SERVERS:
            runs = by[s].get(viewers)
            if not runs:
                continue
            spread = f" ({min(r['cpu_s_per_gib'] for r in runs):.2f}–{max(r['cpu_s_per_gib'] for r in runs):.2f})" if len(runs) > 1 else ""
            ratio = "" if s == "nginx" else number(cost[s] / cost["nginx"], 2) if all(carried(by[x].get(viewers)) for x in SERVERS) else "–"
            lines.append(
                f"| {viewers:,} | {s} | {cost[s]:.3f}{spread} | {ratio} | {percentiles(runs, 'video_ms' if protocol == 'rtmp' else 'segment_ms', *names)} "
                f"| {percentiles(runs, 'audio_ms' if protocol == 'rtmp' else 'edge_ms', 'p50', 'p95')} | {percentiles(runs, 'join_ms', 'p50', 'p95', digits=0)} "
                f"| {number(memory_per_viewer(by[s], viewers, 'memory_kib'))} ({number(memory_per_viewer(by[s], viewers, 'rss_kib'))}) "
                f"| {median(r['stalled'] for r in runs):.0f} | {median(r['failed'] + r['no_picture'] for r in runs):.0f} "
                f"| {median(r['server_cores'] for r in runs):.2f}, {median(r['client_cores'] for r in runs):.2f} |")
    return "\n".join(lines) + "\n"


def all_of(protocols, results):
    return "\n".join(table(p, results) for p in protocols)


def warmth(plan, results):
    waited = [r["warmed_s"] for r in results if r.get("warmed_s")]
    return (f"{plan.warm_up} s of the JVM's warm-up with 500 viewers"
            + (f" and, before each row, until its compiler rested: {min(waited)} to {max(waited)} s." if waited else "."))


def heading(versions, processor, commit, plan, results):
    loads = [r["load"] for r in results]
    return "\n".join([
        f"## {datetime.date.today()}, {commit}", "",
        f"{' beside '.join(versions[s] for s in reversed(SERVERS) if s in versions)}; {os.cpu_count()} × {processor}, Linux {platform.release().split('-')[0]}. "
        f"{'Low-latency setting. ' if plan.low_latency else ''}Median of {plan.runs} (lowest–highest), {plan.window} s measured after {warmth(plan, results)} "
        f"Load average while measuring: {min(loads):.1f} to {max(loads):.1f} (about 2 is the bench itself, on both cores).", ""])
