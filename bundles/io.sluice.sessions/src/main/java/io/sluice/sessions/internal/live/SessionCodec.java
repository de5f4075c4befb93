package io.sluice.sessions.internal.live;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.Session.State;
import io.sluice.sessions.internal.key.Keyed;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sessions as bytes, so that the next engine goes on from them. A hundred thousand of them are some megabytes. */
final class SessionCodec {
    /** What DataOutput's modified UTF-8 takes for sure. */
    private static final int TEXT_CHARS = 20_000;

    private SessionCodec() {
    }

    // ---- live ones

    static void write(DataOutputStream out, Keyed k) throws IOException {
        text(out, k.id());
        out.writeByte(k.kind().ordinal());
        text(out, k.strategy());
        text(out, k.token());
        texts(out, k.parameters());
        texts(out, k.cookies());
    }

    static Keyed keyed(DataInputStream in) throws IOException {
        return new Keyed(in.readUTF(), ConnectionKind.values()[in.readByte()], in.readUTF(), in.readUTF(), textMap(in), texts(in));
    }

    static void write(DataOutputStream out, Tally tally) throws IOException {
        Map<Object, Integer> all = new LinkedHashMap<>();
        tally.each(all::put);
        out.writeInt(all.size());
        for (Map.Entry<Object, Integer> e : all.entrySet()) {
            if (e.getKey() instanceof InetAddress address) {
                write(out, address);
            } else {
                out.writeByte(0);
                text(out, (String) e.getKey());
            }
            out.writeInt(e.getValue());
        }
    }

    static void read(DataInputStream in, Tally tally) throws IOException {
        for (int i = in.readInt(); i > 0; i--) {
            int length = in.readByte();
            Object name = length == 0 ? in.readUTF() : InetAddress.getByAddress(in.readNBytes(length));
            tally.raise(name, in.readInt());
        }
    }

    static void write(DataOutputStream out, InetAddress address) throws IOException {
        out.writeByte(address.getAddress().length);
        out.write(address.getAddress());
    }

    static InetAddress address(DataInputStream in) throws IOException {
        return InetAddress.getByAddress(in.readNBytes(in.readByte()));
    }

    static void write(DataOutputStream out, Counts c) throws IOException {
        for (long n : new long[] {c.in, c.out, c.packets, c.lost, c.retransmitted, c.position}) {
            out.writeLong(n);
        }
    }

    static void read(DataInputStream in, Counts c) throws IOException {
        c.in = in.readLong();
        c.out = in.readLong();
        c.packets = in.readLong();
        c.lost = in.readLong();
        c.retransmitted = in.readLong();
        c.position = in.readLong();
    }

    // ---- ended ones

    static void write(DataOutputStream out, Session s) throws IOException {
        text(out, s.id());
        out.writeByte(s.state().ordinal());
        out.writeByte(s.kind().ordinal());
        text(out, s.strategy());
        text(out, s.token());
        for (Map<String, Long> tally : List.of(s.streams(), s.protocols(), s.addresses())) {
            out.writeInt(tally.size());
            for (Map.Entry<String, Long> e : tally.entrySet()) {
                text(out, e.getKey());
                out.writeLong(e.getValue());
            }
        }
        text(out, s.userAgent());
        for (long n : new long[] {s.sinceMillis(), s.endedMillis(), s.seconds(), s.bytesIn(), s.bytesOut(), s.packets(), s.packetsLost(), s.packetsRetransmitted(),
            s.positionMillis()}) {
            out.writeLong(n);
        }
        texts(out, s.tags());
        text(out, s.reason());
    }

    static Session session(DataInputStream in) throws IOException {
        return new Session(in.readUTF(), State.values()[in.readByte()], ConnectionKind.values()[in.readByte()], in.readUTF(), in.readUTF(), tally(in), tally(in), tally(in),
            in.readUTF(), List.of(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(),
            Set.copyOf(texts(in)), in.readUTF());
    }

    private static Map<String, Long> tally(DataInputStream in) throws IOException {
        Map<String, Long> tally = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            tally.put(in.readUTF(), in.readLong());
        }
        return tally;
    }

    // ---- texts

    static void text(DataOutputStream out, String text) throws IOException {
        out.writeUTF(text.length() > TEXT_CHARS ? text.substring(0, TEXT_CHARS) : text);
    }

    static void texts(DataOutputStream out, Collection<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    static List<String> texts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static void texts(DataOutputStream out, Map<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (Map.Entry<String, String> e : texts.entrySet()) {
            text(out, e.getKey());
            text(out, e.getValue());
        }
    }

    private static Map<String, String> textMap(DataInputStream in) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            texts.put(in.readUTF(), in.readUTF());
        }
        return texts;
    }
}
