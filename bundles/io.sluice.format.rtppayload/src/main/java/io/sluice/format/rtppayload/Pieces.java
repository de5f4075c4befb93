package io.sluice.format.rtppayload;

/** How a unit is cut into pieces that are as equal as whole bytes allow. */
record Pieces(int total, int size) {
    /** As few pieces as fit. @param max bytes of a piece */
    static Pieces of(int total, int max) {
        int count = Math.max(1, (total + max - 1) / max);
        return new Pieces(total, (total + count - 1) / count);
    }

    /** Told of each piece. */
    @FunctionalInterface
    interface Visitor {
        void piece(int offset, int length, boolean first, boolean last);
    }

    void forEach(Visitor visitor) {
        for (int at = 0; at < total; at += size) {
            int length = Math.min(size, total - at);
            visitor.piece(at, length, at == 0, at + length == total);
        }
    }
}
