package io.sluice.target.ts.internal;

import io.sluice.api.push.PushAddress;
import io.sluice.format.delivery.TimeOut;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code tsudp://host:port[/from]}, the same with {@code tsrtp}, or {@code tstcp://host:port}, variables not expanded, and its parameters.
 *
 * @param host          name or address, IPv6 without brackets
 * @param port          a number where no variable is in it
 * @param from          address of ours that datagrams leave from, or ""
 * @param packets       of 188 bytes in a datagram
 * @param ttl           hops that multicast datagrams may make
 * @param timeoutMillis for a connection, and a receiver that takes nothing
 * @param fec           of RTP, or null where nothing is corrected
 */
record TsAddress(String scheme, String host, String port, String from, int packets, int ttl, long timeoutMillis, FecSize fec) {
    private static final Pattern FORM = Pattern.compile("(?i)(tsudp|tsrtp|tstcp)://(\\[[^\\]]+]|[^:/@?\\[\\]]+):([^:/@?]+)(?:/([^/?]*))?");
    private static final String RTP = "tsrtp";
    private static final List<String> KNOWN = List.of("pkts", "ttl", "timeout");
    private static final List<String> KNOWN_OF_RTP = List.of("pkts", "ttl", "timeout", "fec", "rows", "columns");
    /** MistServer's matrix: 8 rows of 4. */
    private static final String DEFAULT_ROWS = "8";
    private static final String DEFAULT_COLUMNS = "4";
    /** 7 are 1,316 bytes: what fits into an Ethernet frame. More are cut into fragments by the network, and one that is lost costs all. */
    private static final String DEFAULT_PACKETS = "7";
    private static final int MOST_PACKETS = 340;
    private static final int PACKET = 188;
    private static final String DEFAULT_TTL = "16";

    /** @throws IllegalArgumentException with what is wrong */
    static TsAddress of(PushAddress address) {
        Matcher m = FORM.matcher(address.target());
        if (!m.matches() || m.group(4) != null && !m.group(4).isEmpty() && m.group(1).equalsIgnoreCase("tstcp")) {
            throw new IllegalArgumentException("wanted tsudp://host:port, tsudp://host:port/address-of-ours, the same with tsrtp, or tstcp://host:port");
        }
        Map<String, String> parameters = address.parameters();
        boolean rtp = m.group(1).equalsIgnoreCase(RTP);
        List<String> known = rtp ? KNOWN_OF_RTP : KNOWN;
        parameters.keySet().stream().filter(n -> !known.contains(n.toLowerCase(Locale.ROOT))).findFirst().ifPresent(n -> {
            throw new IllegalArgumentException("'" + n + "': wanted one of " + String.join(", ", known));
        });
        String host = m.group(2).startsWith("[") ? m.group(2).substring(1, m.group(2).length() - 1) : m.group(2);
        TsAddress parsed = new TsAddress(m.group(1).toLowerCase(Locale.ROOT), host, m.group(3), m.group(4) == null ? "" : m.group(4),
            number("pkts", parameters.getOrDefault("pkts", DEFAULT_PACKETS), 1, MOST_PACKETS), number("ttl", parameters.getOrDefault("ttl", DEFAULT_TTL), 0, 255),
            parameters.containsKey("timeout") ? TimeOut.millis(parameters.get("timeout")) : TimeOut.DEFAULT_MILLIS, rtp ? fec(parameters) : null);
        if (parsed.port.indexOf('$') < 0) {
            parsed.portNumber();
        }
        return parsed;
    }

    /** In words, or "". */
    static String problem(PushAddress address) {
        try {
            of(address);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static FecSize fec(Map<String, String> parameters) {
        String form = parameters.getOrDefault("fec", "");
        if (!form.equalsIgnoreCase("prompeg") && !form.isEmpty()) {
            throw new IllegalArgumentException("'fec': wanted prompeg, found '" + form + "'");
        }
        if (form.isEmpty() && (parameters.containsKey("rows") || parameters.containsKey("columns"))) {
            throw new IllegalArgumentException("'rows' and 'columns' are of fec=prompeg");
        }
        return form.isEmpty() ? null : new FecSize(number("columns", parameters.getOrDefault("columns", DEFAULT_COLUMNS), FecSize.LEAST, FecSize.MOST),
            number("rows", parameters.getOrDefault("rows", DEFAULT_ROWS), FecSize.LEAST, FecSize.MOST));
    }

    TsAddress expanded(String nowHost, String nowPort, String nowFrom) {
        return new TsAddress(scheme, nowHost.strip(), nowPort.strip(), nowFrom.strip(), packets, ttl, timeoutMillis, fec);
    }

    int portNumber() {
        return number("port", port, 1, fec == null ? 65535 : 65535 - ProMpegFec.ROW_PORT);
    }

    /** Bytes of media in a datagram, at most. */
    int datagramBytes() {
        return packets * PACKET;
    }

    String shown() {
        return scheme + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static int number(String name, String text, int least, int most) {
        int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw new IllegalArgumentException("'" + name + "': wanted a number from " + least + " to " + most + ", found '" + text + "'");
        }
        return number;
    }
}
