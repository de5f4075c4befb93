package io.sluice.format.rtmp;

import io.sluice.api.net.Snapshot;

/** Acknowledges what came, section 5.4.3, each time that a window is full. The count is of all bytes, handshake included. */
public final class AckWindow {
    /** What we offer, and acknowledge by until the peer says otherwise: a second at 20 Mbit/s. */
    public static final int DEFAULT_BYTES = 2_500_000;

    private long received;
    private long acknowledged;
    private int windowBytes = DEFAULT_BYTES;

    public void windowBytes(int bytes) {
        windowBytes = bytes > 0 ? bytes : DEFAULT_BYTES;
    }

    /** @return true where it is time to acknowledge {@link #received} */
    public boolean count(int bytes) {
        received += bytes;
        if (received - acknowledged < windowBytes) {
            return false;
        }
        acknowledged = received;
        return true;
    }

    public long received() {
        return received;
    }

    public Snapshot snapshot(int schema) {
        return Snapshot.of(schema).put("received", received).put("acknowledged", acknowledged).put("window", windowBytes).build();
    }

    public static AckWindow from(Fields fields) {
        AckWindow w = new AckWindow();
        if (fields != null) {
            w.received = fields.number("received", 0);
            w.acknowledged = fields.number("acknowledged", 0);
            w.windowBytes(fields.integer("window", DEFAULT_BYTES));
        }
        return w;
    }
}
