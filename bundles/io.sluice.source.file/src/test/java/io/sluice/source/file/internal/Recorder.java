package io.sluice.source.file.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Track;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.Publisher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A publisher that notes what it is given. */
final class Recorder implements Publisher {
    record Written(int track, long pts, long dts, boolean key, int bytes, int hash) {
    }

    final List<Written> frames = new ArrayList<>();
    final List<ByteBuf> payloads = new ArrayList<>();
    List<Track> tracks = List.of();

    List<Written> of(int track) {
        return frames.stream().filter(f -> f.track == track).toList();
    }

    @Override
    public String stream() {
        return "test";
    }

    @Override
    public void tracks(List<Track> declared) {
        tracks = declared;
    }

    @Override
    public void write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
        frames.add(new Written(trackId, ptsNanos, dtsNanos, key, payload.readableBytes(), payload.hashCode()));
        payloads.add(payload);
    }

    @Override
    public void onEnd(Consumer<String> reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Handle handle() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
