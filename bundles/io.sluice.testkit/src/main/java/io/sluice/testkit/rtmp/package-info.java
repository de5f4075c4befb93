/** A small blocking RTMP client of the tests' own: it shares no code with the server that it examines. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.testkit.rtmp;
