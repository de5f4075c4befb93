/** Pushes: recording a stream to disk and sending it elsewhere, and what turns that on and off. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.push;
