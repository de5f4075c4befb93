/* A viewer of HLS: one kept connection, the playlist again at the pace that RFC 8216 section 6.3.4 wants, three segments behind the newest at the start. */
#define _GNU_SOURCE
#include "load.h"
#include <stdlib.h>
#include <string.h>

#define SEGMENTS_BACK 3
#define MOST_FAILURES 20

enum want { PLAYLIST, SEGMENT };
enum reading { IDLE, HEAD, BODY };
struct hls_viewer {
    enum want want;
    enum reading reading;
    char playlist_path[512], path[512], head[2048], *playlist;
    int head_n, playlist_n, playlist_cap, status, errors;
    int64_t length, got, asked_us, wake_us;
    bool master_seen, closes;
    /* the playlist's */
    int64_t next, last;
    double target_s, duration_s;
    bool begun;
    int segments, first_segments;
    int64_t stamp_age_at, newest_age;
    unsigned char tail[STAMP_BYTES - 1];
    int tail_n;
};
uint64_t failed_requests, late_segments, skipped_segments;

struct hls_viewer *new_hls_viewer(void) { return calloc(1, sizeof(struct hls_viewer)); }

static void request(struct viewer *v) {
    struct hls_viewer *h = v->hls;
    h->reading = HEAD;
    h->head_n = 0;
    h->got = 0;
    h->wake_us = 0;
    h->asked_us = now_us();
    if (h->want == PLAYLIST)
        h->playlist_n = 0;
    if (v->fd < 0) {
        view(v);
        return;
    }
    char text[1024];
    send_all(v, text, snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: load\r\nAccept: */*\r\n\r\n", h->path, target.host, target.port));
}

static void ask(struct viewer *v, enum want want, const char *path) {
    v->hls->want = want;
    if (path != v->hls->path)
        snprintf(v->hls->path, sizeof v->hls->path, "%s", path);
    request(v);
}

static void ask_playlist_in(struct viewer *v, double s) {
    v->hls->reading = IDLE;
    v->hls->wake_us = now_us() + (int64_t)(s * 1e6);
}

static const char *playlist_path(struct hls_viewer *h) { return h->playlist_path[0] ? h->playlist_path : target.path; }

void hls_connected(struct viewer *v) {
    if (v->hls->path[0])
        request(v);
    else
        ask(v, PLAYLIST, target.path);
}

void hls_tick(struct viewer *v, int64_t now) {
    if (v->hls->wake_us && now >= v->hls->wake_us)
        ask(v, PLAYLIST, playlist_path(v->hls));
}

static void failed_request(struct viewer *v) {
    failed_requests++;
    if (++v->hls->errors > MOST_FAILURES)
        fail(v, "hls: too many failed requests");
    else
        ask_playlist_in(v, 0.5);
}

void hls_closed(struct viewer *v) {
    bool idle = v->hls->reading == IDLE;
    hang_up(v);
    if (!idle)
        failed_request(v);
}

int hls_unread(struct viewer *v) {
    struct hls_viewer *h = v->hls;
    return h->reading == BODY && h->want == SEGMENT && !v->sampled ? (int)(h->length - h->got) : 0;
}

static void resolve(const char *base, const char *relative, char *out) {
    char folder[512];
    snprintf(folder, sizeof folder, "%s", base);
    folder[strcspn(folder, "?")] = 0;
    strrchr(folder, '/')[1] = 0;
    snprintf(out, 512, "%s%.*s", *relative == '/' ? "" : folder, (int)strcspn(relative, "\r\n"), relative);
}

static const char *line_after(const char *p) {
    p = strchr(p, '\n');
    return p ? p + 1 : NULL;
}

/* The next segment of the playlist that is here, or the playlist again when its time has come */
static void next(struct viewer *v) {
    struct hls_viewer *h = v->hls;
    int64_t first = 0, n = 0;
    for (const char *p = h->playlist; p && *p; p = line_after(p)) {
        sscanf(p, "#EXT-X-TARGETDURATION:%lf", &h->target_s);
        sscanf(p, "#EXT-X-MEDIA-SEQUENCE:%lld", (long long *)&first);
        n += *p != '#' && *p > ' ';
    }
    int64_t last = first + n - 1;
    if (!n) {
        ask_playlist_in(v, 0.5);
        return;
    }
    if (!h->begun) {
        h->begun = true;
        h->next = last - SEGMENTS_BACK + 1 > first ? last - SEGMENTS_BACK + 1 : first;
        h->first_segments = last - h->next + 1;
        h->last = -1;
    }
    if (h->next < first) {
        skipped_segments += first - h->next;
        h->next = first;
    }
    bool changed = last != h->last;
    h->last = last;
    if (h->next > last) {
        ask_playlist_in(v, changed ? h->target_s : h->target_s / 2);
        return;
    }
    int64_t number = first;
    for (const char *p = h->playlist; p && *p; p = line_after(p)) {
        sscanf(p, "#EXTINF:%lf", &h->duration_s);
        if (*p != '#' && *p > ' ' && number++ == h->next) {
            char path[512];
            resolve(h->playlist_path, p, path);
            h->tail_n = 0;
            h->newest_age = -1;
            ask(v, SEGMENT, path);
            return;
        }
    }
}

static void playlist(struct viewer *v) {
    struct hls_viewer *h = v->hls;
    char *variant = strstr(h->playlist, "#EXT-X-STREAM-INF");
    if (variant && !h->master_seen) {
        h->master_seen = true;
        const char *uri = line_after(variant);
        resolve(h->path, uri ? uri : "", h->playlist_path);
        ask(v, PLAYLIST, h->playlist_path);
        return;
    }
    if (!h->playlist_path[0])
        snprintf(h->playlist_path, sizeof h->playlist_path, "%s", h->path);
    next(v);
}

static void segment(struct viewer *v) {
    struct hls_viewer *h = v->hls;
    int64_t now = now_us();
    if (measuring)
        sample(&segment_times, now - h->asked_us);
    picture(v, v->last_ms + h->duration_s * 1000);
    if (v->plays_us && v->last_ms - h->duration_s * 1000 < (now - v->plays_us) / 1000.0 - v->stalled_ms)
        late_segments++;
    h->next++;
    if (++h->segments >= h->first_segments && !v->plays_us)
        v->plays_us = now;
    if (measuring && h->newest_age >= 0 && h->segments > h->first_segments)
        sample(&edge_latency, h->newest_age + now - h->stamp_age_at);
    next(v);
}

static void complete(struct viewer *v) {
    struct hls_viewer *h = v->hls;
    h->reading = IDLE;
    if (h->closes)
        hang_up(v);
    if (h->status != 200) {
        if (h->want == SEGMENT && h->status == 404) {
            h->next++;
            skipped_segments++;
        }
        failed_request(v);
    } else if (h->want == SEGMENT) {
        segment(v);
    } else {
        playlist(v);
    }
}

/* How old the newest stamp of a picture is, also when a read ends in the middle of it */
static void look_for_stamps(struct hls_viewer *h, const unsigned char *in, int n) {
    unsigned char joint[2 * STAMP_BYTES];
    int part = n < STAMP_BYTES - 1 ? n : STAMP_BYTES - 1;
    memcpy(joint, h->tail, h->tail_n);
    memcpy(joint + h->tail_n, in, part);
    int64_t age = since_stamp(VIDEO_STAMP, joint, h->tail_n + part);
    for (const unsigned char *p = in, *end = in + n; (p = memmem(p, end - p, VIDEO_STAMP, 16)); p += 16)
        if (p + STAMP_BYTES <= end && (age = since_stamp(VIDEO_STAMP, p, STAMP_BYTES)) < 0)
            break;
    if (age >= 0) {
        h->newest_age = age;
        h->stamp_age_at = now_us();
    }
    h->tail_n = part;
    memcpy(h->tail, in + n - part, part);
}

static void body(struct viewer *v, const unsigned char *in, int n) {
    struct hls_viewer *h = v->hls;
    h->got += n;
    if (h->want == SEGMENT) {
        if (in && v->sampled)
            look_for_stamps(h, in, n);
        return;
    }
    if (h->playlist_n + n + 1 > h->playlist_cap)
        h->playlist = realloc(h->playlist, h->playlist_cap = 2 * (h->playlist_n + n + 1));
    memcpy(h->playlist + h->playlist_n, in, n);
    h->playlist[h->playlist_n += n] = 0;
}

/* How many of the bytes belong to the head */
static int head(struct viewer *v, const unsigned char *in, int n) {
    struct hls_viewer *h = v->hls;
    int before = h->head_n, part = n < (int)sizeof h->head - 1 - before ? n : (int)sizeof h->head - 1 - before;
    memcpy(h->head + before, in, part);
    h->head[h->head_n += part] = 0;
    char *end = strstr(h->head, "\r\n\r\n");
    if (!end) {
        if (h->head_n == sizeof h->head - 1)
            fail(v, "hls: a head without an end");
        return part;
    }
    end[2] = 0;
    const char *length = strcasestr(h->head, "\r\ncontent-length:");
    h->status = atoi(h->head + 9);
    h->closes = strcasestr(h->head, "\r\nconnection: close");
    if (!length)
        fail(v, "hls: an answer without a length");
    else
        h->length = atoll(length + 17);
    h->reading = BODY;
    return end + 4 - h->head - before;
}

void hls_received(struct viewer *v, unsigned char *in, int n) {
    struct hls_viewer *h = v->hls;
    while (n > 0 && !v->failed && h->reading != IDLE) {
        int used;
        if (h->reading == HEAD) {
            used = head(v, in, n);
        } else {
            used = h->length - h->got < n ? (int)(h->length - h->got) : n;
            body(v, in, used);
        }
        if (in)
            in += used;
        n -= used;
        if (h->reading == BODY && h->got >= h->length && !v->failed)
            complete(v);
    }
}
