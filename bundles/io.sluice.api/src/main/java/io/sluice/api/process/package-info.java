/** What makes tracks of tracks: another codec of the same sound, for forms that cannot carry the one that was published. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.process;
