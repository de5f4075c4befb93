/* RTMP: messages out, and a viewer that follows chunks without keeping them. */
#define _GNU_SOURCE
#include "load.h"
#include <stdlib.h>
#include <string.h>

#define HEAD 160       /* of each message so much is kept: commands, and a frame's stamp */
#define HANDSHAKE 1536
#define CHUNK_STREAMS 10

enum phase { HANDSHAKING, CONNECTING, CREATING, PLAYING };
struct chunk_stream { int id; uint32_t length, ms, delta, got; int type; bool extended; unsigned char head[HEAD]; };
struct rtmp_viewer {
    enum phase phase;
    unsigned char *handshake;
    int handshake_n;
    unsigned char header[24];
    int header_n;
    struct chunk_stream streams[CHUNK_STREAMS], *current;
    uint32_t chunk_size, left;
    uint64_t received, acknowledged;
    uint32_t window;
};

/* --- out --- */

int amf_string(unsigned char *out, const char *s) {
    out[0] = 2;
    return 1 + amf_key(out + 1, s);
}

int amf_key(unsigned char *out, const char *s) {
    int n = strlen(s);
    out[0] = n >> 8;
    out[1] = n;
    memcpy(out + 2, s, n);
    return n + 2;
}

int amf_number(unsigned char *out, double d) {
    uint64_t bits;
    memcpy(&bits, &d, 8);
    out[0] = 0;
    for (int i = 0; i < 8; i++)
        out[1 + i] = bits >> (56 - 8 * i);
    return 9;
}

const char *stream_name(void) { return strrchr(target.path, '/') + 1; }

int amf_connect(unsigned char *out) {
    char app[512], url[640];
    snprintf(app, sizeof app, "%.*s", (int)(stream_name() - target.path - 2), target.path + 1);
    snprintf(url, sizeof url, "rtmp://%s:%d/%s", target.host, target.port, app);
    int n = amf_string(out, "connect");
    n += amf_number(out + n, 1);
    out[n++] = 3;
    n += amf_key(out + n, "app");
    n += amf_string(out + n, app);
    n += amf_key(out + n, "tcUrl");
    n += amf_string(out + n, url);
    memcpy(out + n, "\0\0\t", 3);
    return n + 3;
}

int rtmp_message(unsigned char *out, int chunk_stream, int type, uint32_t ms, uint32_t stream, const unsigned char *body, int n, int chunk) {
    unsigned char head[12] = {chunk_stream, ms >> 16, ms >> 8, ms, n >> 16, n >> 8, n, type, stream, stream >> 8, stream >> 16, stream >> 24};
    memcpy(out, head, 12);
    int size = 12;
    for (int i = 0; i < n; i += chunk) {
        if (i)
            out[size++] = 0xc0 | chunk_stream;
        int part = n - i < chunk ? n - i : chunk;
        memcpy(out + size, body + i, part);
        size += part;
    }
    return size;
}

static void say(struct viewer *v, int chunk_stream, int type, uint32_t stream, const unsigned char *body, int n) {
    unsigned char out[2048];
    send_all(v, out, rtmp_message(out, chunk_stream, type, 0, stream, body, n, 128));
}

static uint32_t u32(const unsigned char *p) { return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]; }

static void say_u32(struct viewer *v, int type, uint32_t value) {
    unsigned char b[4] = {value >> 24, value >> 16, value >> 8, value};
    say(v, 2, type, 0, b, 4);
}

void rtmp_connected(struct viewer *v) {
    v->rtmp = calloc(1, sizeof *v->rtmp);
    v->rtmp->handshake = malloc(1 + 2 * HANDSHAKE);
    v->rtmp->chunk_size = 128;
    unsigned char hello[1 + HANDSHAKE] = {3};
    send_all(v, hello, sizeof hello);
}

static int shake_hands(struct viewer *v, unsigned char *in, int n) {
    struct rtmp_viewer *r = v->rtmp;
    int wanted = 1 + 2 * HANDSHAKE - r->handshake_n, part = n < wanted ? n : wanted;
    memcpy(r->handshake + r->handshake_n, in, part);
    r->handshake_n += part;
    if (part == wanted) {
        send_all(v, r->handshake + 1, HANDSHAKE);
        free(r->handshake);
        r->handshake = NULL;
        unsigned char b[1024];
        say(v, 3, 20, 0, b, amf_connect(b));
        r->phase = CONNECTING;
    }
    return part;
}

/* --- in --- */

static void answered(struct viewer *v, const unsigned char *result) {
    unsigned char b[1024];
    if (v->rtmp->phase == CONNECTING) {
        say_u32(v, 5, 5000000);
        int n = amf_string(b, "createStream");
        n += amf_number(b + n, 2);
        b[n++] = 5;
        say(v, 3, 20, 0, b, n);
        v->rtmp->phase = CREATING;
    } else if (v->rtmp->phase == CREATING) {
        uint64_t bits = 0; /* the name, the transaction and a null are before the stream's number */
        for (int i = 0; i < 8; i++)
            bits = bits << 8 | result[10 + 9 + 1 + 1 + i];
        double number;
        memcpy(&number, &bits, 8);
        int n = amf_string(b, "play");
        n += amf_number(b + n, 0);
        b[n++] = 5;
        n += amf_string(b + n, stream_name());
        n += amf_number(b + n, -2000);
        say(v, 8, 20, (uint32_t)number, b, n);
        v->rtmp->phase = PLAYING;
    }
}

