/** Where frames live: streams, the gate in front of them, publishers, readers, feeds and segments. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.stream;
