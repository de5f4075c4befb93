package io.sluice.source.file.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Comparator;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * A file inside an installed bundle, found by its symbolic name; of several versions the highest. It is held in memory while it plays.
 *
 * @param symbolicName of the bundle
 * @param path         inside it
 */
record BundleResource(String symbolicName, String path) {
    /** A clip that ships in a bundle is small; larger files belong into a folder. */
    static final int MAX_BYTES = 64 << 20;

    /** @param uriPath {@code SYMBOLICNAME/path} */
    static BundleResource parse(String uriPath) {
        String plain = uriPath.startsWith("/") ? uriPath.substring(1) : uriPath;
        int slash = plain.indexOf('/');
        if (slash <= 0 || slash == plain.length() - 1) {
            throw new IllegalArgumentException("'bundle:SYMBOLICNAME/path' was wanted, 'bundle:" + uriPath + "' was found");
        }
        return new BundleResource(plain.substring(0, slash), plain.substring(slash + 1));
    }

    SeekableByteChannel open(BundleContext context) throws IOException {
        Bundle bundle = Arrays.stream(context.getBundles()).filter(b -> symbolicName.equals(b.getSymbolicName())).max(Comparator.comparing(Bundle::getVersion))
            .orElseThrow(() -> new IOException("no bundle '" + symbolicName + "' is installed"));
        URL entry = bundle.getEntry(path);
        if (entry == null) {
            throw new IOException("bundle " + symbolicName + " " + bundle.getVersion() + " has no entry '" + path + "'");
        }
        try (InputStream in = entry.openStream()) {
            return load(in);
        }
    }

    static SeekableByteChannel load(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes; put it into a folder and use file:");
        }
        return new MemoryChannel(bytes);
    }
}
