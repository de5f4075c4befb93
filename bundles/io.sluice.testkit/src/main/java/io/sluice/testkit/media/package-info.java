/** Frames as tests see them, whichever way they travelled, and the ledger that compares them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.testkit.media;
