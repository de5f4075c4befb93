/** MPEG-2 transport streams, ISO/IEC 13818-1, as plain byte code: a muxer, and a demuxer that checks what it reads. One thread at a time. */
package io.sluice.format.mpegts;
