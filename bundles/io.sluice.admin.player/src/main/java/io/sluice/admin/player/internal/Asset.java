package io.sluice.admin.player.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that ships in this bundle.
 *
 * @param contentType as it is served
 * @param bytes       of the file; never changed
 * @param etag        quoted, of the content
 */
record Asset(String contentType, byte[] bytes, String etag) {
    private static final String UTF8 = "; charset=utf-8";

    /** @param file below this package's folder "assets" */
    static Asset load(String file) {
        try (InputStream in = Asset.class.getResourceAsStream("assets/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the bundle was built without " + file);
            }
            byte[] bytes = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Asset(type(file), bytes, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html" + UTF8;
            case "js" -> "text/javascript" + UTF8;
            case "css" -> "text/css" + UTF8;
            case "svg" -> "image/svg+xml";
            default -> "text/plain" + UTF8;
        };
    }
}
