/* Publishes an FLV file (H.264 and AAC) in a loop at the pace of its timestamps; each frame carries the time at which it was sent. */
#define _GNU_SOURCE
#include "load.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHUNK 4096
static int fd;
static unsigned char out[8 << 20];

static void put(const void *bytes, size_t n) {
    for (const char *p = bytes; n;) {
        ssize_t sent = send(fd, p, n, MSG_NOSIGNAL);
        if (sent <= 0)
            die("publishing %s: the server closed the connection", target.path);
        p += sent;
        n -= sent;
    }
}

static void get(void *bytes, size_t n) {
    if (recv(fd, bytes, n, MSG_WAITALL) != (ssize_t)n)
        die("publishing %s: the server closed the connection", target.path);
}

static void say(int chunk_stream, int type, uint32_t ms, uint32_t stream, const unsigned char *body, int n) {
    put(out, rtmp_message(out, chunk_stream, type, ms, stream, body, n, CHUNK));
}

/* Nobody waits for answers: the server reads commands in order */
static void call(const char *name, int transaction, uint32_t stream, const char *a, const char *b) {
    unsigned char body[2048];
    int n = amf_string(body, name);
    n += amf_number(body + n, transaction);
    body[n++] = 5;
    if (a)
        n += amf_string(body + n, a);
    if (b)
        n += amf_string(body + n, b);
    say(stream ? 8 : 3, 20, 0, stream, body, n);
    usleep(200000);
}

static void begin(void) {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(target.port)};
    inet_pton(AF_INET, target.host, &address.sin_addr);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    if (connect(fd, (struct sockaddr *)&address, sizeof address))
        die("cannot connect to %s:%d", target.host, target.port);
    unsigned char hello[1537] = {3}, answer[3073], body[2048], chunk[4] = {0, 0, CHUNK >> 8, CHUNK & 255};
    put(hello, sizeof hello);
    get(answer, sizeof answer);
    put(answer + 1, 1536);
    put(out, rtmp_message(out, 2, 1, 0, 0, chunk, 4, 128));
    say(3, 20, 0, 0, body, amf_connect(body));
    usleep(200000);
    call("createStream", 4, 0, NULL, NULL);
    call("publish", 5, 1, stream_name(), "live");
}

static int stamp(unsigned char *to, const unsigned char *kind) {
    char digits[17];
    memcpy(to, kind, 16);
    snprintf(digits, sizeof digits, "%016llx", (unsigned long long)now_us());
    memcpy(to + 16, digits, 16);
    return STAMP_BYTES;
}

/* The frame with its stamp: an SEI message before the picture; before the sound just the bytes, as nobody decodes it */
static int stamped(unsigned char *to, int type, const unsigned char *frame, int n) {
    int head = type == 9 ? 5 : 2, at = head;
    memcpy(to, frame, head);
    if (type == 9) {
        const unsigned char sei[7] = {0, 0, 0, 3 + STAMP_BYTES + 1, 6, 5, STAMP_BYTES};
        memcpy(to + at, sei, 7);
        at += 7;
    }
    at += stamp(to + at, type == 9 ? VIDEO_STAMP : AUDIO_STAMP);
    if (type == 9)
        to[at++] = 0x80;
    memcpy(to + at, frame + head, n - head);
    return at + n - head;
}

static void wait_until(int64_t due) {
    for (int64_t now = now_us(); now < due; now = now_us())
        usleep(due - now);
}

int publish(int count, char **arguments) {
    (void)count;
    target = parse_url(arguments[1]);
    FILE *file = fopen(arguments[2], "rb");
    if (!file)
        die("cannot read %s", arguments[2]);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    unsigned char *flv = malloc(size), *frame = malloc(4 << 20), junk[4096];
    if (fread(flv, 1, size, file) != (size_t)size)
        die("cannot read %s", arguments[2]);
    begin();
    int64_t start = now_us();
    uint32_t base = 0, last = 0;
    for (bool again = false;; again = true, base = last + 33) {
        for (long p = 13, next; p + 11 < size; p = next) {
            const unsigned char *tag = flv + p, *body = tag + 11;
            int type = tag[0] & 31, n = tag[1] << 16 | tag[2] << 8 | tag[3];
            uint32_t ms = base + (tag[7] << 24 | tag[4] << 16 | tag[5] << 8 | tag[6]);
            next = p + 11 + n + 4;
            bool media = type == 8 || type == 9, configuration = media && body[1] == 0;
            if (!media || (type == 9 && body[1] == 2) || (again && configuration))
                continue;
            if (type == 9) // sound may last longer than the last picture
                last = ms;
            wait_until(start + ms * 1000LL);
            while (recv(fd, junk, sizeof junk, MSG_DONTWAIT) > 0) {
            }
            int length = n;
            if (configuration)
                memcpy(frame, body, n);
            else
                length = stamped(frame, type, body, n);
            say(type == 9 ? 6 : 4, type, ms, 1, frame, length);
        }
    }
}
