/** Where requests that people configure, or that a server redirects, may go: a policy on the address that is really connected to. Plain code, any thread, no I/O. */
package io.sluice.format.outbound;
