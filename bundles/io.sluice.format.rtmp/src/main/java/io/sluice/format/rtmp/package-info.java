/** RTMP's chunks, messages and commands, for both sides of a connection: Adobe "Real Time Messaging Protocol" 1.0. */
package io.sluice.format.rtmp;
