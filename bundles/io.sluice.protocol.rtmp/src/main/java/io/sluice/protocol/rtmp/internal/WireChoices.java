package io.sluice.protocol.rtmp.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What a version of this bundle is free to choose and another version may choose otherwise. It stands in a resource, so that a test can build the "next version" of the
 * bundle by replacing one file.
 *
 * @param chunkBytes     of outgoing chunks where the configuration does not say it
 * @param snapshotSchema of the snapshots that are written; those of one version older or newer are read, too
 */
record WireChoices(int chunkBytes, int snapshotSchema) {
    private static final String RESOURCE = "build.properties";

    static WireChoices ofThisBuild() {
        Properties p = new Properties();
        try (InputStream in = WireChoices.class.getResourceAsStream(RESOURCE)) {
            p.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE + " of the bundle", e);
        }
        return new WireChoices(number(p, "defaultChunkSize"), number(p, "snapshotSchema"));
    }

    private static int number(Properties p, String key) {
        return Integer.parseInt(p.getProperty(key).trim());
    }
}
