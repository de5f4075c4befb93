/** RTP payload formats: access units as Sluice keeps them to payloads of packets (RFC 6184, 7741, 7587, 7798, 9628, the AV1 payload format, RFC 3551), and back. */
package io.sluice.format.rtppayload;
