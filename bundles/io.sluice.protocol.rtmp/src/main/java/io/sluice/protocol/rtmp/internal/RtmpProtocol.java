package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Streams;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** RTMP as a plugin: Adobe "Real Time Messaging Protocol" 1.0 and Veovera "Enhanced RTMP" v2. */
@Component(configurationPid = RtmpConfig.PID, property = Protocol.NAME + "=rtmp")
@Designate(ocd = RtmpConfig.class)
public final class RtmpProtocol implements Protocol {
    private static final int VERSION = 3;

    private final Streams streams;
    private final WireChoices wire;
    private final LongSupplier nanoClock;
    private volatile Settings settings;

    @Activate
    public RtmpProtocol(@Reference Streams streams, RtmpConfig config) {
        this(streams, config, WireChoices.ofThisBuild(), System::nanoTime);
    }

    /** For tests: another version's choices, and a clock of their own. */
    RtmpProtocol(Streams streams, RtmpConfig config, WireChoices wire, LongSupplier nanoClock) {
        this.streams = streams;
        this.wire = wire;
        this.nanoClock = nanoClock;
        this.settings = Settings.of(config, wire);
    }

    @Modified
    void modified(RtmpConfig config) {
        settings = Settings.of(config, wire);
    }

    /** C0 is the version alone, section 5.2.2; nothing else that a listener offers begins with that byte. */
    @Override
    public Match match(ByteBuf firstBytes) {
        if (!firstBytes.isReadable()) {
            return Match.MORE;
        }
        return firstBytes.getByte(firstBytes.readerIndex()) == VERSION ? Match.YES : Match.NO;
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return RtmpHandler.open(new Peer(connection, streams, () -> settings, nanoClock));
    }

    @Override
    public ConnectionHandler resume(Connection connection, Snapshot snapshot) {
        return RtmpHandler.resume(new Peer(connection, streams, () -> settings, nanoClock), snapshot);
    }
}
