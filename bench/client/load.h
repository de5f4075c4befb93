/* A load client for live media: thousands of viewers in one thread, and a publisher that writes into each frame when it left. Loopback only. */
#ifndef LOAD_H
#define LOAD_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* In front of each stamp: 16 hex digits of CLOCK_MONOTONIC in microseconds. Video's travels as an SEI message of this UUID. */
#define STAMP_BYTES 32
extern const unsigned char VIDEO_STAMP[16], AUDIO_STAMP[16];

int64_t now_us(void);
void die(const char *format, ...);
/* Microseconds since the stamp of that kind that begins within the bytes, or -1 */
int64_t since_stamp(const unsigned char *kind, const unsigned char *bytes, size_t n);

struct url { bool tls, rtmp; char host[64], path[512]; int port; };
struct url parse_url(const char *text);

/* --- samples: a histogram of 50 us buckets up to 10 s; what lies beyond counts as 10 s --- */
#define BUCKETS 200000
struct samples { uint64_t count; uint32_t bucket[BUCKETS]; };
void sample(struct samples *s, int64_t us);
void reset(struct samples *s);
void print_samples(const char *name, const struct samples *s);
extern struct samples joins, video_latency, audio_latency, segment_times, edge_latency;

/* --- viewers --- */
struct rtmp_viewer; struct hls_viewer;
struct viewer {
    int fd;
    SSL *ssl;
    bool connected, failed, sampled;
    int64_t asked_us, first_us;
    uint64_t bytes, frames;
    /* the player: starts some time after the first picture, then needs media at the pace of the clock */
    double first_ms, last_ms, stalled_ms, stalled_before_ms;
    int64_t plays_us;
    struct rtmp_viewer *rtmp;
    struct hls_viewer *hls;
};
extern struct url target;
extern uint64_t failed_requests, late_segments, skipped_segments;
extern bool measuring;

void view(struct viewer *v);                            /* dials; what follows comes from the loop */
void hang_up(struct viewer *v);                         /* to dial again later */
void fail(struct viewer *v, const char *why);
void send_all(struct viewer *v, const void *bytes, int n);
void picture(struct viewer *v, double ms);              /* media up to that time has come */

void rtmp_connected(struct viewer *v);
void rtmp_received(struct viewer *v, unsigned char *bytes, int n);
struct hls_viewer *new_hls_viewer(void);
void hls_connected(struct viewer *v);
void hls_received(struct viewer *v, unsigned char *bytes, int n);
void hls_closed(struct viewer *v);
int hls_unread(struct viewer *v);                       /* bytes of a body that nobody looks at */
void hls_tick(struct viewer *v, int64_t now);

int watch(int count, char **arguments);
int publish(int count, char **arguments);

/* --- RTMP, for both sides --- */
int amf_string(unsigned char *out, const char *s);
int amf_key(unsigned char *out, const char *s);
int amf_number(unsigned char *out, double d);
int amf_connect(unsigned char *out);
int rtmp_message(unsigned char *out, int chunk_stream, int type, uint32_t ms, uint32_t stream, const unsigned char *body, int n, int chunk);
const char *stream_name(void);
#endif
