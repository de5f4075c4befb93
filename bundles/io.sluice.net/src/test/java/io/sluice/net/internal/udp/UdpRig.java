package io.sluice.net.internal.udp;

import io.netty.buffer.Unpooled;
import io.sluice.api.net.DatagramProtocol;
import io.sluice.api.net.HttpRoute;
import io.sluice.net.internal.FakePlugins.Version;
import io.sluice.net.internal.Rig;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A datagram port on loopback, and a page that introduces peers: {@code /introduce?key=K}. */
final class UdpRig implements AutoCloseable {
    final Rig rig = new Rig();
    final Associations associations = new Associations(rig.net, rig.loops, rig.plugins);
    private final UdpPort port;
    private final int http;

    UdpRig(int most, int arrivalSeconds, String... publicAddresses) {
        port = new UdpPort(associations, config(most, arrivalSeconds, publicAddresses));
        rig.route("introduce", introducing(), "/introduce", "/addresses");
        http = rig.port(false, "http");
        Rig.until("it listens", () -> port.bound() != null);
    }

    private HttpRoute introducing() {
        return exchange -> {
            String text;
            int status = 200;
            try {
                if (exchange.path().equals("/addresses")) {
                    text = associations.addresses("count", exchange).toString();
                } else {
                    CountProtocol elected = (CountProtocol) service();
                    text = Long.toString(associations.introduce(elected, exchange, exchange.query("key"), elected::open).id());
                }
            } catch (IllegalStateException e) {
                status = 503;
                text = e.getMessage();
            }
            exchange.answer(status, Map.of(), Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        };
    }

    private volatile DatagramProtocol service;

    private DatagramProtocol service() {
        return service;
    }

    Version<DatagramProtocol> elect(CountProtocol protocol) {
        Version<DatagramProtocol> version = new Version<>(protocol, "count", "count " + protocol.version);
        service = protocol;
        rig.plugins.elect(DatagramProtocol.class, "count", version);
        return version;
    }

    void withdraw() {
        rig.plugins.elect(DatagramProtocol.class, "count", null);
    }

    String get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** A peer with an address of its own. */
    Peer peer() throws IOException {
        return new Peer();
    }

    final class Peer implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

        Peer() throws IOException {
            socket.setSoTimeout(10_000);
        }

        /** Sends and waits for the answer. */
        String ask(String text) throws IOException {
            send(text);
            return receive();
        }

        void send(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port.bound().getPort()));
        }

        String receive() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static DatagramConfig config(int most, int arrivalSeconds, String... publicAddresses) {
        return new DatagramConfig() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public String address() {
                return "127.0.0.1";
            }

            @Override
            public int port() {
                return 0;
            }

            @Override
            public String[] protocols() {
                return new String[] {"count"};
            }

            @Override
            public String[] publicAddresses() {
                return publicAddresses;
            }

            @Override
            public int socketBufferBytes() {
                return 1 << 20;
            }

            @Override
            public int maxAssociations() {
                return most;
            }

            @Override
            public int arrivalSeconds() {
                return arrivalSeconds;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return DatagramConfig.class;
            }
        };
    }

    @Override
    public void close() throws Exception {
        port.stop();
        associations.stop();
        rig.close();
    }
}
