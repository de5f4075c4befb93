package io.sluice.admin.welcome.internal;

import io.sluice.api.net.Connections.Listener;
import java.util.List;

/**
 * What there is to say when a server has started, or has not.
 *
 * @param version    of the server
 * @param host       name or address by which other machines reach this one
 * @param listeners  of the media plane; empty while there is no network
 * @param publishKey in use, or "" when none is configured
 * @param open       anybody may publish without it
 * @param admin      the admin plane
 * @param problems   other things that are wrong, in whole sentences
 */
record Facts(String version, String host, List<Listener> listeners, String publishKey, boolean open, Admin admin, List<String> problems) {
    /**
     * @param address       it listens on
     * @param port          it listens on, or would
     * @param listens       it does
     * @param user          of the Web Console
     * @param firstPassword made at this start, to be shown this once, or ""
     * @param fromOutside   the password comes from the environment or from the configuration in clear
     */
    record Admin(String address, int port, boolean listens, String user, String firstPassword, boolean fromOutside) {
        boolean loopback() {
            return address.isEmpty() || address.startsWith("127.") || address.equals("localhost") || address.equals("::1");
        }
    }
}
