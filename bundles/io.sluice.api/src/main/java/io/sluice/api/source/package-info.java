/** What pulls media from somewhere into a stream. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.source;
