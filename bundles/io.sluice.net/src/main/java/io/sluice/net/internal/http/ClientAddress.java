package io.sluice.net.internal.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import io.sluice.net.internal.TrustedProxies;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Who sent a request, where proxies stand between. Names are never looked up. */
final class ClientAddress {
    /** More hops than this were not made by anybody's proxies. */
    private static final int MOST_HOPS = 32;

    private ClientAddress() {
    }

    /** @param peer of the connection: the answer, unless it is a trusted proxy and says otherwise in a header that can be read */
    static InetAddress of(InetAddress peer, HttpHeaders headers, TrustedProxies proxies) {
        if (!proxies.has(peer)) {
            return peer;
        }
        for (String name : proxies.headers()) {
            List<String> values = headers.getAll(name);
            if (!values.isEmpty()) {
                return walk(peer, String.join(",", values).split(",", -1), proxies);
            }
        }
        return peer;
    }

    /** Each proxy adds at the right whom it speaks with; the first from there who is no proxy of ours is the client. */
    private static InetAddress walk(InetAddress peer, String[] hops, TrustedProxies proxies) {
        InetAddress client = peer;
        for (int i = hops.length - 1; i >= 0 && hops.length - i <= MOST_HOPS; i--) {
            InetAddress hop = parse(hops[i].trim());
            if (hop == null) {
                return peer;
            }
            client = hop;
            if (!proxies.has(hop)) {
                return hop;
            }
        }
        return client;
    }

    /** An address, also with a port behind it; null for anything else. */
    private static InetAddress parse(String text) {
        String address = text;
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            address = text.substring(1, text.indexOf(']'));
        } else if (text.indexOf(':') > 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            address = text.substring(0, text.indexOf(':'));
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
