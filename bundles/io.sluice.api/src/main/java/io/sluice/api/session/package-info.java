/** Who a connection belongs to: what is known of it, the strategy that makes a key of that, and the engine that joins connections to sessions. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.session;
