package io.sluice.protocol.webrtc.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of WebRTC. */
@ObjectClassDefinition(name = "Sluice: WebRTC", description = "Browsers, OBS and others that publish by WHIP and watch by WHEP. The port and the public addresses are the datagram listener's.")
public @interface WebRtcConfig {
    String PID = "io.sluice.protocol.webrtc";

    // RFC 7675 section 5.1
    @AttributeDefinition(name = "Silence", description = "After so many seconds without a sign of life a peer counts as gone.")
    int silenceSeconds() default 30;

    @AttributeDefinition(name = "Key frame interval", description = "How often a publisher is asked for a key frame when it makes none by itself, in milliseconds; 0 never.")
    int keyFrameMillis() default 2000;

    // a picture of 1080p60 by H.264 that looks good
    @AttributeDefinition(name = "Bit rate", description = "What a publisher is told that it may send, in kbit/s.")
    int maxKbps() default 8000;

    // packets that a repair brings back after a round trip around the world; sound and picture wait so long only where one is missing
    @AttributeDefinition(name = "Repair time", description = "How long a missing packet of a publisher is waited for, in milliseconds.")
    int repairMillis() default 250;

    @AttributeDefinition(name = "ICE servers", description = "Told to peers: stun:host:port, or turn:host:port user password with blanks between them.")
    String[] iceServers() default {};
}
