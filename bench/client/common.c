#define _GNU_SOURCE
#include "load.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const unsigned char VIDEO_STAMP[16] = {0x5f, 0x6d, 0x6c, 0x6f, 0x61, 0x64, 0x2d, 0x73, 0x74, 0x61, 0x6d, 0x70, 0x2d, 0x75, 0x31, 0x36};
const unsigned char AUDIO_STAMP[16] = {0x5f, 0x6d, 0x6c, 0x6f, 0x61, 0x64, 0x2d, 0x73, 0x74, 0x61, 0x6d, 0x70, 0x2d, 0x61, 0x75, 0x64};
struct url target;
struct samples joins, video_latency, audio_latency, segment_times, edge_latency;

int64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

void die(const char *format, ...) {
    va_list list;
    va_start(list, format);
    fputs("load: ", stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    exit(2);
}

int64_t since_stamp(const unsigned char *kind, const unsigned char *bytes, size_t n) {
    const unsigned char *at = memmem(bytes, n, kind, 16);
    if (!at || at + STAMP_BYTES > bytes + n)
        return -1;
    char digits[17] = "";
    memcpy(digits, at + 16, 16);
    int64_t stamp = strtoll(digits, NULL, 16), age = now_us() - stamp;
    return stamp > 0 && age >= 0 ? age : -1;
}

struct url parse_url(const char *text) {
    struct url u = {0};
    char scheme[8] = "";
    if (sscanf(text, "%7[a-z]://%63[^:/]:%d%511s", scheme, u.host, &u.port, u.path) != 4)
        die("%s is no URL like rtmp://127.0.0.1:1935/live/name", text);
    if (strncmp(u.host, "127.", 4))
        die("%s: only loopback addresses are loaded, 127.x.x.x", u.host);
    u.rtmp = !strcmp(scheme, "rtmp");
    u.tls = !strcmp(scheme, "https");
    return u;
}

void sample(struct samples *s, int64_t us) {
    int64_t b = us / 50;
    s->bucket[b < BUCKETS ? b : BUCKETS - 1]++;
    s->count++;
}

void reset(struct samples *s) { memset(s, 0, sizeof *s); }

static double percentile(const struct samples *s, double p) {
    uint64_t seen = 0, wanted = (uint64_t)(p * (s->count - 1)) + 1;
    for (int b = 0; b < BUCKETS; b++)
        if ((seen += s->bucket[b]) >= wanted)
            return (b + 0.5) * 0.05;
    return -1;
}

void print_samples(const char *name, const struct samples *s) {
    printf("\"%s\":", name);
    if (!s->count)
        printf("null,");
    else
        printf("{\"n\":%llu,\"p50\":%.2f,\"p95\":%.2f,\"p99\":%.2f,\"max\":%.2f},", (unsigned long long)s->count, percentile(s, .5), percentile(s, .95),
            percentile(s, .99), percentile(s, 1));
}

int main(int count, char **arguments) {
    if (count >= 3 && !strcmp(arguments[1], "watch"))
        return watch(count - 1, arguments + 1);
    if (count >= 4 && !strcmp(arguments[1], "publish"))
        return publish(count - 1, arguments + 1);
    fputs("usage: load watch URL [-n viewers] [-r joins a second] [-w warm-up s] [-d window s] [-b player's buffer ms] [-p pid,pid] [-h]\n"
          "           URL: rtmp://127.0.0.1:PORT/APP/NAME or http(s)://127.0.0.1:PORT/...m3u8; prints one JSON object\n"
          "           -p  whose processor time is measured in the window    -h  goes on watching until standard input ends\n"
          "       load publish rtmp://127.0.0.1:PORT/APP/NAME FILE.flv      (in a loop, until it is killed)\n", stderr);
    return 2;
}
