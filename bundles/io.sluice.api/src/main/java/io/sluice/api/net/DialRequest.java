package io.sluice.api.net;

import java.util.concurrent.Executor;

/**
 * @param host          name or address, IPv6 without brackets
 * @param port          1 to 65535
 * @param tls           speak TLS; the name is checked against the certificate
 * @param protocol      such as "rtmp", for logs and pages
 * @param loop          one that {@link Loops#next} gave, or that of another connection
 * @param account       of its bytes
 * @param timeoutMillis until it is there
 */
public record DialRequest(String host, int port, boolean tls, String protocol, Executor loop, Account account, long timeoutMillis) {
}
