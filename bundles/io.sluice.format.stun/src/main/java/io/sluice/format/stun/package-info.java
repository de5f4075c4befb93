/** STUN (RFC 8489), as much as an ICE-lite agent needs (RFC 8445 section 2.5): binding requests in, binding answers out. */
package io.sluice.format.stun;
