/** Events of the server, some of which ask a question; who answers them is configured. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package io.sluice.api.trigger;
