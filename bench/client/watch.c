/* The loop of all viewers: sockets, TLS, the model of a player, and the report. */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define STALL_MS 100       /* a player that waited longer than this in the window has stalled */
#define SAMPLE_EVERY 20    /* HLS: of every so many viewers one looks into the segments */

bool measuring;
static int ep, wanted = 10;
static double joins_per_s = 100, warm_up_s = 3, window_s = 10, buffer_ms = 1000;
static bool hold;
static const char *pids = "";
static struct viewer *viewers;
static SSL_CTX *tls;
static unsigned char buffer[256 * 1024];
static struct { char why[80]; int count; } failures[8];

void fail(struct viewer *v, const char *why) {
    if (v->failed)
        return;
    hang_up(v);
    v->failed = true;
    for (int i = 0; i < 8; i++) {
        if (!failures[i].count)
            snprintf(failures[i].why, sizeof failures[i].why, "%s", why);
        if (!strncmp(failures[i].why, why, sizeof failures[i].why - 1)) {
            failures[i].count++;
            break;
        }
    }
}

void hang_up(struct viewer *v) {
    if (v->ssl)
        SSL_free(v->ssl);
    if (v->fd >= 0)
        close(v->fd);
    v->ssl = NULL;
    v->fd = -1;
    v->connected = false;
}

void view(struct viewer *v) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(target.port)};
    inet_pton(AF_INET, target.host, &address.sin_addr);
    v->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(v->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    if (v->fd < 0 || (connect(v->fd, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS)) {
        fail(v, "no socket");
        return;
    }
    if (target.tls) {
        v->ssl = SSL_new(tls);
        SSL_set_fd(v->ssl, v->fd);
        SSL_set_connect_state(v->ssl);
    }
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT, .data.ptr = v};
    epoll_ctl(ep, EPOLL_CTL_ADD, v->fd, &e);
}

/* Small requests only: they fit into any socket's buffer */
void send_all(struct viewer *v, const void *bytes, int n) {
    if (!v->failed && (v->ssl ? SSL_write(v->ssl, bytes, n) : send(v->fd, bytes, n, MSG_NOSIGNAL)) != n)
        fail(v, "a request could not be written");
}

void picture(struct viewer *v, double ms) {
    if (!v->first_us) {
        v->first_us = now_us();
        sample(&joins, v->first_us - v->asked_us);
        v->first_ms = ms;
        if (!v->hls)
            v->plays_us = v->first_us + (int64_t)(buffer_ms * 1000);
    }
    v->last_ms = ms;
    v->frames++;
}

static bool connected(struct viewer *v) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(v->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
        fail(v, "connection refused");
        return false;
    }
    if (v->ssl) {
        int done = SSL_do_handshake(v->ssl);
        if (done != 1) {
            int why = SSL_get_error(v->ssl, done);
            if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE)
                fail(v, "no TLS");
            return false;
        }
    }
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = v};
    epoll_ctl(ep, EPOLL_CTL_MOD, v->fd, &e);
    v->connected = true;
    if (v->hls)
        hls_connected(v);
    else
        rtmp_connected(v);
    return !v->failed;
}

/* Bytes, 0 at the end, -1 when there is nothing now */
static int take(struct viewer *v, bool *unread) {
    if (v->ssl) {
        int n = SSL_read(v->ssl, buffer, sizeof buffer), why = SSL_get_error(v->ssl, n);
        return n > 0 ? n : why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? -1 : 0;
    }
    int most = v->hls ? hls_unread(v) : 0;
    *unread = most > 0;
    int n = *unread ? recv(v->fd, buffer, most, MSG_TRUNC) : recv(v->fd, buffer, sizeof buffer, 0);
    return n < 0 && errno != EAGAIN && errno != EINTR ? 0 : n;
}