static void command(struct viewer *v, const unsigned char *body, int n) {
    if (n > 10 && !memcmp(body + 3, "_result", 7))
        answered(v, body);
    else if (n > 9 && !memcmp(body + 3, "_error", 6))
        fail(v, "rtmp _error");
    else if (memmem(body, n, "StreamNotFound", 14) || memmem(body, n, "Play.Failed", 11) || memmem(body, n, "Play.Stop", 9))
        fail(v, "rtmp refused or stopped");
}

static void message(struct viewer *v, struct chunk_stream *c) {
    const unsigned char *h = c->head;
    int kept = c->length < HEAD ? c->length : HEAD;
    int64_t age;
    switch (c->type) {
        case 1: v->rtmp->chunk_size = u32(h) & 0x7fffffff; break;
        case 4:
            if (h[1] == 6) {
                unsigned char pong[6] = {0, 7, h[2], h[3], h[4], h[5]};
                say(v, 2, 4, 0, pong, 6);
            }
            break;
        case 5: v->rtmp->window = u32(h); break;
        case 8:
            if (measuring && (age = since_stamp(AUDIO_STAMP, h, kept)) >= 0)
                sample(&audio_latency, age);
            break;
        case 9:
            if (kept > 5 && h[1] == 1 && (v->first_us || h[0] >> 4 == 1)) {
                picture(v, c->ms);
                if (measuring && (age = since_stamp(VIDEO_STAMP, h, kept)) >= 0)
                    sample(&video_latency, age);
            }
            break;
        case 20: command(v, h, kept); break;
    }
}

/* One chunk's header, byte by byte until it is whole */
static void header(struct viewer *v) {
    struct rtmp_viewer *r = v->rtmp;
    int format = r->header[0] >> 6, id = r->header[0] & 63, basic = id == 0 ? 2 : id == 1 ? 3 : 1;
    static const int rest[4] = {11, 7, 3, 0};
    if (r->header_n < basic + rest[format])
        return;
    if (id < 2)
        id = id == 0 ? 64 + r->header[1] : 64 + r->header[1] + 256 * r->header[2];
    struct chunk_stream *c = NULL;
    for (int i = 0; i < CHUNK_STREAMS && !c; i++)
        if (r->streams[i].id == id || !r->streams[i].id)
            c = &r->streams[i];
    if (!c) {
        fail(v, "too many chunk streams");
        return;
    }
    unsigned char *p = r->header + basic;
    uint32_t ms = format == 3 ? 0 : p[0] << 16 | p[1] << 8 | p[2];
    bool extended = format == 3 ? c->extended : ms == 0xffffff;
    if (r->header_n < basic + rest[format] + (extended ? 4 : 0))
        return;
    c->id = id;
    c->extended = extended;
    if (extended)
        ms = u32(p + rest[format]);
    if (format <= 1) {
        c->length = p[3] << 16 | p[4] << 8 | p[5];
        c->type = p[6];
    }
    if (format == 0)
        c->ms = ms, c->delta = 0;
    else if (format < 3)
        c->delta = ms, c->ms += ms;
    else if (!c->got)
        c->ms += c->delta;
    r->header_n = 0;
    r->current = c;
    r->left = c->length - c->got < r->chunk_size ? c->length - c->got : r->chunk_size;
}

static int payload(struct viewer *v, const unsigned char *in, int n) {
    struct rtmp_viewer *r = v->rtmp;
    struct chunk_stream *c = r->current;
    int part = (uint32_t)n < r->left ? n : (int)r->left;
    if (c->got < HEAD)
        memcpy(c->head + c->got, in, HEAD - c->got < (uint32_t)part ? HEAD - c->got : (uint32_t)part);
    c->got += part;
    r->left -= part;
    if (c->got == c->length) {
        c->got = 0;
        message(v, c);
    }
    return part;
}

void rtmp_received(struct viewer *v, unsigned char *in, int n) {
    struct rtmp_viewer *r = v->rtmp;
    r->received += n;
    if (r->window && r->received - r->acknowledged > r->window / 2) {
        r->acknowledged = r->received;
        say_u32(v, 3, (uint32_t)r->received);
    }
    while (n > 0 && !v->failed) {
        int used = 1;
        if (r->phase == HANDSHAKING) {
            used = shake_hands(v, in, n);
        } else if (r->left) {
            used = payload(v, in, n);
        } else {
            r->header[r->header_n++] = *in;
            header(v);
        }
        in += used;
        n -= used;
    }
}
