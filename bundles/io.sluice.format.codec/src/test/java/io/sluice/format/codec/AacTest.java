package io.sluice.format.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class AacTest {
    @Test
    void plainLowComplexityIsTwoBytes() {
        AudioSpecificConfig c = AudioSpecificConfig.parse(ConfigurationsTest.hex("1190"));
        assertEquals(new AudioSpecificConfig(2, 48000, 2), c);
        assertEquals(1024, c.samplesPerFrame());
        assertArrayEquals(ConfigurationsTest.hex("1190"), c.bytes());
    }

    @Test
    void explicitSbrDoublesTheRateAndKeepsTheCore() {
        AudioSpecificConfig sbr = new AudioSpecificConfig(2, 22050, 2, 1024, 5, 44100);
        AudioSpecificConfig c = AudioSpecificConfig.parse(sbr.bytes());
        assertEquals(sbr, c);
        assertEquals(2048, c.outputSamplesPerFrame());
        assertEquals(2, c.objectType());
    }

    @Test
    void backwardCompatibleSbrAndPsAreSeenBehindTheCore() {
        AudioSpecificConfig c = AudioSpecificConfig.parse(ConfigurationsTest.hex("138856e5a54880"));
        assertEquals(29, c.extension());
        assertEquals(22050, c.sampleRate());
        assertEquals(44100, c.outputRate());
        assertEquals(2, c.channels());
    }

    @Test
    void anEscapedFrequencyIsReadAndWritten() {
        AudioSpecificConfig odd = new AudioSpecificConfig(2, 48001, 1);
        assertEquals(odd, AudioSpecificConfig.parse(odd.bytes()));
        assertEquals("AAC at 48001 Hz has no ADTS form", AdtsHeader.problem(odd));
    }

    @Test
    void anAdtsHeaderReadsBackAsItWasWritten() {
        AudioSpecificConfig config = new AudioSpecificConfig(2, 44100, 6);
        ByteBuf out = Unpooled.buffer();
        AdtsHeader.write(out, config, 371);
        AdtsHeader header = AdtsHeader.parse(out);
        assertEquals(new AdtsHeader(2, 44100, 6, 7, 378), header);
        assertEquals(config, header.config());
        assertThrows(IllegalArgumentException.class, () -> AdtsHeader.write(out, config, 8190));
        assertThrows(IllegalArgumentException.class, () -> AdtsHeader.parse(Unpooled.wrappedBuffer(new byte[7])));
    }
}