static void event(struct viewer *v, uint32_t events) {
    if (v->failed || v->fd < 0 || (!v->connected && !connected(v)) || !(events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        return;
    do {
        bool unread = false;
        int n = take(v, &unread);
        if (n < 0)
            return;
        if (n == 0) {
            if (v->hls)
                hls_closed(v);
            else
                fail(v, "closed by the server");
            return;
        }
        v->bytes += n;
        if (v->hls)
            hls_received(v, unread ? NULL : buffer, n);
        else
            rtmp_received(v, buffer, n);
    } while (v->ssl && v->fd >= 0); /* TLS may hold more than the socket shows */
}

static void tick(int64_t now, int asked) {
    for (struct viewer *v = viewers; v < viewers + asked; v++) {
        if (v->failed)
            continue;
        if (v->hls)
            hls_tick(v, now);
        if (v->plays_us && now > v->plays_us) {
            double needed = (now - v->plays_us) / 1000.0 - v->stalled_ms, has = v->hls ? v->last_ms : v->last_ms - v->first_ms;
            if (has < needed)
                v->stalled_ms += needed - has;
        }
    }
}

/* The processes' clocks, which count in nanoseconds; /proc counts the same time in ticks of 10 ms */
static double server_cpu_s(void) {
    double seconds = 0;
    for (const char *p = pids; *p; p += strcspn(p, ","), p += *p == ',') {
        clockid_t clock;
        struct timespec t;
        if (clock_getcpuclockid(atoi(p), &clock) || clock_gettime(clock, &t))
            die("process %d is gone", atoi(p));
        seconds += t.tv_sec + t.tv_nsec / 1e9;
    }
    return seconds;
}

static double own_cpu_s(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return r.ru_utime.tv_sec + r.ru_stime.tv_sec + (r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}

struct mark { int64_t us; double server, own; uint64_t bytes, frames; };

static struct mark mark(void) {
    struct mark m = {.us = now_us(), .server = server_cpu_s(), .own = own_cpu_s()};
    for (struct viewer *v = viewers; v < viewers + wanted; v++)
        m.bytes += v->bytes, m.frames += v->frames;
    return m;
}

static void report(const char *url, struct mark a, struct mark b) {
    int stalled = 0, failed = 0, dark = 0;
    double s = (b.us - a.us) / 1e6, gib = (b.bytes - a.bytes) / 1073741824.0;
    for (struct viewer *v = viewers; v < viewers + wanted; v++) {
        failed += v->failed;
        dark += !v->failed && !v->plays_us;
        stalled += !v->failed && v->plays_us && v->stalled_ms - v->stalled_before_ms > STALL_MS;
    }
    printf("{\"url\":\"%s\",\"viewers\":%d,\"window_s\":%.2f,\"gib\":%.3f,\"mbit_per_viewer\":%.2f,\"frames_per_viewer_s\":%.2f,", url, wanted, s, gib,
        gib * 8589.934592 / s / wanted, (b.frames - a.frames) / s / wanted);
    printf("\"server_cpu_s\":%.4f,\"cpu_s_per_gib\":%.4f,\"server_cores\":%.2f,\"client_cores\":%.2f,", b.server - a.server,
        gib > 0 ? (b.server - a.server) / gib : -1, (b.server - a.server) / s, (b.own - a.own) / s);
    printf("\"stalled\":%d,\"failed\":%d,\"no_picture\":%d,\"failed_requests\":%llu,\"late_segments\":%llu,\"skipped_segments\":%llu,", stalled, failed, dark,
        (unsigned long long)failed_requests, (unsigned long long)late_segments, (unsigned long long)skipped_segments);
    print_samples("join_ms", &joins);
    print_samples("video_ms", &video_latency);
    print_samples("audio_ms", &audio_latency);
    print_samples("segment_ms", &segment_times);
    print_samples("edge_ms", &edge_latency);
    printf("\"failures\":{");
    for (int i = 0; i < 8 && failures[i].count; i++)
        printf("%s\"%s\":%d", i ? "," : "", failures[i].why, failures[i].count);
    puts("}}");
    fflush(stdout);
}

static struct mark open_window(void) {
    reset(&video_latency);
    reset(&audio_latency);
    reset(&segment_times);
    reset(&edge_latency);
    late_segments = 0;
    for (struct viewer *v = viewers; v < viewers + wanted; v++)
        v->stalled_before_ms = v->stalled_ms;
    measuring = true;
    return mark();
}

static bool input_ended(void) {
    struct pollfd in = {.fd = 0, .events = POLLIN};
    return poll(&in, 1, 0) > 0;
}

static void run(const char *url) {
    static struct epoll_event events[4096];
    int64_t begun = now_us(), next_tick = begun, opens = begun + (int64_t)((wanted / joins_per_s + warm_up_s) * 1e6), closes = 0;
    struct mark start = {0};
    for (int asked = 0;;) {
        int64_t now = now_us();
        for (int due = (int)((now - begun) / 1e6 * joins_per_s) + 1, burst = 0; asked < wanted && asked < due && burst < 16; asked++, burst++) {
            viewers[asked].asked_us = now_us();
            view(&viewers[asked]);
        }
        int n = epoll_wait(ep, events, 4096, asked < wanted ? 1 : 5);
        for (int i = 0; i < n; i++)
            event(events[i].data.ptr, events[i].events);
        now = now_us();
        if (now >= next_tick) {
            tick(now, asked);
            next_tick = now + 20000;
        }
        if (!closes && asked == wanted && now >= opens) {
            start = open_window();
            closes = now + (int64_t)(window_s * 1e6);
        } else if (measuring && now >= closes) {
            measuring = false;
            report(url, start, mark());
        }
        if (closes && !measuring && (!hold || input_ended()))
            return;
    }
}

static void options(int count, char **arguments) {
    optind = 2;
    for (int c; (c = getopt(count, arguments, "n:r:w:d:b:p:h")) > 0;) {
        switch (c) {
            case 'n': wanted = atoi(optarg); break;
            case 'r': joins_per_s = atof(optarg); break;
            case 'w': warm_up_s = atof(optarg); break;
            case 'd': window_s = atof(optarg); break;
            case 'b': buffer_ms = atof(optarg); break;
            case 'p': pids = optarg; break;
            case 'h': hold = true; break;
            default: exit(2);
        }
    }
}

int watch(int count, char **arguments) {
    target = parse_url(arguments[1]);
    options(count, arguments);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if ((rlim_t)wanted + 100 > files.rlim_cur)
        die("%d viewers need more open files than the %llu that are allowed (ulimit -Hn)", wanted, (unsigned long long)files.rlim_cur);
    if (target.tls) {
        tls = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_ciphersuites(tls, "TLS_AES_128_GCM_SHA256");
    }
    ep = epoll_create1(0);
    viewers = calloc(wanted, sizeof *viewers);
    for (int i = 0; i < wanted; i++) {
        viewers[i].fd = -1;
        viewers[i].sampled = i % SAMPLE_EVERY == 0;
        if (!target.rtmp)
            viewers[i].hls = new_hls_viewer();
    }
    run(arguments[1]);
    return 0;
}
