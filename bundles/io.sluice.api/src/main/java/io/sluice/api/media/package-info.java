/** Immutable facts about media: codecs, tracks, frames. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.media;
