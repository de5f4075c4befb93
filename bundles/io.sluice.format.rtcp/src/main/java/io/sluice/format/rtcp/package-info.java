/** RTCP: compound packets, reports (RFC 3550), feedback (RFC 4585, 5104), REMB and transport-wide congestion control. */
package io.sluice.format.rtcp;
