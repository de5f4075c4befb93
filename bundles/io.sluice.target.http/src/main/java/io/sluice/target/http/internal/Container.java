package io.sluice.target.http.internal;

import io.sluice.format.delivery.Packer;
import java.util.function.Supplier;

/** What a body is made of, by the name's extension. */
enum Container {
    TS("video/mp2t", TsPacker::new), FLV("video/x-flv", FlvPacker::new);

    private final String type;
    private final Supplier<Packer> packers;

    Container(String type, Supplier<Packer> packers) {
        this.type = type;
        this.packers = packers;
    }

    /** @throws IllegalArgumentException for one that is not uploaded */
    static Container of(String extension) {
        return switch (extension) {
            case "", "ts", "m2ts", "mts" -> TS;
            case "flv" -> FLV;
            default -> throw new IllegalArgumentException("a push over HTTP is a transport stream (.ts) or FLV (.flv), '." + extension + "' was found");
        };
    }

    /** The Content-Type. */
    String type() {
        return type;
    }

    Packer packer() {
        return packers.get();
    }
}
