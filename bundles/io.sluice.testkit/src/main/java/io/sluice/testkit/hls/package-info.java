/** A small HLS viewer and TS reader of the tests' own: they share no code with the server that they examine. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.testkit.hls;
