package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Protocol.Match;
import io.sluice.api.plugin.Plugin;
import io.sluice.net.internal.http.HttpFirstBytes;
import java.util.List;

/** Tells by the first bytes which of the offered protocols a peer speaks. */
final class Sniffer {
    /** The longest beginning that a protocol needs: RTMP wants 1 byte, HTTP 24. */
    static final int MOST_BYTES = 4096;

    /** @param plugin null for the core's own protocol and while the match is not YES */
    record Verdict(Match match, String protocol, Plugin<Protocol> plugin) {
    }

    private Sniffer() {
    }

    /** The first in the listener's order that says yes; a protocol of which no version is elected is left out. Borrows the bytes. */
    static Verdict look(List<String> offered, ProtocolTable table, ByteBuf first) {
        Match best = Match.NO;
        for (String name : offered) {
            Plugin<Protocol> plugin = name.equals(ProtocolTable.HTTP) ? null : table.get(name);
            Match match = name.equals(ProtocolTable.HTTP) ? HttpFirstBytes.match(first)
                : plugin == null ? Match.NO : plugin.service().match(first.slice());
            if (match == Match.YES) {
                return new Verdict(match, name, plugin);
            }
            if (match == Match.MORE) {
                best = Match.MORE;
            }
        }
        return new Verdict(best, "", null);
    }
}
