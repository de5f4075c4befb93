#!/bin/sh
# Makes src/main/resources/demo.mp4: 24 s, 1280x720 at 30 frames/s, H.264 High in closed groups of 2 s, AAC 48 kHz stereo.
# Needs ffmpeg and fonts-dejavu-core of Debian.
#
# It loops without a seam: everything that moves has a period that divides 24 s, and 24 s is both 720 pictures and exactly
# 1125 AAC frames of 1024 samples. The sound is encoded for three rounds and the middle one is kept, so that no encoder
# start-up (priming) is in it.
set -eu
cd "$(dirname "$0")"
out=src/main/resources/demo.mp4
font=/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf
mono=/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { ffmpeg -hide_banner -loglevel error -y "$@"; }

# what does not move: a dark slope, colour bars at the foot, the title
run -f lavfi -i "color=s=1280x720,format=gbrp,geq=r=20-9*X/W:g=33+28*X/W:b=61+13*Y/H" -f lavfi -i "smptehdbars=s=1280x56" \
    -filter_complex "[0][1]overlay=0:664,drawtext=fontfile=$font:text='Sluice demo':fontcolor=white:fontsize=64:x=64:y=56,drawtext=fontfile=$font:text='24 seconds, over and over':fontcolor=0x9fb8c8:fontsize=28:x=66:y=136" \
    -frames:v 1 "$work/back.png"
# a ball with a soft edge, and a bar that turns
run -f lavfi -i "color=0xffb703:s=120x120,format=rgba,geq=r=255:g=183-0.5*Y:b=3:a='255*clip(58-hypot(X-60,Y-60),0,1)'" -frames:v 1 "$work/ball.png"
run -f lavfi -i "color=0x8ecae6:s=260x260,format=rgba,geq=r=142+113*gt(Y\,108):g=202+53*gt(Y\,108):b=230+25*gt(Y\,108):a='255*max(lt(abs(X-130),8)*between(Y,4,130),lt(hypot(X-130,Y-130),22))'" -frames:v 1 "$work/hand.png"

# periods: hand 4 s, ball 3 s across and 2 s up and down, block 8 s
run -loop 1 -framerate 30 -i "$work/back.png" -loop 1 -framerate 30 -i "$work/ball.png" -loop 1 -framerate 30 -i "$work/hand.png" -f lavfi -i "color=0xfb5607:s=90x24:r=30" \
    -filter_complex "[2]rotate=a='2*PI*t/4':c=none[hand]
        ;[0][hand]overlay=x=958:y=60[a]
        ;[3]format=rgba[block];[a][block]overlay=x='595-595*cos(2*PI*t/8)':y=626[b]
        ;[b][1]overlay=x='580-480*cos(2*PI*t/3)':y='500-130*abs(sin(PI*t/2))',format=yuv420p
        ,drawtext=fontfile=$mono:text='%{pts\\:hms}':fontcolor=white:fontsize=92:x=64:y=210
        ,drawtext=fontfile=$mono:text='picture %{n}':fontcolor=0x9fb8c8:fontsize=32:x=66:y=330" \
    -t 24 -c:v libx264 -profile:v high -level 3.1 -preset slow -refs 3 -crf 21 -bf 2 -g 60 -keyint_min 60 -sc_threshold 0 -x264-params open-gop=0 "$work/v.mp4"

# a scale, one tone a second; whole hertz, so each second begins and ends at zero
f='ld(0)'
tones="st(0,mod(floor(t),8));st(1,262*eq($f,0)+294*eq($f,1)+330*eq($f,2)+349*eq($f,3)+392*eq($f,4)+440*eq($f,5)+494*eq($f,6)+523*eq($f,7))"
run -f lavfi -i "aevalsrc='$tones;0.16*sin(2*PI*ld(1)*t)|$tones;0.16*sin(2*PI*ld(1)*t)+0.04*sin(4*PI*ld(1)*t)':s=48000:d=72" -c:a aac -b:a 80k "$work/rounds.m4a"
run -ss 24 -i "$work/rounds.m4a" -t 24 -c copy -f adts "$work/a.aac"

mkdir -p "$(dirname $out)"
run -i "$work/v.mp4" -i "$work/a.aac" -map 0:v -map 1:a -c copy -bsf:a aac_adtstoasc -metadata title="Sluice demo" -movflags +faststart -fflags +bitexact "$out"
ls -l "$out"
