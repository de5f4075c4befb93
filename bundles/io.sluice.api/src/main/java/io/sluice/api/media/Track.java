package io.sluice.api.media;

import java.util.Arrays;
import java.util.Objects;

/**
 * One elementary stream: what a decoder must know before the first frame.
 *
 * @param id            the publisher's number for it, unique in its stream, 0 or more
 * @param codec         how its frames are coded
 * @param configuration the decoder's configuration in the form that {@link Codec} says; copied in and out
 * @param width         pixels, 0 where unknown or not a picture
 * @param height        pixels, 0 where unknown or not a picture
 * @param sampleRate    Hz, 0 where not sound
 * @param channels      0 where not sound
 * @param language      RFC 5646 tag, or "" where unknown
 */
public record Track(int id, Codec codec, byte[] configuration, int width, int height, int sampleRate, int channels, String language) {
    public Track {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(language, "language");
        configuration = configuration.clone();
    }

    public static Track video(int id, Codec codec, byte[] configuration, int width, int height) {
        return new Track(id, codec, configuration, width, height, 0, 0, "");
    }

    public static Track audio(int id, Codec codec, byte[] configuration, int sampleRate, int channels) {
        return new Track(id, codec, configuration, 0, 0, sampleRate, channels, "");
    }

    public MediaKind kind() {
        return codec.kind();
    }

    @Override
    public byte[] configuration() {
        return configuration.clone();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Track t && id == t.id && codec == t.codec && Arrays.equals(configuration, t.configuration) && width == t.width
            && height == t.height && sampleRate == t.sampleRate && channels == t.channels && language.equals(t.language);
    }

    @Override
    public int hashCode() {
        return 31 * id + Arrays.hashCode(configuration);
    }

    @Override
    public String toString() {
        return codec.label() + (kind() == MediaKind.VIDEO ? " " + width + "x" + height : " " + sampleRate + " Hz " + channels + " ch");
    }
}
