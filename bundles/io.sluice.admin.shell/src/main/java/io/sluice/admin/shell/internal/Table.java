package io.sluice.admin.shell.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Columns of text, each as wide as its widest cell; numbers to the right. Not thread-safe. */
final class Table {
    private final String[] heads;
    private final List<Object[]> rows = new ArrayList<>();

    Table(String... heads) {
        this.heads = heads;
    }

    Table row(Object... cells) {
        if (cells.length != heads.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + heads.length + " columns");
        }
        rows.add(cells);
        return this;
    }

    /** @param empty what to say when there is no row */
    String or(String empty) {
        return rows.isEmpty() ? empty : toString();
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, heads.length).map(this::width).toArray();
        boolean[] numeric = new boolean[heads.length];
        for (int i = 0; i < heads.length; i++) {
            numeric[i] = numeric(i);
        }
        StringBuilder out = new StringBuilder();
        line(out, heads, widths, numeric);
        rows.forEach(r -> line(out.append('\n'), r, widths, numeric));
        return out.toString();
    }

    private static void line(StringBuilder out, Object[] cells, int[] widths, boolean[] numeric) {
        int start = out.length();
        for (int i = 0; i < cells.length; i++) {
            String pad = " ".repeat(widths[i] - cells[i].toString().length());
            out.append(numeric[i] ? pad + cells[i] : cells[i] + pad).append("  ");
        }
        int end = out.length();
        while (end > start && out.charAt(end - 1) == ' ') {
            end--;
        }
        out.setLength(end);
    }

    private int width(int column) {
        return rows.stream().mapToInt(r -> r[column].toString().length()).reduce(heads[column].length(), Math::max);
    }

    private boolean numeric(int column) {
        return rows.stream().allMatch(r -> r[column] instanceof Number);
    }
}
