package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A bad line between peers and a UDP port of this machine: it loses media packets by chance, the same ones for the same seed and traffic, and can change the address that peers come from. */
public final class UdpRelay implements AutoCloseable {
    private static final int MAX_BYTES = 4096;
    /** RFC 7983: RTP and RTCP. Handshakes are not lost, so that tests of media do not wait for them. */
    private static final int FIRST_MEDIA = 128;

    private final Selector selector = Selector.open();
    private final DatagramChannel front;
    private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();
    private final Random chance;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong passed = new AtomicLong();
    private final Thread thread = new Thread(this::run, "udp-relay");
    private volatile InetSocketAddress target;
    private volatile double loss;
    private volatile boolean move;

    /** @param seed of what is lost */
    public UdpRelay(long seed) throws IOException {
        chance = new Random(seed);
        front = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
        thread.setDaemon(true);
        thread.start();
    }

    private DatagramChannel open(SocketAddress local, SocketAddress client) throws IOException {
        DatagramChannel channel = DatagramChannel.open().bind(local);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, client);
        return channel;
    }

    /** Where peers go. */
    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) front.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void target(InetSocketAddress to) {
        target = to;
    }

    /** @param share of media packets that are lost from here on, in both directions: 0 to 1 */
    public void lose(double share) {
        loss = share;
    }

    /** From here on every peer has another address. */
    public void move() {
        move = true;
        selector.wakeup();
    }

    public long lost() {
        return lost.get();
    }

    public long passed() {
        return passed.get();
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
        try {
            while (selector.isOpen()) {
                selector.select();
                if (move) {
                    move = false;
                    forget();
                }
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext();) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    if (key.isValid()) {
                        read(key, buffer);
                    }
                }
            }
        } catch (ClosedSelectorException e) {
            // closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget() throws IOException {
        for (DatagramChannel back : backs.values()) {
            back.close();
        }
        backs.clear();
    }

    private void read(SelectionKey key, ByteBuffer buffer) throws IOException {
        DatagramChannel from = (DatagramChannel) key.channel();
        for (SocketAddress sender = from.receive(buffer.clear()); sender != null; sender = from.receive(buffer.clear())) {
            buffer.flip();
            if (!buffer.hasRemaining() || falls(buffer)) {
                continue;
            }
            if (from == front) {
                back(sender).send(buffer, target);
            } else {
                front.send(buffer, (SocketAddress) key.attachment());
            }
        }
    }

    private boolean falls(ByteBuffer buffer) {
        boolean falls = (buffer.get(0) & 255) >= FIRST_MEDIA && chance.nextDouble() < loss;
        (falls ? lost : passed).incrementAndGet();
        return falls;
    }

    private DatagramChannel back(SocketAddress client) throws IOException {
        DatagramChannel back = backs.get(client);
        if (back == null) {
            back = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), client);
            backs.put(client, back);
        }
        return back;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        front.close();
        forget();
    }
}
