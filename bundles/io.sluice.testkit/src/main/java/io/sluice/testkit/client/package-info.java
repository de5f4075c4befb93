/** Drivers of the real programs that people use: ffmpeg, GStreamer, VLC, Chromium. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.testkit.client;
