package io.sluice.target.ts.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Forward error correction of SMPTE 2022-1 (Pro-MPEG Code of Practice 3): packets lie in a matrix, row by row, and each column and each row has a packet from which one that is lost can
 * be made again. Rows go out when they are full; columns one by one while the next matrix fills, so that what hits many packets at once does not hit those too.
 */
final class ProMpegFec {
    static final int COLUMN_PORT = 2;
    static final int ROW_PORT = 4;
    /** Where an RTP header has the packet's number. */
    private static final int NUMBER = 2;

    /** Takes packets to repair by. */
    interface Sink {
        /** @param portOffset from the port of the media */
        void send(int portOffset, ByteBuffer packet) throws IOException;
    }

    private final int rows;
    private final Parity row;
    private final Parity[] columns;
    private final ArrayDeque<ByteBuffer> full = new ArrayDeque<>();
    private int place;
    private short rowNumber;
    private short columnNumber;

    /**
     * @param size         of the matrix
     * @param payloadBytes the most that a packet has behind its RTP header
     */
    ProMpegFec(FecSize size, int payloadBytes) {
        this.rows = size.rows();
        this.row = Parity.ofRow(size, payloadBytes);
        this.columns = new Parity[size.columns()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Parity.ofColumn(size, payloadBytes);
        }
    }

    /** @param packet that has been sent, from its RTP header on; borrowed */
    void sent(ByteBuffer packet, Sink sink) throws IOException {
        int column = place % columns.length;
        columns[column].add(packet);
        row.add(packet);
        if (column == columns.length - 1) {
            sink.send(ROW_PORT, row.take().putShort(NUMBER, rowNumber++));
        }
        if (place % rows == rows - 1 && !full.isEmpty()) {
            column(sink);
        }
        if (place == rows * columns.length - 1) {
            Arrays.stream(columns).map(Parity::take).forEach(full::add);
        }
        place = (place + 1) % (rows * columns.length);
    }

    /** The columns that still wait. */
    void finish(Sink sink) throws IOException {
        while (!full.isEmpty()) {
            column(sink);
        }
    }

    private void column(Sink sink) throws IOException {
        sink.send(COLUMN_PORT, full.poll().putShort(NUMBER, columnNumber++));
    }
}
