/** What a protocol sees of the network: connections, exchanges, snapshots. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.net;
