package io.sluice.sessions.internal.live;

import io.sluice.api.net.Snapshot;
import io.sluice.api.session.Session;
import io.sluice.api.session.Session.State;
import io.sluice.sessions.internal.History;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the core keeps of an engine that stops: what cannot be had from the visits. Sessions with their seconds, tags and refusals, who sits where, which visits' bytes
 * have been told with an ended session, and the history.
 */
public final class Kept {
    private static final int SCHEMA = 1;
    private static final int NOWHERE = -1;
    private static final int CUT = -2;

    private Kept() {
    }

    /**
     * @param definition by which everybody was placed whose seat is of this generation
     * @param generation the last
     */
    public static Snapshot save(Roster roster, History history, String definition, int generation, long countedMillis) {
        List<LiveSession> sessions = roster.sessions().values().stream().filter(s -> s.state() != State.ASKING).toList();
        return Snapshot.of(SCHEMA).put("definition", definition).put("countedMillis", countedMillis).put("sessions", bytes(out -> sessions(out, sessions)))
            .put("seats", bytes(out -> seats(out, roster, sessions, generation))).put("history", bytes(out -> history(out, history.list()))).build();
    }

    /**
     * @param generation of the definition, where it is the one by which they were placed; else 0
     * @throws IllegalArgumentException when another version wrote it in another way
     */
    public static void restore(Snapshot kept, Roster roster, History history, int generation) {
        if (kept.schema() != SCHEMA) {
            throw new IllegalArgumentException("the state of the sessions has schema " + kept.schema() + ", wanted " + SCHEMA);
        }
        try {
            List<LiveSession> sessions = new ArrayList<>();
            DataInputStream in = in(kept, "sessions");
            for (int i = in.readInt(); i > 0; i--) {
                LiveSession session = LiveSession.read(in);
                sessions.add(session);
                roster.sessions().put(session.id(), session);
            }
            in = in(kept, "seats");
            for (int i = in.readInt(); i > 0; i--) {
                roster.restored(seat(in, sessions, generation));
            }
            in = in(kept, "history");
            List<Session> ended = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                ended.add(SessionCodec.session(in));
            }
            history.restore(ended);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the state of the sessions cannot be read: " + e, e);
        }
    }

    private static DataInputStream in(Snapshot kept, String name) {
        return new DataInputStream(new ByteArrayInputStream(kept.bytes(name)));
    }

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void sessions(DataOutputStream out, List<LiveSession> sessions) throws IOException {
        out.writeInt(sessions.size());
        for (LiveSession session : sessions) {
            session.write(out);
        }
    }

    private static void seats(DataOutputStream out, Roster roster, List<LiveSession> sessions, int generation) throws IOException {
        Map<LiveSession, Integer> index = new IdentityHashMap<>();
        sessions.forEach(s -> index.put(s, index.size()));
        Map<Long, Seat> seats = Map.copyOf(roster.seats());
        out.writeInt(seats.size());
        for (Map.Entry<Long, Seat> e : seats.entrySet()) {
            Seat seat = e.getValue();
            LiveSession session = seat.session();
            out.writeLong(e.getKey());
            out.writeBoolean(seat.http());
            out.writeBoolean(seat.generation() == generation);
            out.writeInt(seat.isCut() ? CUT : session == null ? NOWHERE : index.getOrDefault(session, NOWHERE));
            out.writeLong(seat.settledIn());
            out.writeLong(seat.settledOut());
        }
    }

    private static Seat seat(DataInputStream in, List<LiveSession> sessions, int generation) throws IOException {
        Seat seat = new Seat(in.readLong(), in.readBoolean());
        boolean current = in.readBoolean();
        int session = in.readInt();
        seat.settled(in.readLong(), in.readLong());
        if (session == CUT) {
            seat.cut();
        } else if (session != NOWHERE) {
            seat.sit(sessions.get(session), current ? generation : 0);
        }
        return seat;
    }

    private static void history(DataOutputStream out, List<Session> ended) throws IOException {
        out.writeInt(ended.size());
        for (Session session : ended) {
            SessionCodec.write(out, session);
        }
    }
}
