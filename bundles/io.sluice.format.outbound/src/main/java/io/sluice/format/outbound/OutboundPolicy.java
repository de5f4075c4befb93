package io.sluice.format.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which URLs and addresses a request may go to. Ask {@link #check(URI)} for every URL, those of redirects too, and {@link #permitted} for what its host's name was resolved to; connect to
 * one of the addresses it answers and to nothing else, or a name that changes its address between the question and the connection (DNS rebinding) passes. Immutable, any thread, no I/O.
 */
public final class OutboundPolicy {
    private static final Set<AddressKind> NEAR = EnumSet.of(AddressKind.LOOPBACK, AddressKind.UNSPECIFIED, AddressKind.PRIVATE, AddressKind.LINK_LOCAL);

    private final String name;
    private final Set<AddressKind> near;
    private final boolean allowPrivate;
    private final List<AddressBlock> blocks = new ArrayList<>();
    private final Set<String> hosts = new HashSet<>();

    /**
     * @param name         that errors tell and that people look for: the PID of the configuration
     * @param allowPrivate loopback, private and link-local addresses; public ones always are
     * @param allowed      addresses, blocks ({@code 10.0.0.0/8}) and hosts ({@code intranet.example}, {@code *.example.com}). Metadata addresses of clouds are allowed by address
     *                     only: a name may be moved to them by whoever owns it
     * @throws IllegalArgumentException with the entry that is none of them
     */
    public OutboundPolicy(String name, boolean allowPrivate, List<String> allowed) {
        this(name, NEAR, allowPrivate, allowed);
    }

    /**
     * @param near what {@code allowPrivate} opens; what is neither public nor of these needs an entry
     * @throws IllegalArgumentException with the entry that is none
     */
    public OutboundPolicy(String name, Set<AddressKind> near, boolean allowPrivate, List<String> allowed) {
        this.name = name;
        this.near = Set.copyOf(near);
        this.allowPrivate = allowPrivate;
        for (String entry : allowed) {
            String text = entry.strip();
            if (text.contains("/") || AddressBlock.isAddress(text)) {
                blocks.add(AddressBlock.parse(text));
            } else if (!text.isEmpty()) {
                hosts.add(host(text));
            }
        }
    }

    private static String host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (!host.matches("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
            throw new IllegalArgumentException("an address, a block such as 10.0.0.0/8 or a host was wanted, '" + text + "' was found");
        }
        return host;
    }

    /**
     * Scheme and form of a URL: http and https, with a host, without user and password.
     *
     * @throws OutboundDenied for all others
     */
    public void check(URI uri) throws OutboundDenied {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw denied("http or https was wanted, '" + scheme + ":' was found");
        }
        if (uri.getHost() == null) {
            throw denied("the URL has no host");
        }
        if (uri.getUserInfo() != null) {
            throw denied("the URL holds a user or a password; send it in a header");
        }
    }

    /**
     * @param host     as it stands in the URL
     * @param resolved its addresses
     * @return those that may be connected to, in the same order; at least one
     * @throws OutboundDenied when there is none; the message names one of those that were refused
     */
    public List<InetAddress> permitted(String host, List<InetAddress> resolved) throws OutboundDenied {
        List<InetAddress> permitted = resolved.stream().filter(a -> permits(host, a)).toList();
        if (permitted.isEmpty()) {
            String found = resolved.isEmpty() ? "'" + host + "' has no address" : "'" + host + "' is " + resolved.get(0).getHostAddress() + ", "
                + AddressKind.of(resolved.get(0)).words() + "; to allow it, name it in 'allowed'" + (near(resolved.get(0)) && !allowPrivate ? " or set 'allowPrivate'" : "");
            throw denied(found);
        }
        return permitted;
    }

    private boolean permits(String host, InetAddress address) {
        AddressKind kind = AddressKind.of(address);
        byte[] bytes = AddressBlock.bytes(address);
        return kind == AddressKind.PUBLIC || allowPrivate && near(address) || blocks.stream().anyMatch(b -> b.contains(bytes))
            || kind != AddressKind.METADATA && named(host.toLowerCase(Locale.ROOT));
    }

    private boolean near(InetAddress address) {
        return near.contains(AddressKind.of(address));
    }

    private boolean named(String host) {
        return hosts.contains(host) || hosts.stream().anyMatch(h -> h.startsWith("*.") && host.endsWith(h.substring(1)));
    }

    private OutboundDenied denied(String why) {
        return new OutboundDenied("denied by the address policy " + name + ": " + why);
    }
}
