/** Session descriptions (RFC 8866), and what WebRTC says in them (RFC 8829, 8839, 8843, 8853). */
package io.sluice.format.sdp;
