package io.sluice.net.internal;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who are believed when they say for whom they speak, and the headers by which they say it. Immutable. */
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of(), List.of());
    private static final Logger LOG = LoggerFactory.getLogger(TrustedProxies.class);

    private final List<IpSubnetFilterRule> networks = new ArrayList<>();
    private final List<String> headers;

    /** @param cidrs addresses and networks; what is none is said in the log and left out */
    public TrustedProxies(List<String> cidrs, List<String> headers) {
        cidrs.stream().map(String::trim).filter(c -> !c.isEmpty()).forEach(this::add);
        this.headers = headers.stream().map(h -> h.trim().toLowerCase(Locale.ROOT)).filter(h -> !h.isEmpty()).toList();
    }

    private void add(String cidr) {
        int slash = cidr.indexOf('/');
        String address = slash < 0 ? cidr : cidr.substring(0, slash);
        try {
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
            if (bytes == null) {
                throw new IllegalArgumentException("no address");
            }
            networks.add(new IpSubnetFilterRule(address, slash < 0 ? bytes.length * 8 : Integer.parseInt(cidr.substring(slash + 1)), IpFilterRuleType.ACCEPT));
        } catch (IllegalArgumentException e) {
            LOG.error("trustedProxies in {}: '{}' is no address and no network such as 10.0.0.0/8: it is left out", NetConfig.PID, cidr);
        }
    }

    public boolean has(InetAddress address) {
        if (networks.isEmpty()) {
            return false;
        }
        InetSocketAddress socket = new InetSocketAddress(address, 0);
        return networks.stream().anyMatch(n -> n.matches(socket));
    }

    /** In the order in which they are looked at, in lower case. */
    public List<String> headers() {
        return headers;
    }
}
