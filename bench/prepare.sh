# What several of the benches need; sourced, with $here and $target set.
# shellcheck shell=bash disable=SC2154

load_client() {
    [ -n "$(find "$here/client" -newer "$target/load" 2>/dev/null)" ] || [ ! -x "$target/load" ] || return 0
    gcc -std=gnu11 -O2 -Wall -Wextra -Wno-missing-field-initializers -Wno-format-truncation -o "$target/load" "$here"/client/*.c -lssl -lcrypto
}

# 20 s of moving picture and noise at a constant 4.4 Mbit/s in all, a key frame every 2 s
clip() {
    [ ! -e "$target/clip.flv" ] || return 0
    say "encoding the clip (once) …"
    ffmpeg -nostdin -loglevel error -y -f lavfi -i "testsrc2=size=1920x1080:rate=30,noise=alls=12:allf=t" -f lavfi -i "sine=frequency=440:sample_rate=48000" -t 20 \
        -c:v libx264 -preset superfast -profile:v main -pix_fmt yuv420p -b:v 4270k -maxrate 4270k -bufsize 2135k -x264-params nal-hrd=cbr -g 60 -keyint_min 60 \
        -sc_threshold 0 -bf 0 -c:a aac -b:a 128k -ac 2 -f flv "$target/clip.part"
    mv "$target/clip.part" "$target/clip.flv"
}
