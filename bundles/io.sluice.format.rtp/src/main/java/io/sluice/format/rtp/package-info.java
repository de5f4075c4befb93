/** RTP packets (RFC 3550, 8285): reading, writing, order, and what repairs losses (RFC 4588, 2198, 5109). */
package io.sluice.format.rtp;
