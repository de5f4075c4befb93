/** Keys that a peer and we agree on over datagrams, and media that they protect. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.dtls;
